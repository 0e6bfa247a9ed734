import { expect, test } from 'vitest';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';
import { testServer } from '../support/postgres.ts';
import { recordingLog } from './journal/support.ts';
import { fillTable, plansOf } from './postgres-plans.ts';
import { sampleCodec } from './sample.ts';

test('every statement of the day finds its rows by an index', { timeout: 60_000 }, async () => {
  const server = await testServer();
  try {
    const url = await server.database();
    const store = await postgresStore({ url, codec: sampleCodec, log: recordingLog() });
    await fillTable(url, 20_000);
    const plans = await plansOf(url);
    expect(plans.filter(({ scansTable, sorts }) => scansTable || sorts)).toEqual([]);
    const used = new Map(plans.map(({ statement, indexes }) => [statement, indexes]));
    expect(used.get('voucher.read')).toEqual(['voucher_documents_pkey']);
    expect(used.get('voucher.keys')).toEqual(['voucher_documents_pkey']);
    expect(used.get('voucher.pending')).toEqual(['voucher_pending']);
    expect(used.get('voucher.claim')).toContain('voucher_pending');
    expect(used.get('voucher.due')).toEqual(['voucher_due']);
    const placed = plans.filter(({ statement }) => statement === 'voucher.placed').map(({ indexes }) => indexes);
    // A rare place by its own index, one of half of all on the way through the keys.
    expect(placed).toEqual([expect.arrayContaining(['voucher_places']), ['voucher_documents_pkey']]);
    let found = 0;
    for await (const key of store.placed?.(['洛阳市']) ?? []) found += Number(key.length > 0);
    expect(found).toBe(10);
    expect(used.get('voucher.touched')).toEqual(['voucher_touched']);
    expect((await store.pending(2)).concat(await store.due(1_767_225_600_000 + 31_536_000_000 / 2_000, 9))).toEqual([
      ...['telegram:100', 'telegram:200'],
      'telegram:10',
    ]);
    await store.close();
  } finally {
    await server.remove();
  }
});
