import { once } from 'node:events';
import type { BotApi } from './botapi/index.ts';
import { TOKEN } from './botapi/index.ts';
import { bareEnvironment, start, type Program } from './program.ts';

/** The program with the Telegram channel, as a user starts it, on a machine whose clock says something else. */
export interface Serving {
  /** Rejects when the program ends by itself. */
  readonly failed: Promise<never>;
  /** Ends it; resolves with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Has the clock of a process stand at `now` (UTC ms) when it starts, and go on from there. Durations stay what they are. */
export function clockAt(now: number): string {
  const code = `
    const real = Date.now;
    const by = ${now} - real();
    Date.now = () => real() + by;
    globalThis.Date = new Proxy(Date, {
      construct: (target, given, own) => Reflect.construct(target, given.length > 0 ? given : [target.now()], own),
    });`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

/** Starts it on the state directory; `now` is UTC ms. */
export function serveAt(program: Program, api: BotApi, dir: string, now: number): Serving {
  const child = start(program, 'main', [], {
    ...bareEnvironment(),
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root, STATE_DIR: dir, NODE_OPTIONS: clockAt(now) },
  });
  let said = '';
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-2_000)));
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const failed = exit.then(([code]) => {
    throw new Error(`the program has ended with ${code}: ${said}`);
  });
  failed.catch(() => undefined);
  return {
    failed,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code;
    },
  };
}
