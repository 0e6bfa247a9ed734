import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { DatabaseFault } from '../../src/stores/postgres/fault.ts';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';
import { sql, testServer, type TestServer } from '../support/postgres.ts';
import { recordingLog } from './journal/support.ts';
import { proxyTo } from './proxy.ts';
import { sampleCodec, type Sample } from './sample.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.remove());

async function open(url: string, retryMs = 20_000) {
  const store = await postgresStore({ url, codec: sampleCodec, log: recordingLog(), retryMs });
  onTestFinished(() => store.close());
  return store;
}

/** A store by way of a bad network, and one beside it with a good one. */
async function twoStores({ retryMs = 20_000 } = {}) {
  const url = await server.database();
  const proxy = await proxyTo(url);
  onTestFinished(() => proxy.close());
  return { url, proxy, store: await open(proxy.url, retryMs), other: await open(url) };
}

function increment(store: Store<Sample>, key = 'a'): Promise<number> {
  return store.update(key, (doc) => {
    const count = (doc?.count ?? 0) + 1;
    return { doc: { version: 2, count }, result: count };
  });
}

const remove = (store: Store<Sample>): Promise<number> =>
  store.update('a', (doc) => ({ doc: null, result: doc?.count ?? 0 }));

/** The statements by which a document is made, and by which it is changed. */
const WRITES = ['voucher.insert', 'voucher.replace'] as const;

describe.each(WRITES)('the connection breaks at %s', (statement) => {
  const begin = async () => {
    const stores = await twoStores();
    const before = statement === 'voucher.insert' ? 0 : await increment(stores.other);
    return { ...stores, before };
  };

  test('before it reached the server', async () => {
    const { proxy, store, before } = await begin();
    proxy.next(statement, 'lost');
    expect(await increment(store)).toBe(before + 1);
    expect((await store.read('a'))?.count).toBe(before + 1);
  });

  test('after it took effect, before the answer came', async () => {
    const { proxy, store, before } = await begin();
    proxy.next(statement, 'unanswered');
    expect(await increment(store)).toBe(before + 1);
    expect((await store.read('a'))?.count).toBe(before + 1);
  });

  test('after it took effect, and others wrote before the store could look', async () => {
    const { proxy, store, other, before } = await begin();
    proxy.next(statement, 'unanswered', async () => {
      for (let index = 0; index < 20; index += 1) await increment(other);
    });
    expect(await increment(store)).toBe(before + 1);
    expect((await store.read('a'))?.count).toBe(before + 21);
  });

  test('before it reached the server, and others wrote meanwhile', async () => {
    const { proxy, store, other, before } = await begin();
    proxy.next(statement, 'lost', () => increment(other));
    expect(await increment(store)).toBe(before + 2);
    expect((await store.read('a'))?.count).toBe(before + 2);
  });

  test('and it arrives later, when it was done again already', async () => {
    const { proxy, store, before } = await begin();
    proxy.next(statement, 'late');
    expect(await increment(store)).toBe(before + 1);
    await proxy.arrive();
    expect((await store.read('a'))?.count).toBe(before + 1);
    expect(await increment(store)).toBe(before + 2);
  });

  test('and it arrives just before it is done again', async () => {
    const { proxy, store, before } = await begin();
    proxy.next(statement, 'late', async () => proxy.next(statement, 'overtaken', () => proxy.arrive()));
    expect(await increment(store)).toBe(before + 1);
    expect((await store.read('a'))?.count).toBe(before + 1);
  });

  test('and it arrives after somebody else wrote: too late', async () => {
    const { proxy, store, other, before } = await begin();
    proxy.next(statement, 'late', () => increment(other));
    const own = increment(store);
    expect(await own).toBe(before + 2);
    await proxy.arrive();
    expect((await store.read('a'))?.count).toBe(before + 2);
  });
});

describe('a database that goes away', () => {
  test('a deletion without an answer is done once', async () => {
    const { proxy, store, other } = await twoStores();
    await increment(other);
    proxy.next('voucher.replace', 'unanswered', () => increment(other));
    expect(await remove(store)).toBe(1);
    expect((await store.read('a'))?.count).toBe(1);
  });

  test('every connection is cut in the middle of many updates', async () => {
    const { url, store } = await twoStores();
    const keys = Array.from({ length: 20 }, (_, index) => `key/${index}`);
    const updates = Promise.all(Array.from({ length: 400 }, (_, index) => increment(store, keys[index % 20])));
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    for (let index = 0; index < 5; index += 1) await sql(url, cut);
    expect((await updates).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 400 }, (_, index) => Math.floor(index / 20) + 1),
    );
    for (const key of keys) expect((await store.read(key))?.count).toBe(20);
  });

  test('away for too long: the update is refused, nothing is acknowledged, and later ones go on', async () => {
    const { proxy, store, other } = await twoStores({ retryMs: 150 });
    proxy.refuse(true);
    const failing = increment(store);
    await expect(failing).rejects.toThrow(DatabaseFault);
    await expect(failing).rejects.toMatchObject({ trouble: 'unreachable' });
    await expect(store.read('a')).rejects.toThrow(DatabaseFault);
    proxy.refuse(false);
    expect(await other.read('a')).toBeUndefined();
    expect(await increment(store)).toBe(1);
  });

  test('what the work throws is thrown as it is, and at once', async () => {
    const { store } = await twoStores();
    let runs = 0;
    const failing = store.update('a', () => {
      runs += 1;
      throw new Error('connection terminated');
    });
    await expect(failing).rejects.toThrow('connection terminated');
    expect(runs).toBe(1);
  });
});

describe('a database that cannot be used', () => {
  const SECRET = 'geheim-7F3';

  async function troubleWith(change: (url: URL) => void): Promise<string> {
    const url = new URL(await server.database());
    change(url);
    try {
      await open(url.href, 100);
    } catch (error) {
      expect(error).toBeInstanceOf(DatabaseFault);
      const fault = error as DatabaseFault;
      // Neither the message nor anything that a log would print with it.
      expect(inspect(fault)).not.toContain(SECRET);
      return fault.trouble;
    }
    return 'none';
  }

  test.each([
    ['login', (url: URL) => (url.password = SECRET)],
    ['login', (url: URL) => (url.username = SECRET)],
    ['no-database', (url: URL) => (url.pathname = '/nowhere')],
    ['unreachable', (url: URL) => (url.port = '1')],
    ['unreachable', (url: URL) => (url.hostname = 'no-such-host.invalid')],
    ['secure', (url: URL) => (url.search = '?sslmode=verify-full')],
    ['address', (url: URL) => (url.pathname = `/%E0%A4%A`)],
  ])('%s', async (trouble, change) => {
    expect(await troubleWith(change)).toBe(trouble);
  });

  test('tables of a newer release, and half a move', async () => {
    const url = await server.database();
    await (await open(url)).close();
    await sql(url, `INSERT INTO voucher_moves VALUES ('state', 'x', 1)`);
    await expect(open(url)).rejects.toMatchObject({ trouble: 'moving' });
    await sql(url, 'INSERT INTO voucher_schema VALUES (99)');
    await expect(open(url)).rejects.toMatchObject({ trouble: 'newer' });
  });

  test('an encoding without Chinese', async () => {
    const url = new URL(await server.database());
    const name = `${url.pathname.slice(1)}_ascii`;
    await sql(url.href, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'`);
    url.pathname = `/${name}`;
    await expect(open(url.href)).rejects.toMatchObject({ trouble: 'encoding' });
    url.pathname = '/postgres';
    await sql(url.href, `DROP DATABASE ${name} WITH (FORCE)`);
  });
});
