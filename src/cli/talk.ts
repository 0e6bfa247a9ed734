import { runStdio } from '../channels/stdio.ts';
import { runTerminal, TERMINAL_CHAT } from '../channels/terminal.ts';
import { readConfig, type Config, type LogLevel } from '../config.ts';
import { readInstant } from '../policy/dates.ts';
import { UNSAVED } from '../../conversations/trouble.ts';
import { openControl } from './bureau/control.ts';
import { runVerb } from './bureau/verbs.ts';
import { compose, type Composed } from './compose.ts';
import { openWatch } from './http.ts';
import { stopSignal } from './signals.ts';
import { lineScheduler } from './ticking.ts';

const DEFAULT_COLUMNS = 80;
/** Until the way in for the bureau command is opened, when nothing was said before. */
const CONTROL_MS = 200;

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
  run: (composed: Composed, signal: AbortSignal, openControl: () => Promise<unknown>) => Promise<void>,
): Promise<number> {
  const signal = stopSignal();
  const composed = await compose({ here, ...config });
  let control: Promise<() => Promise<void>> | undefined;
  const openControl = (): Promise<unknown> => (control ??= controlOf(config, composed));
  try {
    await run(composed, signal, openControl);
  } finally {
    await (
      await control
    )?.();
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
  const quietly = { ...config, logLevel: quiet(config.logLevel) };
  return withAssistant(options.here, quietly, async (composed, signal, openControl) => {
    const { log, unasked } = composed;
    const watch = config.port === undefined ? undefined : await openWatch(config, composed);
    // The libraries of the socket would hold up the first words; when nobody says any it is opened all the same.
    const open = (): void => void openControl();
    const opening = setTimeout(open, CONTROL_MS);
    try {
      await runTerminal({
        assistant: watch?.assistant ?? composed.assistant,
        async unasked() {
          const now = Date.now();
          await unasked.tick(now);
          return (await unasked.pull(TERMINAL_CHAT, now)).flatMap(({ outgoing }) => outgoing);
        },
        input: stdin,
        output: stdout,
        interactive: stdin.isTTY && stdout.isTTY,
        // A terminal that does not know its size says 0.
        columns: () => (stdout.isTTY && stdout.columns > 0 ? stdout.columns : DEFAULT_COLUMNS),
        unsaved: UNSAVED,
        said: open,
        log,
        signal,
      });
    } finally {
      clearTimeout(opening);
      await watch?.close();
    }
  });
}

/** The JSON lines channel on the standard streams, until the input ends. @returns the exit code. */
export function talkInLines(options: TalkOptions): Promise<number> {
  return withAssistant(options.here, talkConfig(options), async (composed, signal, openControl) => {
    await openControl();
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
