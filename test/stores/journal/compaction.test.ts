import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bench, filesIn, put } from './support.ts';
import type { TestStore } from './support.ts';

const SEGMENT = 2_000;

async function everything(store: TestStore): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for await (const key of store.keys()) found[key] = (await store.read(key))?.count ?? -1;
  return found;
}

test('rewriting the same documents does not grow the disk, and nothing is lost', async () => {
  const place = await bench();
  const store = await place.open({ segmentBytes: SEGMENT });
  const expected: Record<string, number> = {};
  for (let count = 0; count < 2_000; count += 1) {
    const key = `key/${(count * 7) % 30}`;
    expected[key] = count;
    await put(store, key, { count });
  }
  await store.close();
  const again = await place.open({ segmentBytes: SEGMENT });
  expect(await everything(again)).toEqual(expected);
  const { bytes, liveBytes, documents } = again.figures();
  expect(documents).toBe(30);
  expect(bytes).toBeLessThan(2 * liveBytes + 3 * SEGMENT);
  expect(place.log.operations).toContain('store.compacted');
});

test('old documents survive however often the segments around them are compacted', async () => {
  const place = await bench();
  const store = await place.open({ segmentBytes: SEGMENT });
  for (let round = 0; round < 100; round += 1) {
    await put(store, `kept/${round}`, { count: round, pending: true });
    for (let count = 0; count < 20; count += 1) await put(store, 'busy', { count });
  }
  const kept = Array.from({ length: 100 }, (_, round) => `kept/${round}`);
  expect(await store.pending(999)).toEqual(kept);
  await store.close();
  const again = await place.open({ segmentBytes: SEGMENT });
  for (const [count, key] of kept.entries()) expect((await again.read(key))?.count).toBe(count);
  // Copied lines keep their place in the order of writes.
  expect(await again.pending(999)).toEqual(kept);
});

test('compacting everything gives back every dead byte', async () => {
  const place = await bench();
  const store = await place.open({ segmentBytes: SEGMENT });
  for (let count = 0; count < 100; count += 1) await put(store, `key/${count % 50}`, { count, text: 'secret' });
  for (let count = 0; count < 25; count += 1) {
    await store.update(`key/${count}`, () => ({ doc: null, result: undefined }));
  }
  const before = await everything(store);
  await store.compact();
  expect(await everything(store)).toEqual(before);
  const { bytes, liveBytes, documents } = store.figures();
  expect(documents).toBe(25);
  expect(bytes).toBe(liveBytes);
  await store.close();
  const again = await place.open({ segmentBytes: SEGMENT });
  expect(await everything(again)).toEqual(before);
  expect(again.figures().documents).toBe(25);
  expect(await again.read('key/3')).toBeUndefined();
});

test('deleting everything leaves next to nothing', async () => {
  const place = await bench();
  const store = await place.open({ segmentBytes: SEGMENT });
  for (let count = 0; count < 60; count += 1) await put(store, `key/${count}`, { count });
  for (let count = 0; count < 60; count += 1) {
    await store.update(`key/${count}`, () => ({ doc: null, result: undefined }));
  }
  await store.compact();
  expect(store.figures()).toMatchObject({ documents: 0, bytes: 0 });
  expect(await filesIn(place.dir, '.journal')).toHaveLength(1);
});

test('a deleted document does not come back, whichever segments are compacted in between', async () => {
  const place = await bench();
  let store = await place.open({ segmentBytes: SEGMENT });
  const alive = new Map<string, number>();
  for (let step = 0; step < 1_500; step += 1) {
    const key = `key/${(step * 13) % 40}`;
    if (step % 3 === 0) {
      await store.update(key, () => ({ doc: null, result: undefined }));
      alive.delete(key);
    } else {
      await put(store, key, { count: step });
      alive.set(key, step);
    }
    if (step % 250 === 249) {
      await store.close();
      store = await place.open({ segmentBytes: SEGMENT });
      expect(await everything(store)).toEqual(Object.fromEntries(alive));
    }
  }
});

test('writers go on and readers find everything while compaction runs', async () => {
  const place = await bench();
  const store = await place.open({ segmentBytes: SEGMENT, cachedDocuments: 0 });
  for (let count = 0; count < 200; count += 1) await put(store, `key/${count}`, { count });
  const state = { running: true };
  const compaction = store.compact().finally(() => {
    state.running = false;
  });
  const increments = Array.from({ length: 200 }, (_, index) =>
    store.update(`key/${index}`, (doc) => ({ doc: { ...doc!, count: doc!.count + 1_000 }, result: undefined })),
  );
  while (state.running) {
    for (const index of [0, 50, 199])
      expect([index, index + 1_000]).toContain((await store.read(`key/${index}`))?.count);
  }
  await Promise.all([...increments, compaction]);
  for (let count = 0; count < 200; count += 1) expect((await store.read(`key/${count}`))?.count).toBe(count + 1_000);
});

test('a deletion outlives its segment while an older segment still holds the document', async () => {
  const place = await bench();
  const options = { segmentBytes: SEGMENT };
  const store = await place.open(options);
  // The first segment stays, as nearly all of it is live; the deletion lies among waste.
  await put(store, 'gone', { count: 1 });
  for (let count = 0; count < 40; count += 1) await put(store, `cold/${count}`, { count });
  await store.update('gone', () => ({ doc: null, result: undefined }));
  for (let count = 0; count < 200; count += 1) await put(store, 'hot', { count });
  await store.close();
  expect(place.log.operations).toContain('store.compacted');
  const [oldest] = await filesIn(place.dir, '.journal');
  expect(await readFile(oldest!, 'utf8')).toContain('"gone"');
  expect(await (await place.open(options)).read('gone')).toBeUndefined();
});
