import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
  const args = ['--import', 'tsx', join(import.meta.dirname, 'crash-writer.ts'), dir, 'write'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let acknowledged = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [key = '', count] = line.split(' ');
    // Everything but `open`. A short line goes through a pipe whole or not at all.
    if (count === undefined) continue;
    acknowledged += 1;
    if (acknowledged === after) child.kill('SIGKILL');
    counts.set(key, Math.max(Number(count), counts.get(key) ?? 0));
  }
  await exit;
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
  return { acknowledged, lost, invented };
}
