import { runStdio } from '../channels/stdio.ts';
import { runTerminal } from '../channels/terminal.ts';
import { readConfig, type Config, type LogLevel } from '../config.ts';
import { readInstant } from '../policy/dates.ts';
import { BUREAU_NOT_YET, DATABASE_NOT_YET, UNSAVED } from '../../conversations/trouble.ts';
import { compose, type Composed } from './compose.ts';
import { StartFault } from './faults.ts';
import { stopSignal } from './signals.ts';

const DEFAULT_COLUMNS = 80;

/** What a command that talks has to know. */
export interface TalkOptions {
  readonly here: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Instead of STATE_DIR. */
  readonly stateDir?: string | undefined;
}

/** The configuration, as far as this release can follow it. @throws ConfigFault, StartFault. */
export function talkConfig({ environment, stateDir }: TalkOptions): Config {
  const config = readConfig(environment);
  if (config.databaseUrl !== undefined) throw new StartFault(DATABASE_NOT_YET);
  return stateDir === undefined ? config : { ...config, stateDir };
}

/** Opens the assistant, runs one channel on it to its end, and closes it. */
async function withAssistant(
  here: string,
  config: Config,
  run: (composed: Composed, signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const signal = stopSignal();
  const composed = await compose({ here, stateDir: config.stateDir, logLevel: config.logLevel });
  try {
    await run(composed, signal);
  } finally {
    await composed.close();
  }
  return 0;
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
  return withAssistant(options.here, talkConfig(options), ({ assistant, log }, signal) =>
    runStdio({
      assistant,
      input: process.stdin,
      output: process.stdout,
      readInstant,
      // Nothing is scheduled in this release.
      tick: async () => [],
      bureau: async () => ({ kind: 'refused', path: 'bureau', message: BUREAU_NOT_YET }),
      log,
      signal,
    }),
  );
}

/** At a terminal mere information would stand between the lines of the chat. */
function quiet(level: LogLevel): LogLevel {
  return level === 'info' ? 'warn' : level;
}
