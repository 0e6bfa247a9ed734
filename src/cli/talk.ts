import { runStdio } from '../channels/stdio.ts';
import { runTerminal } from '../channels/terminal.ts';
import { readConfig, type Config, type LogLevel } from '../config.ts';
import { readInstant } from '../policy/dates.ts';
import { UNSAVED } from '../../conversations/trouble.ts';
import { openControl } from './bureau/control.ts';
import { runVerb } from './bureau/verbs.ts';
import { compose, type Composed } from './compose.ts';
import { stopSignal } from './signals.ts';
import { lineScheduler } from './ticking.ts';

const DEFAULT_COLUMNS = 80;

/** What a command that talks has to know. */
export interface TalkOptions {
  readonly here: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Instead of STATE_DIR. */
  readonly stateDir?: string | undefined;
}

/** The configuration, with the directory of the command line. @throws ConfigFault. */
export function talkConfig({ environment, stateDir }: TalkOptions): Config {
  const config = readConfig(environment);
  return stateDir === undefined ? config : { ...config, stateDir };
}

/** Opens the assistant, runs one channel on it to its end, and closes it. */
async function withAssistant(
  here: string,
  config: Config,
  run: (composed: Composed, signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const signal = stopSignal();
  const composed = await compose({ here, ...config });
  const closeControl = await controlOf(config, composed);
  try {
    await run(composed, signal);
  } finally {
    await closeControl();
    await composed.close();
  }
  return 0;
}

/** The way in for the bureau command; on a database it needs none. @returns closes it. */
export async function controlOf(
  { stateDir, databaseUrl }: Config,
  { bureau, log }: Pick<Composed, 'bureau' | 'log'>,
): Promise<() => Promise<void>> {
  if (databaseUrl !== undefined) return async () => undefined;
  return openControl(stateDir, (request) => bureau.operator.run(request, Date.now()), log);
}

/** The terminal chat on the standard streams, until the input ends. @returns the exit code. */
export function talkInTerminal(options: TalkOptions): Promise<number> {
  const config = talkConfig(options);
  const { stdin, stdout } = process;
  return withAssistant(options.here, { ...config, logLevel: quiet(config.logLevel) }, ({ assistant, log }, signal) =>
    runTerminal({
      assistant,
      input: stdin,
      output: stdout,
      interactive: stdin.isTTY && stdout.isTTY,
      // A terminal that does not know its size says 0.
      columns: () => (stdout.isTTY && stdout.columns > 0 ? stdout.columns : DEFAULT_COLUMNS),
      unsaved: UNSAVED,
      log,
      signal,
    }),
  );
}

/** The JSON lines channel on the standard streams, until the input ends. @returns the exit code. */
export function talkInLines(options: TalkOptions): Promise<number> {
  return withAssistant(options.here, talkConfig(options), (composed, signal) => {
    const { assistant, tick } = lineScheduler(composed, () => Date.now());
    const { log } = composed;
    return runStdio({
      assistant,
      input: process.stdin,
      output: process.stdout,
      readInstant,
      tick,
      bureau: (args) => runVerb(args, (request) => composed.bureau.operator.run(request, Date.now())),
      log,
      signal,
    });
  });
}

/** At a terminal mere information would stand between the lines of the chat. */
function quiet(level: LogLevel): LogLevel {
  return level === 'info' ? 'warn' : level;
}
