import { FaultyDocument } from '../../app/ports.ts';
import type { Catalogue } from './catalogue.ts';
import type { LoadContext } from './load.ts';
import { decodeRecord, payloadOf } from './record.ts';
import type { JournalRecord } from './record.ts';
import { readLine, scanLines } from './segment.ts';
import type { Entry } from './segment.ts';

/** The text of a document and the number of the write it comes from. */
export interface Stored {
  readonly text: string;
  readonly version: number;
}

interface Found {
  readonly entry: Entry;
  readonly record: JournalRecord;
}

/**
 * The newest sound version of a document older than the damaged one, found by reading every segment: slow, and needed
 * only when a disk loses data. A deletion is no version: then the damaged line was the whole document.
 */
async function olderVersion(catalogue: Catalogue, key: string, damaged: Entry): Promise<Found | undefined> {
  let best: Found | undefined;
  for (const segment of catalogue.segments.values()) {
    for await (const lines of scanLines(segment.file, segment.length)) {
      for (const { offset, bytes } of lines) {
        const record = decodeRecord(bytes);
        if (record?.key !== key || record.seq >= damaged.seq || record.seq < (best?.record.seq ?? 0)) continue;
        const { seq, deleted } = record;
        best = { entry: { segment: segment.number, offset, length: bytes.length, seq, deleted }, record };
      }
    }
  }
  return best?.record.deleted === true ? undefined : best;
}

/** Reads documents, and deals with those that cannot be read without touching the others. */
export class Reader {
  private readonly context: LoadContext;
  private readonly faulty = new Map<string, string>();

  constructor(context: LoadContext) {
    this.context = context;
  }

  /**
   * The newest text of the key, or undefined when there is no document.
   * @throws FaultyDocument when no sound version is left, or the key was set aside; the system's error from the disk.
   */
  async read(key: string): Promise<Stored | undefined> {
    const { catalogue } = this.context;
    for (;;) {
      const reason = this.faulty.get(key);
      if (reason !== undefined) throw new FaultyDocument(key, reason);
      const entry = catalogue.get(key);
      if (entry === undefined || entry.deleted) return undefined;
      const line = await this.line(key, entry);
      // Moved by compaction or written anew while we read: look again.
      if (catalogue.get(key) !== entry || line === undefined) continue;
      const record = decodeRecord(line);
      if (record?.key === key && record.seq === entry.seq)
        return { text: payloadOf(line, record), version: record.seq };
      await this.recover(key, entry, line);
    }
  }

  /** Keeps a copy of the key's line in quarantine and refuses the key from now on. */
  async setAside(key: string, reason: string): Promise<void> {
    const { catalogue, quarantine } = this.context;
    const entry = catalogue.get(key);
    const line = entry === undefined ? undefined : await this.line(key, entry);
    if (entry !== undefined && line !== undefined) {
      await quarantine.keep({ offset: entry.offset, bytes: line }, entry.segment, 'not a document of this kind');
    }
    this.refuse(key, reason);
  }

  private refuse(key: string, reason: string): void {
    this.faulty.set(key, reason);
    // Otherwise it would stand at the head of the pending keys for ever.
    this.context.catalogue.marked.set(key, undefined);
  }

  /** The bytes at the entry, or undefined when the key has moved on and they are gone. */
  private async line(key: string, entry: Entry): Promise<Buffer | undefined> {
    const { catalogue } = this.context;
    const segment = catalogue.segments.get(entry.segment);
    try {
      if (segment === undefined) throw new Error(`there is no segment ${entry.segment}`);
      return await readLine(segment.file, entry);
    } catch (error) {
      if (catalogue.get(key) === entry) throw error;
    }
    return undefined;
  }

  private async recover(key: string, entry: Entry, line: Buffer): Promise<void> {
    const { catalogue, quarantine, log } = this.context;
    const segment = catalogue.segments.get(entry.segment);
    if (segment !== undefined) segment.damaged = true;
    await quarantine.keep({ offset: entry.offset, bytes: line }, entry.segment, 'checksum');
    const older = await olderVersion(catalogue, key, entry);
    if (catalogue.get(key) !== entry) return;
    if (older === undefined) {
      this.refuse(key, 'its line fails the checksum and there is no older version');
    } else if (catalogue.segments.has(older.entry.segment)) {
      catalogue.put(key, older.entry, older.record.marks);
      log.error('store.older-version-used', { segment: entry.segment, lost: entry.seq, used: older.entry.seq });
    }
  }
}
