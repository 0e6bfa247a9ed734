import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { writeCompiled } from '../../src/content/compile.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The commands as a user runs them, built apart from dist/, which may be of another day. */
export interface Program {
  /** The folder of the bundles: `main.js`, `chat.js`, `bureau.js`. */
  readonly dist: string;
  readonly remove: () => Promise<void>;
}

/** Builds the talking commands and the data into a folder of their own. */
export async function buildProgram(): Promise<Program> {
  // Below node_modules, so that packages are found from there and need not be bundled.
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const dir = await mkdtemp(join(cache, 'program-'));
  const dist = join(dir, 'dist');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts', 'src/cli/chat.ts', 'src/cli/bureau.ts'],
    outdir: dist,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  await symlink(join(ROOT, 'data'), join(dir, 'data'));
  writeCompiled(join(ROOT, 'data'), join(dist, 'data.json'));
  return { dist, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** The environment of a fresh machine: nothing configured. */
export function bareEnvironment(fields: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', ...fields };
}

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a command of the program; its input stays open. */
export function start(
  program: Program,
  command: string,
  args: readonly string[] = [],
  env = bareEnvironment(),
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [join(program.dist, `${command}.js`), ...args], { env });
  // A process that is killed while it is written to is what some tests are about.
  child.stdin.on('error', () => undefined);
  return child;
}

/** Runs a command to its end on this input. */
export async function run(
  program: Program,
  command: string,
  args: readonly string[] = [],
  { input = '', env = bareEnvironment() } = {},
): Promise<Finished> {
  const child = start(program, command, args, env);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
}

/** `chat --jsonl` as a partner that answers line by line. */
export interface JsonlChat {
  readonly child: ChildProcessWithoutNullStreams;
  send(line: object): void;
  /** The next line, or undefined when the process has ended. */
  next(): Promise<unknown>;
  /** Kills the process; resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends the input; resolves when the process has ended. */
  end(): Promise<void>;
}

export function startJsonl(program: Program, stateDir: string): JsonlChat {
  const child = start(program, 'chat', ['--jsonl', '--state', stateDir]);
  child.stderr.pipe(process.stderr);
  const exit = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    send(line) {
      child.stdin.write(`${JSON.stringify(line)}\n`);
    },
    async next() {
      const { done, value } = await lines.next();
      return done === true ? undefined : (JSON.parse(value) as unknown);
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    async end() {
      child.stdin.end();
      await exit;
    },
  };
}
