import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SharedStore } from '../../src/app/ports.ts';
import { Lease } from '../../src/stores/postgres/lease.ts';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';
import { testServer, type TestServer } from '../support/postgres.ts';
import { recordingLog } from './journal/support.ts';
import { sampleCodec, type Sample } from './sample.ts';

type TestStore = SharedStore<Sample>;

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.remove());

/** Several stores on one new database, as of several processes, all opened at the same moment. */
async function stores(count: number): Promise<TestStore[]> {
  const url = await server.database();
  const open = async (): Promise<TestStore> => {
    const store = await postgresStore({ url, codec: sampleCodec, log: recordingLog(), connections: 3 });
    onTestFinished(() => store.close());
    return store;
  };
  return Promise.all(Array.from({ length: count }, open));
}

async function put(store: TestStore, key: string, fields: Partial<Sample> = {}): Promise<void> {
  await store.update(key, () => ({ doc: { version: 2, count: 0, ...fields }, result: undefined }));
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('several processes on one database', () => {
  test('that start together make the tables once', async () => {
    const all = await stores(6);
    await put(all[0]!, 'a', { text: '券' });
    for (const store of all) expect((await store.read('a'))?.text).toBe('券');
  });

  test('updates of one key run one after the other', async () => {
    const all = await stores(3);
    const counts = await Promise.all(
      range(150).map((index) =>
        all[index % 3]!.update('a', (doc) => {
          const count = (doc?.count ?? 0) + 1;
          return { doc: { version: 2, count }, result: count };
        }),
      ),
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual(range(150).map((index) => index + 1));
    // Each process in the order of its own calls.
    for (const store of range(3)) {
      const own = counts.filter((_, index) => index % 3 === store);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
  });

  test('deleting and making anew at the same time', async () => {
    const all = await stores(3);
    const balance = await Promise.all(
      range(90).map((index) =>
        all[index % 3]!.update('a', (doc) =>
          doc === undefined ? { doc: { version: 2, count: 1 }, result: 1 } : { doc: null, result: -1 },
        ),
      ),
    );
    const left = balance.reduce((sum, one) => sum + one, 0);
    expect((await all[0]!.read('a')) === undefined ? 0 : 1).toBe(left);
  });
});

describe('claims', () => {
  test('a pending document is handed to one holder, oldest write first, by prefix', async () => {
    const [one, two] = (await stores(2)) as [TestStore, TestStore];
    for (const key of ['tg:3', 'wx:1', 'tg:1', 'tg:2', 'tg:4']) await put(one, key, { pending: key !== 'tg:4' });
    expect(await one.claim(['tg:'], 2, 'one', 60_000)).toEqual(['tg:3', 'tg:1']);
    expect(await two.claim(['tg:', 'wx:'], 9, 'two', 60_000)).toEqual(['wx:1', 'tg:2']);
    expect(await one.claim(['tg:', 'wx:'], 9, 'one', 60_000)).toEqual([]);
    expect(await two.extend(['wx:1', 'tg:1'], 'two', 60_000)).toEqual(['wx:1']);
    await two.release(['wx:1', 'tg:1'], 'two');
    expect(await one.claim([''], 9, 'one', 60_000)).toEqual(['wx:1']);
  });

  test('no document is handed to two of many who ask at once', async () => {
    const all = await stores(3);
    for (const index of range(60)) await put(all[0]!, `tg:${index}`, { pending: true });
    const claims = await Promise.all(range(30).map((index) => all[index % 3]!.claim(['tg:'], 5, `${index}`, 60_000)));
    // Who asks while others are choosing may get less than there is, and asks again.
    const rest = await all[0]!.claim(['tg:'], 60, 'last', 60_000);
    expect([...claims.flat(), ...rest].sort()).toEqual(
      range(60)
        .map((index) => `tg:${index}`)
        .sort(),
    );
  });

  test('what a holder does not extend goes to others; what is done with can be claimed when it is pending again', async () => {
    const [one, two] = (await stores(2)) as [TestStore, TestStore];
    await put(one, 'tg:1', { pending: true });
    expect(await one.claim(['tg:'], 1, 'one', 200)).toEqual(['tg:1']);
    await vi.waitFor(async () => expect(await two.claim(['tg:'], 1, 'two', 60_000)).toEqual(['tg:1']), 5_000);
    expect(await one.extend(['tg:1'], 'one', 60_000)).toEqual([]);
    await put(one, 'tg:1', { pending: true });
    expect(await one.claim(['tg:'], 1, 'one', 60_000)).toEqual([]);
    await put(two, 'tg:1', { pending: false });
    await put(two, 'tg:1', { pending: true });
    expect(await one.claim(['tg:'], 1, 'one', 60_000)).toEqual(['tg:1']);
  });
});

describe('leases', () => {
  test('one holder at a time, until it is given back', async () => {
    const [one, two] = (await stores(2)) as [TestStore, TestStore];
    expect(await one.lease('poll', 'one', 60_000)).toBe(true);
    expect(await two.lease('poll', 'two', 60_000)).toBe(false);
    expect(await two.lease('other', 'two', 60_000)).toBe(true);
    expect(await one.lease('poll', 'one', 60_000)).toBe(true);
    await two.unlease('poll', 'two');
    expect(await two.lease('poll', 'two', 60_000)).toBe(false);
    await one.unlease('poll', 'one');
    expect(await two.lease('poll', 'two', 60_000)).toBe(true);
  });

  function keep(store: Pick<TestStore, 'lease' | 'unlease'>, holder: string, story: string[], ttlMs = 300): Lease {
    const note = (what: string) => () => void story.push(`${holder} ${what}`);
    const options = { store, name: 'poll', holder, ttlMs, log: recordingLog() };
    const lease = new Lease({ ...options, acquired: note('acquired'), lost: note('lost') });
    lease.start();
    onTestFinished(() => lease.stop());
    return lease;
  }

  test('a holder that hangs loses it by its own clock, and the other takes over', async () => {
    const [one, two] = (await stores(2)) as [TestStore, TestStore];
    const story: string[] = [];
    let frozen = Promise.resolve();
    let thaw: () => void = () => undefined;
    const freezable = {
      lease: async (...args: Parameters<TestStore['lease']>) => frozen.then(() => one.lease(...args)),
      unlease: one.unlease.bind(one),
    };
    const first = keep(freezable, 'one', story);
    await vi.waitFor(() => expect(first.held).toBe(true));
    const second = keep(two, 'two', story);
    frozen = new Promise((resolve) => {
      thaw = resolve;
    });
    await vi.waitFor(() => expect(second.held).toBe(true), 5_000);
    expect(first.held).toBe(false);
    thaw();
    await first.stop();
    expect([first.held, second.held]).toEqual([false, true]);
    expect(story).toEqual(['one acquired', 'one lost', 'two acquired']);
  });

  test('a store that is away for a moment costs nothing; the lease is kept', async () => {
    const [one] = (await stores(1)) as [TestStore];
    const story: string[] = [];
    let asked = 0;
    const shaky = {
      lease: async (...args: Parameters<TestStore['lease']>) => {
        asked += 1;
        if (asked % 2 === 0) throw new Error('away');
        return one.lease(...args);
      },
      unlease: one.unlease.bind(one),
    };
    const lease = keep(shaky, 'one', story, 3_000);
    await vi.waitFor(() => expect(asked).toBeGreaterThan(3), 10_000);
    expect([lease.held, story]).toEqual([true, ['one acquired']]);
  });

  test('a holder that stops leaves it to the other without delay', async () => {
    const [one, two] = (await stores(2)) as [TestStore, TestStore];
    const story: string[] = [];
    const first = keep(one, 'one', story, 2_000);
    await vi.waitFor(() => expect(first.held).toBe(true));
    const second = keep(two, 'two', story, 2_000);
    await first.stop();
    expect(first.held).toBe(false);
    await vi.waitFor(() => expect(second.held).toBe(true), 1_900);
    expect(story).toEqual(['one acquired', 'two acquired']);
  });
});
