import { randomUUID } from 'node:crypto';
import type { Change, Codec, SharedStore, Touched } from '../../app/ports.ts';
import { KeyedQueue } from '../keyed-queue.ts';
import { Database } from './database.ts';
import type { DatabaseOptions } from './database.ts';
import { DocumentRecord } from './document.ts';
import type { Write } from './document.ts';
import { givenKey, storedKey } from './keytext.ts';
import { prepareTables } from './migrate.ts';
import { DOCUMENTS, SHARED } from './sql.ts';

/** What the store on PostgreSQL needs; see DatabaseOptions for the address and the patience. */
export interface PostgresOptions<Doc> extends DatabaseOptions {
  readonly codec: Codec<Doc>;
  /** Opens a database that a move has not filled completely yet; default false. */
  readonly moving?: boolean;
}

const KEYS_AT_ONCE = 1_000;
const PURGE_EVERY_MS = 10 * 60_000;

interface Decided<Result> {
  readonly write: Write;
  readonly result: Result;
}

/** A limit as the database takes it: whole, and null for none. */
function limitOf(limit: number): number | null {
  return Number.isSafeInteger(Math.ceil(limit)) ? Math.max(0, Math.ceil(limit)) : null;
}

class PostgresStore<Doc> implements SharedStore<Doc> {
  private readonly options: PostgresOptions<Doc>;
  private readonly database: Database;
  private readonly queue = new KeyedQueue();
  /** Names this store among all that ever write to the database. */
  private readonly name = randomUUID();
  private readonly purging: NodeJS.Timeout;
  private writes = 0;
  private closing: Promise<void> | undefined;

  constructor(options: PostgresOptions<Doc>, database: Database) {
    this.options = options;
    this.database = database;
    // A failure is no harm: the next turn, or another process, does it.
    const purge = (): void => void database.attempt(DOCUMENTS.purge, []).catch(() => undefined);
    this.purging = setInterval(purge, PURGE_EVERY_MS).unref();
  }

  async update<Result>(key: string, work: (doc: Doc | undefined) => Change<Doc, Result>): Promise<Result> {
    this.assertOpen();
    return this.queue.run(key, () => this.updateInTurn(this.record(key), work));
  }

  async read(key: string): Promise<Doc | undefined> {
    this.assertOpen();
    const record = this.record(key);
    return record.decode(await this.database.patiently(() => record.row()));
  }

  async pending(limit: number): Promise<string[]> {
    this.assertOpen();
    return (await this.database.all(DOCUMENTS.pending, [limitOf(limit)])).map(({ key }) => givenKey(key));
  }

  async due(now: number, limit: number): Promise<string[]> {
    this.assertOpen();
    return (await this.database.all(DOCUMENTS.due, [now, limitOf(limit)])).map(({ key }) => givenKey(key));
  }

  async *keys(prefix = ''): AsyncIterable<string> {
    const start = storedKey(prefix);
    for (let last: string | undefined; ;) {
      this.assertOpen();
      const page = await this.database.all(DOCUMENTS.keys, [last ?? start, last ?? null, KEYS_AT_ONCE]);
      for (const { key } of page) {
        // In the order of bytes everything that begins with the prefix stands together.
        if (!key.startsWith(start)) return;
        yield givenKey(key);
      }
      last = page.at(-1)?.key;
      if (last === undefined || page.length < KEYS_AT_ONCE) return;
    }
  }

  async *placed(places: readonly string[]): AsyncIterable<string> {
    const wanted = places.map(storedKey);
    for (let last: string | undefined; ;) {
      this.assertOpen();
      const page = await this.database.all(DOCUMENTS.placed, [wanted, last ?? '', last ?? null, KEYS_AT_ONCE]);
      for (const { key } of page) yield givenKey(key);
      last = page.at(-1)?.key;
      if (page.length < KEYS_AT_ONCE) return;
    }
  }

  async lease(name: string, holder: string, ttlMs: number): Promise<boolean> {
    this.assertOpen();
    return (await this.database.attempt(SHARED.lease, [name, holder, ttlMs])).length > 0;
  }

  async unlease(name: string, holder: string): Promise<void> {
    this.assertOpen();
    await this.database.attempt(SHARED.unlease, [name, holder]);
  }

  async claim(prefixes: readonly string[], limit: number, holder: string, ttlMs: number): Promise<string[]> {
    this.assertOpen();
    const claimed = await this.database.all(SHARED.claim, [prefixes.map(storedKey), limitOf(limit), holder, ttlMs]);
    const inOrder = claimed.toSorted((a, b) => (BigInt(a.pending_order) < BigInt(b.pending_order) ? -1 : 1));
    return inOrder.map(({ key }) => givenKey(key));
  }

  async extend(keys: readonly string[], holder: string, ttlMs: number): Promise<string[]> {
    this.assertOpen();
    const kept = await this.database.all(SHARED.extend, [keys.map(storedKey), holder, ttlMs]);
    return kept.map(({ key }) => givenKey(key));
  }

  async release(keys: readonly string[], holder: string): Promise<void> {
    this.assertOpen();
    await this.database.all(SHARED.release, [keys.map(storedKey), holder]);
  }

  async touched(before: number, after: Touched, limit: number): Promise<Touched[]> {
    this.assertOpen();
    const values = [after.touched, storedKey(after.key), before, limitOf(limit)];
    return (await this.database.all(SHARED.touched, values)).map((row) => ({ ...row, key: givenKey(row.key) }));
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      clearInterval(this.purging);
      await this.queue.idle();
      await this.database.close();
    })();
    return this.closing;
  }

  /**
   * Reads, decides, and writes on condition that the document is still the one that was read; otherwise once more.
   * No lock is held meanwhile, so that a process that hangs holds up nobody. When the answer to a write is lost, the
   * document tells by the write's token whether it came through; `work` runs again only after it surely did not.
   */
  private async updateInTurn<Result>(
    record: DocumentRecord<Doc>,
    work: (doc: Doc | undefined) => Change<Doc, Result>,
  ): Promise<Result> {
    let sent: Decided<Result> | undefined;
    return this.database.patiently(async () => {
      for (;;) {
        const row = await record.row();
        if (sent !== undefined && row?.writers.includes(sent.write.token) === true) return sent.result;
        // As the lost write found it: that one may still be on its way, and is sent again in its own place.
        if (sent === undefined || sent.write.base !== row?.version) {
          const { doc, result } = work(await record.decode(row));
          if (doc === undefined || (doc === null && (row === undefined || row.doc === null))) return result;
          this.writes += 1;
          sent = { write: record.write(`${this.name}:${this.writes}`, row, doc), result };
        }
        if (await record.send(sent.write)) return sent.result;
      }
    });
  }

  private record(key: string): DocumentRecord<Doc> {
    return new DocumentRecord(this.database, this.options.codec, this.options.log, key);
  }

  private assertOpen(): void {
    if (this.closing !== undefined) throw new Error('the store is closed');
  }
}

/**
 * The store for any number of processes on one PostgreSQL database, tables made on the way.
 * Updates of one key run one after the other, also those of different processes.
 * @throws DatabaseFault when the database cannot be reached or used.
 */
export async function postgresStore<Doc>(options: PostgresOptions<Doc>): Promise<SharedStore<Doc>> {
  const database = new Database(options);
  try {
    await prepareTables(database, options.moving ?? false);
  } catch (error) {
    await database.close();
    throw error;
  }
  options.log.info('store.opened', { database: database.place });
  return new PostgresStore(options, database);
}
