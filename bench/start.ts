import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import type { Place } from './place.ts';

const ROUNDS = 15;
/** Libraries of channels that are not configured. */
const BY_NEED = ['wechaty', 'grammy', '@grammyjs', 'wechaty-puppet'];

/** A fresh machine: nothing configured, and a state directory of its own. */
async function withEnvironment<Result>(place: Place, use: (env: NodeJS.ProcessEnv) => Promise<Result>): Promise<Result> {
  const dir = await mkdtemp(join(place.work, 'start-'));
  try {
    return await use({ PATH: process.env['PATH'], HOME: dir, STATE_DIR: join(dir, 'state') });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Milliseconds until a command has said its first words, or, when it says none, has ended. */
function first(place: Place, args: readonly string[]): Promise<number> {
  return withEnvironment(place, async (env) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: place.work, env, stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    child.stdin.on('error', () => undefined);
    child.stdin.end('开始\n');
    await Promise.race([once(child.stdout, 'data'), ended]);
    const milliseconds = performance.now() - start;
    child.stdout.resume();
    await ended;
    return milliseconds;
  });
}

/** Of the libraries that a start has no need of, those it loaded all the same. */
function loadedInVain(place: Place): Promise<string[]> {
  // Hooks of the loader see every module, imported or required.
  const hook = `
    import { registerHooks } from 'node:module';
    import Module from 'node:module';
    import { register } from 'node:module';
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (request, ...rest) {
      process.stderr.write('loaded ' + request + '\\n');
      return resolve.call(this, request, ...rest);
    };
    register('data:text/javascript,' + encodeURIComponent(
      'import { writeSync } from "node:fs"; export async function resolve(name, context, next) { writeSync(2, "loaded " + name + "\\\\n"); return next(name, context); }'));
  `;
  return withEnvironment(place, async (env) => {
    const url = `data:text/javascript,${encodeURIComponent(hook)}`;
    const args = ['--no-warnings', '--import', url, join(place.root, 'dist/main.js')];
    const child = spawn(process.execPath, args, { cwd: place.work, env, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdin.end('开始\n');
    await once(child, 'close');
    const names = [...said.matchAll(/^loaded (.+)$/gm)].map(([, name = '']) => name);
    if (!names.some((name) => name.endsWith('main.js'))) throw new Error(`the start was not watched: ${said}`);
    return BY_NEED.filter((wanted) => names.some((name) => name === wanted || name.startsWith(`${wanted}/`)));
  });
}

/** From the command to its first words, beside a node that does nothing; the runs in turn. */
export async function run(place: Place): Promise<Figure[]> {
  const own: number[] = [];
  const bare: number[] = [];
  for (let count = 0; count < ROUNDS; count += 1) {
    own.push(await first(place, [join(place.root, 'dist/main.js')]));
    bare.push(await first(place, ['-e', '0']));
  }
  const inVain = await loadedInVain(place);
  return [
    { name: 'start to the first words', value: median(own), unit: 'ms' },
    { name: 'node -e 0', value: median(bare), unit: 'ms' },
    { name: 'start over a bare node', value: median(own) / median(bare), unit: 'times', atMost: 2 },
    { name: 'channel libraries loaded without need', value: inVain.length, unit: 'libraries', atMost: 0 },
  ];
}
