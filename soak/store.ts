import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inFreshProcess, openStore, rate, touch } from '../bench/store.ts';
import { crashOnce } from '../test/stores/journal/crash.ts';

const KILLS = 200;
const DOCUMENTS = 1_000_000;

/** Kills a writer again and again on one directory; throws when an acknowledged update is missing. */
async function kills(dir: string): Promise<void> {
  const counts = new Map<string, number>();
  let acknowledged = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // Spread over the sizes at which segments are sealed and compacted, the same in every run.
    const outcome = await crashOnce(dir, 1 + ((kill * 7_919) % 3_000), counts);
    acknowledged += outcome.acknowledged;
    if (outcome.lost + outcome.invented > 0) throw new Error(`kill ${kill}: ${JSON.stringify(outcome)}`);
    if (kill % 20 === 0) console.log(`${kill} kills, ${acknowledged} acknowledged updates, none lost, none invented`);
  }
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

/** The store at full size: kills and a million documents. Prints figures; rejects when anything was lost. */
export async function run(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'store-soak-'));
  try {
    await kills(join(dir, 'kills'));
    await million(join(dir, 'million'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
