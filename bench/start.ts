import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import type { Place } from './place.ts';

const ROUNDS = 15;

/** A fresh machine: nothing configured, and a state directory of its own. */
async function withEnvironment<Result>(
  place: Place,
  use: (env: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  const dir = await mkdtemp(join(place.work, 'start-'));
  try {
    return await use({ PATH: process.env['PATH'], HOME: dir, STATE_DIR: join(dir, 'state') });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Milliseconds until a command has said its first words, or, when it says none, has ended. */
function first(
  place: Place,
  args: readonly string[],
): Promise<{ readonly spoke: boolean; readonly milliseconds: number }> {
  return withEnvironment(place, async (env) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: place.work, env, stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    child.stdin.on('error', () => undefined);
    child.stdin.end('开始\n');
    const spoke = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
    const milliseconds = performance.now() - start;
    child.stdout.resume();
    await ended;
    return { spoke, milliseconds };
  });
}

/**
 * Whether the start succeeds where no package is in reach: then it loads none of those that are not bundled, such as
 * the libraries of the channels.
 */
async function startsAlone(place: Place): Promise<boolean> {
  const dir = await mkdtemp(join(tmpdir(), 'start-'));
  try {
    for (const name of ['dist', 'data']) await cp(join(place.root, name), join(dir, name), { recursive: true });
    return (await first(place, [join(dir, 'dist/main.js')])).spoke;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** From the command to its first words, beside a node that does nothing; the runs in turn. */
export async function run(place: Place): Promise<Figure[]> {
  const own: number[] = [];
  const bare: number[] = [];
  for (let count = 0; count < ROUNDS; count += 1) {
    const { spoke, milliseconds } = await first(place, [join(place.root, 'dist/main.js')]);
    if (!spoke) throw new Error('dist/main.js says nothing');
    own.push(milliseconds);
    bare.push((await first(place, ['-e', '0'])).milliseconds);
  }
  const alone = await startsAlone(place);
  return [
    { name: 'start to the first words', value: median(own), unit: 'ms' },
    { name: 'node -e 0', value: median(bare), unit: 'ms' },
    { name: 'start over a bare node', value: median(own) / median(bare), unit: 'times', atMost: 2 },
    { name: 'starts with no package in reach (1: yes)', value: alone ? 1 : 0, unit: '', atLeast: 1 },
  ];
}
