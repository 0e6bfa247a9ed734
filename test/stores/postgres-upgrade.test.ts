import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { SharedStore } from '../../src/app/ports.ts';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';
import { MIGRATIONS, SCHEMA } from '../../src/stores/postgres/sql.ts';
import { sql, testServer, type TestServer } from '../support/postgres.ts';
import { recordingLog } from './journal/support.ts';
import { sampleCodec, type Sample } from './sample.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.remove());

async function all(keys: AsyncIterable<string> | undefined): Promise<string[]> {
  const found: string[] = [];
  for await (const key of keys ?? []) found.push(key);
  return found;
}

/** A store of this release on a database of the first one, with the documents old/1 to old/3. */
async function upgraded(): Promise<{ readonly store: SharedStore<Sample>; readonly url: string }> {
  const url = await server.database();
  await sql(url, `${SCHEMA.create}; INSERT INTO voucher_schema (version) VALUES (1); ${MIGRATIONS[0] ?? ''}`);
  await sql(
    url,
    `INSERT INTO voucher_documents (key, doc, version, writers, pending_order, due)
     SELECT 'old/' || n, '{"version":2,"count":' || n || '}', n, ARRAY['x:1'], n, n FROM generate_series(1, 3) AS n`,
  );
  const codec = {
    ...sampleCodec,
    marks: (doc: Sample) => ({ ...sampleCodec.marks(doc), ...(doc.count > 9 && { touched: doc.count }) }),
  };
  const store = await postgresStore({ url, codec, log: recordingLog() });
  onTestFinished(() => store.close());
  return { store, url };
}

const put = (store: SharedStore<Sample>, key: string, fields: Partial<Sample>): Promise<void> =>
  store.update(key, (doc) => ({ doc: { version: 2, count: 0, ...doc, ...fields }, result: undefined }));

test('tables of the first release are brought up, and what is in them stays', async () => {
  const { store, url } = await upgraded();
  expect(await store.read('old/2')).toEqual({ version: 2, count: 2 });
  expect(await store.pending(9)).toEqual(['old/1', 'old/2', 'old/3']);
  expect(await store.due(2, 9)).toEqual(['old/1', 'old/2']);
  const [row] = await sql(url, 'SELECT max(version) AS version FROM voucher_schema');
  expect(row?.['version']).toBe(MIGRATIONS.length);
});

test('rows of the first release count as never touched until they are written again', async () => {
  const { store } = await upgraded();
  const found = (): Promise<unknown> => store.touched(1_000, { touched: -1, key: '' }, 9);
  expect(await found()).toEqual([1, 2, 3].map((n) => ({ key: `old/${n}`, touched: 0 })));
  await put(store, 'old/1', { count: 20 });
  await put(store, 'old/2', {});
  expect(await found()).toEqual([
    { key: 'old/3', touched: 0 },
    { key: 'old/1', touched: 20 },
  ]);
});

test('rows of the first release are among the found of every place until they are written again', async () => {
  const { store } = await upgraded();
  expect(await all(store.placed?.(['太原市']))).toEqual(['old/1', 'old/2', 'old/3']);
  await put(store, 'old/1', { places: [] });
  await put(store, 'old/2', { places: ['太原市', '洛阳市'] });
  expect(await all(store.placed?.(['太原市']))).toEqual(['old/2', 'old/3']);
  expect(await all(store.placed?.([]))).toEqual(['old/3']);
});
