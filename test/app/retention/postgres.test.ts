import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { SharedStore } from '../../../src/app/ports.ts';
import { documentCodec, type AnyDoc } from '../../../src/app/records/documents.ts';
import { postgresStore } from '../../../src/stores/postgres/postgres.ts';
import { sql, testServer, type TestServer } from '../../support/postgres.ts';
import { keptLog } from '../support.ts';
import { chatOf, DAY, HOUR, LIMITS, NOW, retentionWorld, settleIn, type RetentionWorld } from './world.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.remove());

const { chats, handled } = LIMITS;

interface Process extends RetentionWorld {
  /** Chats that were read since the last time somebody asked. */
  readonly reads: () => string[];
  readonly shared: SharedStore<AnyDoc>;
}

/** A process on the database, which removes as the program does. */
async function processOn(url: string, holder: string, pause = async (): Promise<boolean> => true): Promise<Process> {
  const shared = await postgresStore({ url, codec: documentCodec, log: keptLog() });
  onTestFinished(() => shared.close());
  let reads: string[] = [];
  const store = {
    ...{ pending: shared.pending.bind(shared), due: shared.due.bind(shared), close: () => shared.close() },
    keys: (prefix?: string) => shared.keys(prefix),
    update: shared.update.bind(shared),
    read(key: string) {
      if (!key.startsWith('@')) reads.push(key);
      return shared.read(key);
    },
  };
  const world = retentionWorld(
    {
      touched: (...range) => shared.touched(...range),
      lease: {
        keep: () => shared.lease('retention', holder, 15_000),
        release: () => shared.unlease('retention', holder),
      },
      limits: { ...LIMITS, page: 20 },
      pause,
    },
    store,
  );
  return {
    ...world,
    shared,
    reads() {
      const before = reads;
      reads = [];
      return before;
    },
  };
}

const AGES = [0, 5, handled.days + 40, 300, chats.days - 1, chats.days + 1, 3_000];

async function fill({ put }: RetentionWorld): Promise<void> {
  for (const age of AGES) for (let index = 0; index < 15; index += 1) await put(`t:${age}:${index}`, chatOf(age));
}

test('finds by an index what nobody wrote to, looks once at what stays, and leaves the rest alone', async () => {
  const one = await processOn(await server.database(), 'a');
  await settleIn(one);
  await fill(one);
  one.reads();
  expect(await one.retention.look(NOW)).toBe('done');
  expect(one.reads().filter((key) => /^t:[05]:/.test(key))).toEqual([]);
  expect(one.retention.figures().removed).toMatchObject({ chats: 30, handled: 3 * 15 * 2 });
  const left = await one.keys('t:');
  expect(new Set(left.map((key) => key.split(':')[1]))).toEqual(new Set(['0', '5', '70', '300', '729']));
  one.reads();
  expect(await one.retention.look(NOW + DAY)).toBe('done');
  // Only those whose time may have come since.
  expect(new Set(one.reads().map((key) => key.split(':')[1]))).toEqual(new Set(['729']));
  expect(await one.keys('t:729:')).toEqual([]);
});

test('rows from before this release are found, and marked once they were looked at', async () => {
  const url = await server.database();
  const one = await processOn(url, 'a');
  await settleIn(one);
  await fill(one);
  await sql(url, 'UPDATE voucher_documents SET touched = 0');
  expect(await one.retention.look(NOW)).toBe('done');
  expect(one.retention.figures().removed).toMatchObject({ chats: 30 });
  const [row] = await sql(url, `SELECT count(*)::int AS n FROM voucher_documents WHERE touched = 0 AND key LIKE 't:%'`);
  expect(row).toEqual({ n: 0 });
});

test('one process at a time; what one has begun, another goes on with where it was', async () => {
  const url = await server.database();
  let pages = 3;
  const a = await processOn(url, 'a', async () => (pages -= 1) > 0);
  const b = await processOn(url, 'b');
  await settleIn(a);
  await fill(a);
  expect(await a.shared.lease('retention', 'c', 60_000)).toBe(true);
  expect(await b.retention.look(NOW)).toBe('elsewhere');
  await a.shared.unlease('retention', 'c');
  a.reads();
  expect(await a.retention.look(NOW)).toBe('stopped');
  const first = new Set(a.reads());
  expect(first.size).toBeGreaterThanOrEqual(40);
  b.reads();
  expect(await b.retention.look(NOW + HOUR)).toBe('done');
  expect(b.reads().filter((key) => first.has(key))).toEqual([]);
  expect(a.retention.figures().removed.chats + b.retention.figures().removed.chats).toBe(30);
  expect(await a.retention.look(NOW + HOUR)).toBe('not-due');
});
