import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inFreshProcess, openStore, rate, touch } from '../bench/store.ts';
import { countFlushes } from './flushes.ts';
import { killWriter } from '../test/stores/journal/crash.ts';

const KILLS = 500;
const LONGEST_START_MS = 2_000;
const DOCUMENTS = 1_000_000;

/** Kills a writer again and again on one directory; throws when an acknowledged update is missing, or a start was slow. */
async function kills(dir: string): Promise<void> {
  const outcome = await killWriter(dir, KILLS, 1);
  console.log(outcome);
  const { lost, invented, slowestStart } = outcome;
  if (lost + invented > 0) throw new Error('updates were lost or invented');
  if (slowestStart > LONGEST_START_MS) throw new Error('a start took too long');
}

/** Whether the system is really asked to flush, file and directory; throws when it is not. */
async function flushes(dir: string): Promise<void> {
  const seen = await countFlushes(dir);
  if (seen === undefined) {
    console.log('no strace here: flushes are shown by the tests alone');
    return;
  }
  console.log(seen);
  const { segments, directory, parent, hints, early } = seen;
  if (segments === 0 || directory === 0 || parent === 0 || hints === 0 || early > 0)
    throw new Error('not all is flushed');
}

/** Fills a store with a million documents of about 2 kB and opens it in a fresh process. */
async function million(dir: string): Promise<void> {
  const start = performance.now();
  const store = await openStore(dir);
  const perSecond = await rate(DOCUMENTS, 1_000, (index) => touch(store, `chat/${index}`));
  console.log(`${DOCUMENTS} documents in ${Math.round((performance.now() - start) / 1_000)} s, ${perSecond}/s`);
  console.log(`1,000 of them again: ${await rate(100_000, 1_000, (index) => touch(store, `chat/${index % 1_000}`))}/s`);
  await store.close();
  for (const [name, value] of Object.entries(await inFreshProcess(dir))) console.log(`${name.padEnd(30)} ${value}`);
}

/** The store at full size: flushes, kills and a million documents. Prints figures; rejects when anything was lost. */
export async function run(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'store-soak-'));
  try {
    await flushes(join(dir, 'flushes'));
    await kills(join(dir, 'kills'));
    await million(join(dir, 'million'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
