import { performance } from 'node:perf_hooks';
import { chatCodec } from '../src/app/chatcodec.ts';
import { tick } from '../src/app/tick.ts';
import { postgresStore } from '../src/stores/postgres/postgres.ts';
import { at, tickWorld } from '../test/app/tick-world.ts';
import { sql, type OwnServer } from '../test/support/postgres.ts';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';

const CHATS = 1_000_000;
const NOW = at('2026-06-15T09:00');
/** Chats whose reminder falls due between two looks, and all at once on the morning of a deadline. */
const SOME = 500;
const MANY = 20_000;
const ROUNDS = 5;

/** All chats want reminders: each is due at another moment of the year from tomorrow on. */
const FILL = `INSERT INTO voucher_documents (key, doc, version, writers, due)
  SELECT 'test:' || n, replace($1, 'test:template', 'test:' || n), nextval('voucher_writes'), ARRAY['filled:1'],
    $2::double precision + 86400000 + n * 31536.0
  FROM generate_series(1, $3::int) AS n`;
/** Makes the next so many chats due now, wherever they lie; first, last, instant. */
const FALL_DUE = `UPDATE voucher_documents SET due = $3 WHERE key IN (
  SELECT 'test:' || (n::bigint * 7919) % ${CHATS} + 1 FROM generate_series($1::int, $2::int) AS n)`;

/** The document of a chat that has agreed to reminders. */
async function template(): Promise<string> {
  const world = tickWorld();
  await world.say('test:template', '/programme shanxi-2026', '2026-06-01');
  await world.say('test:template', '/remind on', '2026-06-01');
  const doc = await world.store.read('test:template');
  if (doc === undefined) throw new Error('there is no document');
  return chatCodec.encode(doc);
}

/** How long the look for due reminders takes with a million enterprises that want them, and what memory it leaves. */
export async function dueTick(server: OwnServer): Promise<Figure[]> {
  const url = await server.database();
  const quiet = (): void => undefined;
  const store = await postgresStore({ url, codec: chatCodec, log: { info: quiet, warn: quiet, error: quiet } });
  await sql(url, FILL, [await template(), NOW, CHATS]);
  await sql(url, 'VACUUM ANALYZE voucher_documents');
  await sql(url, 'CHECKPOINT');
  const { deps } = tickWorld(store);
  let fallen = 0;
  /** Milliseconds of a tick that finds so many chats due. */
  const look = async (count: number): Promise<number> => {
    if (count > 0) await sql(url, FALL_DUE, [fallen + 1, fallen + count, NOW]);
    fallen += count;
    const start = performance.now();
    const found = await tick(deps, NOW);
    const ms = performance.now() - start;
    if (found.length !== count) throw new Error(`${found.length} chats were reminded, not ${count}`);
    return ms;
  };
  const rounds = async (count: number): Promise<number> => {
    const all: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) all.push(await look(count));
    return median(all);
  };
  await look(SOME);
  const [idle, some] = [await rounds(0), await rounds(SOME)];
  await look(MANY);
  const before = process.memoryUsage().rss;
  const many = await look(MANY);
  const grown = (process.memoryUsage().rss - before) / 1e6;
  await store.close();
  return [
    { name: 'look for due reminders, 1,000,000 enterprises, none due', value: idle, unit: 'ms', atMost: 1_000 },
    { name: 'the same, 500 due: each planned and put into its outbox', value: some, unit: 'ms', atMost: 1_000 },
    { name: 'the same, 20,000 due at once', value: (MANY * 1_000) / many, unit: 'chats/s' },
    { name: 'memory that grew with it', value: grown, unit: 'MB', atMost: 100 },
  ];
}
