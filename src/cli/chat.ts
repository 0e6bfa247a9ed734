import { parseArgs } from 'node:util';
import { CHAT_USAGE } from '../../conversations/trouble.ts';
import { runCommand } from './faults.ts';
import { talkInLines, talkInTerminal } from './talk.ts';

interface ChatArguments {
  readonly jsonl: boolean;
  readonly stateDir: string | undefined;
}

function argumentsOf(argv: readonly string[]): ChatArguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { jsonl: { type: 'boolean', default: false }, state: { type: 'string' } },
    });
    return values.state === '' ? undefined : { jsonl: values.jsonl, stateDir: values.state };
  } catch {
    return undefined;
  }
}

async function chat(argv: readonly string[]): Promise<number> {
  const found = argumentsOf(argv);
  if (!found) {
    process.stderr.write(`${CHAT_USAGE}\n`);
    return 2;
  }
  const options = { here: import.meta.dirname, environment: process.env, stateDir: found.stateDir };
  return found.jsonl ? talkInLines(options) : talkInTerminal(options);
}

void runCommand(() => chat(process.argv.slice(2)));
