import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import type { Codec, Log } from '../src/app/ports.ts';
import { lowdbStore } from '../src/stores/lowdb.ts';
import type { LowdbStore } from '../src/stores/lowdb.ts';
import { outputOf } from './place.ts';

interface Chat {
  readonly version: 1;
  readonly turn: number;
  readonly text: string;
}

const codec: Codec<Chat> = {
  encode: (doc) => JSON.stringify(doc),
  decode: (text) => JSON.parse(text) as Chat,
  marks: (doc) => ({ pending: doc.turn % 10 === 0, due: 1_767_225_600_000 + doc.turn * 60_000 }),
};
const log: Log = { info: () => undefined, warn: () => undefined, error: (name, fields) => console.error(name, fields) };
/** Documents of about 2 kB. */
const TEXT = '企业申请科技创新券，'.repeat(66);

export function openStore(dir: string): Promise<LowdbStore<Chat>> {
  return lowdbStore({ dir, codec, log });
}

export async function touch(store: LowdbStore<Chat>, key: string): Promise<void> {
  await store.update(key, (doc) => ({
    doc: { version: 1, turn: (doc?.turn ?? 0) + 1, text: TEXT },
    result: undefined,
  }));
}

/** Runs `count` calls with so many under way at a time; calls per second. */
export async function rate(count: number, inFlight: number, call: (index: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await call(next - 1);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return Math.round((count / (performance.now() - start)) * 1_000);
}

/** The floor: the same bytes appended with group commit, and nothing else. */
async function floor(dir: string, count: number, inFlight: number): Promise<number> {
  const file = await open(join(dir, `floor-${inFlight}`), 'w');
  const line = Buffer.from(`${JSON.stringify({ version: 1, turn: 1, text: TEXT })}\n`);
  let waiting: (() => void)[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await file.write(Buffer.concat(batch.map(() => line)));
      await file.datasync();
      for (const resolve of batch) resolve();
    }
    running = false;
  };
  const result = await rate(count, inFlight, () => {
    const done = new Promise<void>((resolve) => waiting.push(resolve));
    if (!running) void run();
    return done;
  });
  await file.close();
  return result;
}

interface Warm {
  readonly perSecond: number;
  /** Processor time per update in microseconds; other processes on the machine do not disturb it. */
  readonly cost: number;
}

/** The median of five rounds on documents that are in the cache. */
async function warm(store: LowdbStore<Chat>, inFlight: number, count: number): Promise<Warm> {
  const call = (index: number): Promise<void> => touch(store, `chat/${index % inFlight}`);
  await rate(inFlight, inFlight, call);
  const rounds: Warm[] = [];
  for (let round = 0; round < 5; round += 1) {
    const before = process.cpuUsage();
    const perSecond = await rate(count, inFlight, call);
    const { user, system } = process.cpuUsage(before);
    rounds.push({ perSecond, cost: (user + system) / count });
  }
  const median = (pick: (round: Warm) => number): number => rounds.map(pick).sort((a, b) => a - b)[2] ?? 0;
  return { perSecond: median(({ perSecond }) => perSecond), cost: median(({ cost }) => cost) };
}

/** Opens the store and tells what that costs in milliseconds and megabytes; to be called in a process of its own. */
export async function measureOpening(dir: string): Promise<Record<string, number>> {
  const rssBefore = process.memoryUsage().rss;
  const start = performance.now();
  const store = await openStore(dir);
  const milliseconds = Math.round(performance.now() - start);
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const { documents, bytes, liveBytes } = store.figures();
  await store.close();
  const megabytes = (value: number): number => Math.round(value / 1e6);
  return {
    'documents opened': documents,
    'open (ms)': milliseconds,
    'heap when open (MB)': megabytes(heapUsed),
    'rss when open (MB)': megabytes(rss),
    'rss before (MB)': megabytes(rssBefore),
    'disk (MB)': megabytes(bytes),
    'disk, live (MB)': megabytes(liveBytes),
  };
}

/** Memory is only comparable in a process that did nothing else before. */
export async function inFreshProcess(dir: string): Promise<Record<string, number>> {
  const script = `import(${JSON.stringify(import.meta.url)}).then((bench) => bench.measureOpening(${JSON.stringify(dir)})).then((figures) => console.log(JSON.stringify(figures)))`;
  const args = ['--expose-gc', '--import', 'tsx', '--eval', script];
  return z.record(z.string(), z.number()).parse(JSON.parse(await outputOf(args)));
}

/** Measures the embedded store; prints and returns the figures (updates per second, milliseconds, megabytes). */
export async function run(): Promise<Record<string, number>> {
  const dir = await mkdtemp(join(tmpdir(), 'store-bench-'));
  const figures: Record<string, number> = {};
  const note = (name: string, value: number): void => {
    figures[name] = value;
    console.log(`${name.padEnd(44)} ${value}`);
  };
  try {
    note('floor, 1 in flight (writes/s)', await floor(dir, 2_000, 1));
    note('floor, 1,000 in flight (writes/s)', await floor(dir, 60_000, 1_000));
    const store = await openStore(join(dir, 'store'));
    await rate(1_000, 1_000, (index) => touch(store, `chat/${index}`));
    note('updates/s, 1 in flight', (await warm(store, 1, 2_000)).perSecond);
    const small = await warm(store, 1_000, 60_000);
    note('updates/s, 1,000 in flight', small.perSecond);
    note('processor time per update (µs)', Number(small.cost.toFixed(1)));
    await rate(100_000, 1_000, (index) => touch(store, `chat/${index}`));
    const large = await warm(store, 1_000, 60_000);
    note('updates/s, 1,000 in flight, 100,000 documents', large.perSecond);
    note('processor time per update (µs), 100,000', Number(large.cost.toFixed(1)));
    note('cost at 100,000 over cost at 1,000', Number((large.cost / small.cost).toFixed(2)));
    const spread = (index: number): Promise<void> => touch(store, `chat/${(index * 7_919) % 100_000}`);
    note('updates/s, 1,000 in flight, none cached', await rate(60_000, 1_000, spread));
    await store.close();

    for (const [name, value] of Object.entries(await inFreshProcess(join(dir, 'store')))) note(name, value);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  return figures;
}
