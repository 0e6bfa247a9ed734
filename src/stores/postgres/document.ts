import { FaultyDocument } from '../../app/ports.ts';
import type { Codec, Log, Marks } from '../../app/ports.ts';
import type { Database } from './database.ts';
import { writableKey, storedKey } from './keytext.ts';
import { DOCUMENTS } from './sql.ts';
import type { DocumentRow } from './sql.ts';

/** A write that was decided on: everything to send it once more, word for word. */
export interface Write {
  /** Names this write; it stays with the document until the same store writes it again. */
  readonly token: string;
  /** The version that the decision rests on; undefined: no document. */
  readonly base: string | undefined;
  readonly values: readonly unknown[];
}

/** So many writers of a document are remembered: more processes than ever write one chat within a retry. */
const WRITERS_KEPT = 16;

/** Tokens are `store:number`; a store's older token says nothing any more. */
function writersWith(token: string, before: readonly string[]): string[] {
  const store = token.slice(0, token.indexOf(':') + 1);
  return [token, ...before.filter((writer) => !writer.startsWith(store))].slice(0, WRITERS_KEPT);
}

/** One document of the table: read, decoded, replaced if nobody else did so in between. */
export class DocumentRecord<Doc> {
  private readonly database: Database;
  private readonly codec: Codec<Doc>;
  private readonly log: Log;
  private readonly key: string;

  constructor(database: Database, codec: Codec<Doc>, log: Log, key: string) {
    this.database = database;
    this.codec = codec;
    this.log = log;
    this.key = key;
  }

  /** The row as it is; a document deleted lately has one too. Tried once. */
  async row(): Promise<DocumentRow | undefined> {
    const [row] = await this.database.attempt(DOCUMENTS.read, [storedKey(this.key)]);
    return row;
  }

  /** @throws FaultyDocument; the row then no longer stands among the pending and the due. */
  async decode(row: DocumentRow | undefined): Promise<Doc | undefined> {
    if (row === undefined || row.doc === null) return undefined;
    let doc: Doc;
    try {
      doc = await this.codec.decode(row.doc);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (row.fault === null) {
        this.log.error('store.faulty', { key: this.key, bytes: Buffer.byteLength(row.doc) });
        await this.mark(row, reason);
      }
      throw new FaultyDocument(this.key, reason);
    }
    // A release that can read it takes it up again.
    if (row.fault !== null) await this.mark(row, null);
    return doc;
  }

  /** Makes a write of a decision; throws what the codec throws. */
  write(token: string, row: DocumentRow | undefined, doc: Doc | null): Write {
    const marks: Marks = doc === null ? { pending: false } : this.codec.marks(doc);
    const due = marks.due !== undefined && Number.isFinite(marks.due) ? marks.due : null;
    const text = doc === null ? null : this.codec.encode(doc);
    const writers = writersWith(token, row?.writers ?? []);
    const values = [
      writableKey(this.key),
      text,
      marks.pending,
      due,
      writers,
      marks.touched ?? null,
      (marks.places ?? []).map(storedKey),
    ];
    return { token, base: row?.version, values };
  }

  /**
   * Sends a write; false when the document is not (or no longer) as the decision found it. Sent twice, it takes effect
   * once at most: the first to come through changes the version that both ask for.
   */
  async send({ base, values }: Write): Promise<boolean> {
    const { insert, replace } = DOCUMENTS;
    const sent =
      base === undefined ? this.database.attempt(insert, values) : this.database.attempt(replace, [...values, base]);
    return (await sent).length > 0;
  }

  private async mark(row: DocumentRow, fault: string | null): Promise<void> {
    await this.database.all(DOCUMENTS.mark, [storedKey(this.key), row.version, fault]);
  }
}
