import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import type { Sample } from '../sample.ts';
import { sampleCodec } from '../sample.ts';

/** What one kill brought to light. */
export interface CrashOutcome {
  /** Updates acknowledged before the kill. */
  readonly acknowledged: number;
  /** Keys with a lower count than was acknowledged. */
  readonly lost: number;
  /** Keys with a count more than one above what was acknowledged. */
  readonly invented: number;
}

/**
 * Starts a writer on the directory, kills it after so many acknowledged updates, opens the store and compares.
 * `counts` holds what was acknowledged for each key so far and is brought up to what is stored.
 */
export async function crashOnce(dir: string, after: number, counts: Map<string, number>): Promise<CrashOutcome> {
  const notes = `${dir}.notes`;
  await writeFile(notes, '');
  const args = ['--import', 'tsx', join(import.meta.dirname, 'crash-writer.ts'), dir, notes];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === '.') seen += 1;
    if (seen === after) child.kill('SIGKILL');
  }
  await exit;
  const lines = (await readFile(notes, 'utf8')).split('\n').slice(0, -1);
  for (const line of lines) {
    const [key = '', count] = line.split(' ');
    counts.set(key, Number(count));
  }
  const quiet = () => undefined;
  const store = await lowdbStore<Sample>({ dir, codec: sampleCodec, log: { info: quiet, warn: quiet, error: quiet } });
  let lost = 0;
  let invented = 0;
  for (const [key, count] of counts) {
    const stored = (await store.read(key))?.count ?? 0;
    if (stored < count) lost += 1;
    if (stored > count + 1) invented += 1;
    counts.set(key, stored);
  }
  await store.close();
  return { acknowledged: lines.length, lost, invented };
}
