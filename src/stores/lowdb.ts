import { Low } from 'lowdb';
import type { Change, Codec, Store } from '../app/ports.ts';
import { DocumentAdapter } from './document-adapter.ts';
import { DocumentCache } from './document-cache.ts';
import type { Cached, Held } from './document-adapter.ts';
import type { Journal, JournalFigures } from './journal/journal.ts';
import { openJournal } from './journal/open.ts';
import type { JournalOptions } from './journal/open.ts';
import { KeyedQueue } from './keyed-queue.ts';

/** What the embedded store needs; see JournalOptions for the directory, the log and the sizes. */
export interface LowdbOptions<Doc> extends JournalOptions {
  readonly codec: Codec<Doc>;
  /** How many decoded documents are kept in memory; default 1,000. */
  readonly cachedDocuments?: number;
}

/** The embedded store: the port, and what its operator may ask for. */
export interface LowdbStore<Doc> extends Store<Doc> {
  /** Gives back the disk space of old versions and deleted documents, which are then gone from the disk. */
  compact(): Promise<void>;
  /** Documents, segments and bytes on disk. */
  figures(): JournalFigures;
}

const CACHED_DOCUMENTS = 1_000;

class JournalStore<Doc> implements LowdbStore<Doc> {
  private readonly codec: Codec<Doc>;
  private readonly journal: Journal;
  private readonly cache: DocumentCache<Cached<Doc>>;
  private readonly queue = new KeyedQueue();
  private closed = false;

  constructor(journal: Journal, codec: Codec<Doc>, cachedDocuments: number) {
    this.journal = journal;
    this.codec = codec;
    this.cache = new DocumentCache(cachedDocuments);
  }

  update<Result>(key: string, work: (doc: Doc | undefined) => Change<Doc, Result>): Promise<Result> {
    // No more promises than needed: a thousand messages that wait for the disk keep all of theirs in memory.
    return this.closed ? Promise.reject(closed()) : this.queue.run(key, () => this.change(key, work));
  }

  private async change<Result>(key: string, work: (doc: Doc | undefined) => Change<Doc, Result>): Promise<Result> {
    const adapter = this.document(key);
    const cached = adapter.cached();
    const low = new Low<Held<Doc> | null>(adapter, cached ?? null);
    if (cached === undefined) await low.read();
    const { doc, result } = work(low.data?.doc);
    if (doc === null) {
      if (low.data !== null) await adapter.remove();
    } else if (doc !== undefined) {
      low.data = { doc };
      await low.write();
    }
    return result;
  }

  async read(key: string): Promise<Doc | undefined> {
    this.assertOpen();
    return (await this.document(key).read())?.doc;
  }

  async pending(limit: number): Promise<string[]> {
    this.assertOpen();
    return this.journal.pending(limit);
  }

  async due(now: number, limit: number): Promise<string[]> {
    this.assertOpen();
    return this.journal.due(now, limit);
  }

  async *keys(prefix = ''): AsyncIterable<string> {
    this.assertOpen();
    for (const key of this.journal.keys()) if (key.startsWith(prefix)) yield key;
  }

  compact(): Promise<void> {
    return this.journal.compact();
  }

  figures(): JournalFigures {
    return this.journal.figures();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.queue.idle();
    await this.journal.close();
  }

  private document(key: string): DocumentAdapter<Doc> {
    return new DocumentAdapter(key, this.journal.at(key), this.codec, this.cache);
  }

  private assertOpen(): void {
    if (this.closed) throw closed();
  }
}

const closed = (): Error => new Error('the store is closed');

/**
 * The embedded store: one lowdb document per key over an append-only journal in a directory of its own.
 * Memory holds where each document lies and the documents used last, not the documents.
 * @throws StoreLocked when another process has the directory; StoreTrouble when it cannot be used.
 */
export async function lowdbStore<Doc>(options: LowdbOptions<Doc>): Promise<LowdbStore<Doc>> {
  const { codec, cachedDocuments = CACHED_DOCUMENTS, ...journalOptions } = options;
  return new JournalStore(await openJournal(journalOptions), codec, cachedDocuments);
}
