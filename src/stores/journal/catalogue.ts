import type { Marks } from '../../app/ports.ts';
import { MarkedKeys } from '../marked-keys.ts';
import type { Entry, Segment } from './segment.ts';

/** What the journal keeps in memory: where each document lies, which are marked, and how full the segments are. */
export class Catalogue {
  readonly marked = new MarkedKeys();
  readonly segments = new Map<number, Segment>();
  private readonly entries = new Map<string, Entry>();
  private documentCount = 0;
  private highestSeq = 0;

  /** How many documents there are; deletions do not count. */
  get documents(): number {
    return this.documentCount;
  }

  /** The highest write number taken in by `restore`. */
  get lastSeq(): number {
    return this.highestSeq;
  }

  /** Where the newest line of the key lies, a deletion included. */
  get(key: string): Entry | undefined {
    return this.entries.get(key);
  }

  /** Makes the entry the key's newest. The marks are left alone. */
  place(key: string, entry: Entry): void {
    const old = this.entries.get(key);
    if (old !== undefined) this.release(old);
    this.entries.set(key, entry);
    const segment = this.segments.get(entry.segment);
    if (segment !== undefined) segment.live += entry.length;
    if (!entry.deleted) this.documentCount += 1;
  }

  /** Makes the entry the key's newest, with these marks. */
  put(key: string, entry: Entry, marks: Marks): void {
    this.place(key, entry);
    this.marked.set(key, entry.deleted ? undefined : marks);
  }

  /** Takes in what a start finds; a line older than the one known is waste. */
  restore(key: string, entry: Entry, marks: Marks): void {
    this.highestSeq = Math.max(this.highestSeq, entry.seq);
    const known = this.entries.get(key);
    if (known === undefined || known.seq <= entry.seq) this.put(key, entry, marks);
  }

  /** Forgets a deletion once nothing on the disk could bring the document back. */
  forget(key: string, entry: Entry): void {
    if (this.entries.get(key) !== entry) return;
    this.release(entry);
    this.entries.delete(key);
  }

  /** Puts the pending keys in the order of their writes. */
  settle(): void {
    this.marked.orderPending((key) => this.entries.get(key)?.seq ?? 0);
  }

  /** The keys of the documents, while the catalogue may go on changing. */
  *keys(): Generator<string> {
    for (const [key, entry] of this.entries) if (!entry.deleted) yield key;
  }

  private release(entry: Entry): void {
    const segment = this.segments.get(entry.segment);
    if (segment !== undefined) segment.live -= entry.length;
    if (!entry.deleted) this.documentCount -= 1;
  }
}
