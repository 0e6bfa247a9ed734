import { describe, expect, onTestFinished, test } from 'vitest';
import { FaultyDocument } from '../../src/app/ports.ts';
import type { Store } from '../../src/app/ports.ts';
import type { Sample } from './sample.ts';

/** A store under test. `reopen` closes it and opens the same documents again; absent when nothing outlives `close`. */
export interface StoreUnderTest {
  readonly store: Store<Sample>;
  readonly reopen?: () => Promise<Store<Sample>>;
  readonly close: () => Promise<void>;
}

function sample(fields: Partial<Sample> = {}): Sample {
  return { version: 2, count: 0, ...fields };
}

async function put(store: Store<Sample>, key: string, fields: Partial<Sample> = {}): Promise<void> {
  await store.update(key, () => ({ doc: sample(fields), result: undefined }));
}

async function increment(store: Store<Sample>, key: string): Promise<number> {
  return store.update(key, (doc) => {
    const count = (doc?.count ?? 0) + 1;
    return { doc: sample({ count }), result: count };
  });
}

async function remove(store: Store<Sample>, key: string): Promise<void> {
  await store.update(key, () => ({ doc: null, result: undefined }));
}

async function list(keys: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of keys) found.push(key);
  return found.sort();
}

/** What every store must do, however it keeps its documents. */
export function storeContract(name: string, make: () => Promise<StoreUnderTest>): void {
  const begin = async (): Promise<StoreUnderTest> => {
    const made = await make();
    onTestFinished(made.close);
    return made;
  };
  /** The same documents, read afresh where the store can do that. */
  const afresh = async ({ store, reopen }: StoreUnderTest): Promise<Store<Sample>> => reopen?.() ?? store;

  describe(`${name}: documents`, () => {
    test('a document is read as it was written, before and after opening again', async () => {
      const made = await begin();
      expect(await made.store.read('a')).toBeUndefined();
      await put(made.store, 'a', { text: '晋创谷', due: 5 });
      expect(await made.store.read('a')).toEqual(sample({ text: '晋创谷', due: 5 }));
      const again = await afresh(made);
      expect(await again.read('a')).toEqual(sample({ text: '晋创谷', due: 5 }));
      expect(await increment(again, 'a')).toBe(1);
    });

    test('an update answers with its result and may leave the document alone', async () => {
      const { store } = await begin();
      await put(store, 'a', { count: 7 });
      expect(await store.update('a', (doc) => ({ result: doc?.count }))).toBe(7);
      expect(await store.update('none', (doc) => ({ doc: undefined, result: doc }))).toBeUndefined();
      expect(await store.read('a')).toEqual(sample({ count: 7 }));
      expect(await list(store.keys())).toEqual(['a']);
    });

    test('work that throws writes nothing and does not hold up what follows', async () => {
      const { store } = await begin();
      await put(store, 'a', { count: 1, pending: true });
      const failing = store.update('a', () => {
        throw new Error('no');
      });
      const following = increment(store, 'a');
      await expect(failing).rejects.toThrow('no');
      expect(await following).toBe(2);
    });

    test('a document that cannot be encoded is refused and the old one stays', async () => {
      const { store } = await begin();
      await put(store, 'a', { count: 1 });
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      const faulty = { ...sample(), text: circular as unknown as string };
      await expect(store.update('a', () => ({ doc: faulty, result: 0 }))).rejects.toThrow();
      expect(await store.read('a')).toEqual(sample({ count: 1 }));
    });

    test('a deleted document is gone, for good, until it is written again', async () => {
      const made = await begin();
      await put(made.store, 'a', { pending: true, due: 1 });
      await put(made.store, 'b');
      await remove(made.store, 'a');
      await remove(made.store, 'never there');
      const again = await afresh(made);
      expect(await again.read('a')).toBeUndefined();
      expect(await list(again.keys())).toEqual(['b']);
      expect(await again.pending(9)).toEqual([]);
      expect(await again.due(9, 9)).toEqual([]);
      expect(await increment(again, 'a')).toBe(1);
      expect(await list(again.keys())).toEqual(['a', 'b']);
    });

    test('a large document', async () => {
      const made = await begin();
      const text = '券'.repeat(350_000) + '\n"\\';
      await put(made.store, 'large', { text });
      await put(made.store, 'small', { count: 1 });
      const again = await afresh(made);
      expect((await again.read('large'))?.text === text).toBe(true);
      expect((await again.read('small'))?.count).toBe(1);
    });

    test('strange keys', async () => {
      const made = await begin();
      const keys = [
        '微信/张三 & 李四',
        '../../etc/passwd',
        ' ',
        '',
        '__proto__',
        'constructor',
        '😀\n"\\\t',
        'k'.repeat(2_000),
      ];
      for (const [count, key] of keys.entries()) await put(made.store, key, { count });
      const again = await afresh(made);
      for (const [count, key] of keys.entries()) expect((await again.read(key))?.count).toBe(count);
      expect(await list(again.keys())).toEqual([...keys].sort());
    });

    test('keys by prefix', async () => {
      const { store } = await begin();
      for (const key of ['chat/1', 'chat/2', 'cha', 'broadcast/1', 'chat_']) await put(store, key);
      expect(await list(store.keys('chat/'))).toEqual(['chat/1', 'chat/2']);
      expect(await list(store.keys('x'))).toEqual([]);
      expect(await list(store.keys())).toHaveLength(5);
    });

    test('an older version is upgraded when it is read', async () => {
      const made = await begin();
      await put(made.store, 'old', { version: 1, count: 3 });
      const again = await afresh(made);
      expect(await again.read('old')).toEqual(sample({ count: 300 }));
      expect(await increment(again, 'old')).toBe(301);
    });

    test('a document that cannot be read is refused, and the others are not touched', async () => {
      const made = await begin();
      await put(made.store, 'bad', { kind: 'broken', pending: true, due: 1 });
      await put(made.store, 'good', { count: 1, pending: true, due: 2 });
      const again = await afresh(made);
      await expect(again.read('bad')).rejects.toThrow(FaultyDocument);
      await expect(increment(again, 'bad')).rejects.toThrow(FaultyDocument);
      await expect(remove(again, 'bad')).rejects.toThrow(FaultyDocument);
      expect(await increment(again, 'good')).toBe(2);
      // A faulty document does not stand in front of those that can be handled.
      await put(again, 'good', { pending: true, due: 2 });
      expect(await again.pending(1)).toEqual(['good']);
      expect(await again.due(9, 1)).toEqual(['good']);
    });
  });

  describe(`${name}: order`, () => {
    test('updates of one key run one after the other', async () => {
      const made = await begin();
      const results = await Promise.all(Array.from({ length: 100 }, () => increment(made.store, 'a')));
      expect(results).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
      expect((await (await afresh(made)).read('a'))?.count).toBe(100);
    });

    test('keys do not disturb each other', async () => {
      const { store } = await begin();
      const keys = Array.from({ length: 20 }, (_, index) => `key/${index}`);
      await Promise.all(Array.from({ length: 200 }, (_, index) => increment(store, keys[index % 20]!)));
      for (const key of keys) expect((await store.read(key))?.count).toBe(10);
    });

    test('an update sees all of the one before, or nothing', async () => {
      const { store } = await begin();
      const seen: (number | undefined)[] = [];
      const writes = [1, 2, 3].map((count) =>
        store.update('a', (doc) => {
          seen.push(doc?.count);
          return { doc: sample({ count }), result: count };
        }),
      );
      const read = await store.read('a');
      expect([undefined, 1, 2, 3]).toContain(read?.count);
      await Promise.all(writes);
      expect(seen).toEqual([undefined, 1, 2]);
      expect((await store.read('a'))?.count).toBe(3);
    });
  });

  describe(`${name}: marks`, () => {
    test('pending documents, oldest write first, up to the limit', async () => {
      const made = await begin();
      for (const key of ['c', 'a', 'b', 'd']) await put(made.store, key, { pending: true });
      await put(made.store, 'a', { pending: false });
      await put(made.store, 'c', { pending: true, count: 1 });
      expect(await made.store.pending(10)).toEqual(['b', 'd', 'c']);
      expect(await made.store.pending(2)).toEqual(['b', 'd']);
      expect(await made.store.pending(0)).toEqual([]);
      expect(await (await afresh(made)).pending(10)).toEqual(['b', 'd', 'c']);
    });

    test('due documents, earliest first, up to the limit, again and again', async () => {
      const made = await begin();
      const dues = { e: 50, a: 10, d: 40, b: 20, c: 30 };
      for (const [key, due] of Object.entries(dues)) await put(made.store, key, { due });
      await put(made.store, 'undated');
      await put(made.store, 'd', { due: 5 });
      await put(made.store, 'a', {});
      const expected = async (store: Store<Sample>): Promise<void> => {
        expect(await store.due(4, 10)).toEqual([]);
        expect(await store.due(30, 10)).toEqual(['d', 'b', 'c']);
        expect(await store.due(30, 10)).toEqual(['d', 'b', 'c']);
        expect(await store.due(1_000, 2)).toEqual(['d', 'b']);
      };
      await expected(made.store);
      await expected(await afresh(made));
    });
  });

  describe(`${name}: closing`, () => {
    test('open updates are finished, later ones refused, and closing twice is no error', async () => {
      const { store } = await begin();
      const open = [increment(store, 'a'), increment(store, 'a')];
      await store.close();
      await store.close();
      expect(await Promise.all(open)).toEqual([1, 2]);
      await expect(increment(store, 'a')).rejects.toThrow('closed');
      await expect(store.read('a')).rejects.toThrow('closed');
      await expect(store.pending(1)).rejects.toThrow('closed');
    });
  });
}
