import type { Codec, Log, SharedStore } from '../src/app/ports.ts';
import { postgresStore } from '../src/stores/postgres/postgres.ts';
import { ownServer, sql } from '../test/support/postgres.ts';
import { dueTick } from './due.ts';
import type { Figure } from './figure.ts';
import { inFlight, inTurn, median } from './measure.ts';

interface Chat {
  readonly turn: number;
  readonly text: string;
}

const codec: Codec<Chat> = {
  encode: (doc) => JSON.stringify(doc),
  decode: (text) => JSON.parse(text) as Chat,
  marks: ({ turn }) => ({ pending: turn % 10 === 0, due: 1_767_225_600_000 + turn * 60_000 }),
};
const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };

/** How many documents are stored, and how many of them are written to: those who talk today are never all. */
const STORES = {
  few: { stored: 1_000, talking: 1_000 },
  many: { stored: 100_000, talking: 1_000 },
  most: { stored: 1_000_000, talking: 1_000 },
  spread: { stored: 1_000_000, talking: 1_000_000 },
} as const;
const ROUNDS = 9;
const UPDATES = 2_000;
/** Documents of 1.9 kB: the database stores them as they are, where it would compress longer ones of such a text. */
const TEXT = '企业申请科技创新券，'.repeat(60);

const FILL = `INSERT INTO voucher_documents (key, doc, version, writers, due)
  SELECT 'chat/' || n, json_build_object('turn', 1, 'text', repeat(md5(n::text), 56))::text,
    nextval('voucher_writes'), ARRAY['filled:1'], 1767225600000
  FROM generate_series(0, $1::int - 1) AS n`;

type Name = keyof typeof STORES;

/** What an update costs on PostgreSQL with many documents stored. The server runs on the same machine. */
export async function run(): Promise<Figure[]> {
  const server = await ownServer({ durable: true });
  try {
    const stores = new Map<number, SharedStore<Chat>>();
    let megabytes = 0;
    for (const stored of new Set(Object.values(STORES).map((one) => one.stored))) {
      const url = await server.database();
      stores.set(stored, await postgresStore({ url, codec, log }));
      await sql(url, FILL, [stored]);
      await sql(url, 'VACUUM ANALYZE voucher_documents');
      const [size] = await sql(url, `SELECT pg_total_relation_size('voucher_documents') / 1e6 AS megabytes`);
      megabytes = Number(size?.['megabytes']);
      await sql(url, 'CHECKPOINT');
    }
    const waits: Record<Name, number[]> = { few: [], many: [], most: [], spread: [] };
    let index = 0;
    /** A round of updates; notes the milliseconds that each of their callers waits. */
    const work = (name: Name, atOnce: number) => (): Promise<number> =>
      inFlight(UPDATES, atOnce, async () => {
        const { stored, talking } = STORES[name];
        index += 1;
        const start = performance.now();
        await stores.get(stored)?.update(`chat/${((index % talking) * 7_919) % stored}`, (doc) => ({
          doc: { turn: (doc?.turn ?? 0) + 1, text: TEXT },
          result: undefined,
        }));
        waits[name].push(performance.now() - start);
      });
    const all = (atOnce: number) =>
      inTurn(
        {
          few: work('few', atOnce),
          many: work('many', atOnce),
          most: work('most', atOnce),
          spread: work('spread', atOnce),
        },
        ROUNDS,
      );
    const busy = await all(100);
    for (const list of Object.values(waits)) list.length = 0;
    const calm = await all(1);
    const [few, many, most, spread] = (['few', 'many', 'most', 'spread'] as const).map((name) => median(waits[name]));
    for (const store of stores.values()) await store.close();
    const ratio = (value = NaN): number => value / (few ?? NaN);
    return [
      { name: 'updates, 1,000 stored, 100 in flight', value: busy.few.perSecond, unit: '/s' },
      { name: 'updates, 1,000,000 stored, 100 in flight', value: busy.most.perSecond, unit: '/s' },
      { name: 'updates all over 1,000,000, 100 in flight', value: busy.spread.perSecond, unit: '/s' },
      { name: 'updates, 1,000 stored, one at a time', value: calm.few.perSecond, unit: '/s' },
      { name: 'one update, 1,000 stored (median)', value: few ?? NaN, unit: 'ms' },
      { name: 'cost with 100,000 over 1,000 documents', value: ratio(many), unit: 'times', atMost: 1.2 },
      { name: 'cost with 1,000,000 over 1,000 documents', value: ratio(most), unit: 'times', atMost: 1.2 },
      { name: 'cost all over 1,000,000 documents', value: ratio(spread), unit: 'times' },
      { name: 'disk, 1,000,000 documents', value: megabytes, unit: 'MB' },
      ...(await dueTick(server)),
    ];
  } finally {
    await server.remove();
  }
}
