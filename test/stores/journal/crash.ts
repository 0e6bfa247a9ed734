import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { bundled } from '../../support/bundle.ts';
import { seeded } from '../../app/dispatch/time.ts';
import type { Sample } from '../sample.ts';
import { sampleCodec } from '../sample.ts';

/** What many kills brought to light. */
export interface CrashOutcome {
  readonly kills: number;
  /** Kills that met the process before it had opened the store. */
  readonly whileOpening: number;
  /** Updates acknowledged before the kills. */
  readonly acknowledged: number;
  /** Keys with a lower count than was acknowledged. */
  readonly lost: number;
  /** Keys with a count higher than what was acknowledged and what may have been under way. */
  readonly invented: number;
  /** Longest time (ms) from the start of a process to its open store. */
  readonly slowestStart: number;
}

/** The moment of a kill: so long (ms) after the process was started, or so many updates and a little later. */
type Moment = { readonly ms: number } | { readonly updates: number; readonly turns: number };

/** The program that is killed. */
export const CRASH_WRITER = join(import.meta.dirname, 'crash-writer.ts');
/** Segments of the writer hold some hundred updates: kills meet them being sealed and compacted. */
const MOST_UPDATES = 3_000;
const quiet = (): void => undefined;
const log = { info: quiet, warn: quiet, error: quiet };

/** Kills a writer on one directory with SIGKILL, so many times at random moments, and compares after each. */
export async function killWriter(dir: string, kills: number, seed: number, most = MOST_UPDATES): Promise<CrashOutcome> {
  const random = seeded(seed);
  const program = await bundled(CRASH_WRITER);
  const counts = new Map<string, number>();
  let [whileOpening, acknowledged, lost, invented, slowestStart] = [0, 0, 0, 0, 0];
  let since = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      // Every fourth in the time in which a process starts, locks the directory and reads it.
      const moment: Moment =
        kill % 4 === 3
          ? { ms: 250 * random() }
          : { updates: 1 + Math.floor(random() * most), turns: Math.floor(random() * 200) };
      const { started, updates } = await killOnce(program.file, dir, moment, counts);
      if (started === undefined) whileOpening += 1;
      slowestStart = Math.max(slowestStart, started ?? 0);
      acknowledged += updates;
      since += 1;
      // Otherwise the next writer is the one that finds what a kill has left behind, and may be killed at that.
      if (random() < 0.5 && kill < kills - 1) continue;
      const difference = await compare(dir, counts, since);
      lost += difference.lost;
      invented += difference.invented;
      since = 0;
    }
  } finally {
    await program.remove();
  }
  return { kills, whileOpening, acknowledged, lost, invented, slowestStart: Math.round(slowestStart) };
}

/** Starts a writer and kills it; `counts` is brought up to what it acknowledged. */
async function killOnce(
  file: string,
  dir: string,
  moment: Moment,
  counts: Map<string, number>,
): Promise<{ readonly started: number | undefined; readonly updates: number }> {
  const notes = `${dir}.notes`;
  await writeFile(notes, '');
  const begin = performance.now();
  const child = spawn(process.execPath, [file, dir, notes], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let started: number | undefined;
  let seen = 0;
  const timer = 'ms' in moment ? setTimeout(() => child.kill('SIGKILL'), moment.ms) : undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'open') started = performance.now() - begin;
    if (line === '.') seen += 1;
    if (line !== '.' || !('updates' in moment) || seen !== moment.updates) continue;
    for (let turn = 0; turn < moment.turns; turn += 1) await new Promise(setImmediate);
    child.kill('SIGKILL');
  }
  await exit;
  clearTimeout(timer);
  const lines = (await readFile(notes, 'utf8')).split('\n').slice(0, -1);
  for (const line of lines) {
    const [key = '', count] = line.split(' ');
    counts.set(key, Number(count));
  }
  return { started, updates: lines.length };
}

/** Opens the store and compares; each kill may have left one update that nobody heard of. `counts` is then what is stored. */
async function compare(
  dir: string,
  counts: Map<string, number>,
  kills: number,
): Promise<{ readonly lost: number; readonly invented: number }> {
  const store = await lowdbStore<Sample>({ dir, codec: sampleCodec, log });
  let [lost, invented] = [0, 0];
  for (const [key, count] of counts) {
    const stored = (await store.read(key))?.count ?? 0;
    if (stored < count) lost += 1;
    if (stored > count + kills) invented += 1;
    counts.set(key, stored);
  }
  await store.close();
  return { lost, invented };
}
