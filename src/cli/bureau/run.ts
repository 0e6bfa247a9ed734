import { parseArgs } from 'node:util';
import type { OperatorAnswer, OperatorRequest } from '../../app/staff/request.ts';
import { readConfig } from '../../config.ts';
import { BUREAU_FAULTS, BUREAU_USAGE } from '../../../conversations/bureau.ts';
import { compose } from '../compose.ts';
import { StartFault } from '../faults.ts';
import { write, type Io } from '../io.ts';
import { askRunning, NobodyThere } from './control.ts';
import { runVerb } from './verbs.ts';

/**
 * The bureau command. The result goes to standard output as one line of JSON, what is wrong to standard error.
 * @returns 0, or 2 when the words make no sense or the request was refused. @throws what opening a store throws.
 */
export async function runBureau(
  argv: readonly string[],
  io: Io,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    await write(io.stdout, `${BUREAU_USAGE}\n`);
    return 0;
  }
  const config = readConfig(environment);
  const place = { ...config, stateDir: stateOf(argv) ?? config.stateDir };
  const answer = await runVerb(argv, (request) => carriedOut(request, io, place));
  if (answer.kind === 'done') {
    await write(io.stdout, `${JSON.stringify(answer.result)}\n`);
    return 0;
  }
  await write(io.stderr, `${answer.message}\n`);
  return 2;
}

function stateOf(argv: readonly string[]): string | undefined {
  const { values } = parseArgs({ args: [...argv], options: { state: { type: 'string' } }, strict: false });
  return typeof values.state === 'string' && values.state !== '' ? values.state : undefined;
}

/** By the assistant that runs on the directory, or, when none does, on the store itself. */
async function carriedOut(
  request: OperatorRequest,
  io: Io,
  place: ReturnType<typeof readConfig>,
): Promise<OperatorAnswer> {
  if (place.databaseUrl === undefined) {
    try {
      return await askRunning(place.stateDir, request);
    } catch (error) {
      if (!(error instanceof NobodyThere)) throw new StartFault(BUREAU_FAULTS.busy());
    }
  }
  const { bureau, close } = await compose({ here: io.here, ...place, logLevel: 'warn' });
  try {
    return await bureau.operator.run(request, io.now());
  } finally {
    await close();
  }
}
