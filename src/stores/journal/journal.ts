import type { Marks } from '../../app/ports.ts';
import type { Line } from './batch.ts';
import type { Catalogue } from './catalogue.ts';
import { compactAbove } from './compaction.ts';
import { writeHint } from './hint.ts';
import type { LoadContext } from './load.ts';
import type { DirectoryLock } from './lock.ts';
import { Reader } from './reader.ts';
import type { TextParts } from './record.ts';
import { Slot } from './slot.ts';
import { createSegment } from './segment.ts';
import type { Entry, Segment } from './segment.ts';
import { Writer } from './writer.ts';

/** Sizes in bytes, for the operator and the bench. */
export interface JournalFigures {
  readonly documents: number;
  readonly segments: number;
  readonly bytes: number;
  readonly liveBytes: number;
}

/** What a journal is made of, once the directory is locked and read. */
export interface JournalParts extends LoadContext {
  readonly lock: DirectoryLock;
  readonly current: Segment;
  readonly segmentBytes: number;
  /** A sealed segment is compacted when more than this share of it is waste. */
  readonly deadShare: number;
  /** The highest write number found. */
  readonly lastSeq: number;
}

/** A share of waste that every segment exceeds. */
const EVERYTHING = -1;

/** An append-only journal of documents; `openJournal` makes one. */
export class Journal {
  private readonly parts: JournalParts;
  private readonly catalogue: Catalogue;
  readonly reader: Reader;
  private readonly writer: Writer;
  private current: Segment;
  private seq: number;
  private nextNumber: number;
  /** Hints and compaction, one after the other, apart from the writers. */
  private background: Promise<void> = Promise.resolve();
  private closing: Promise<void> | undefined;

  constructor(parts: JournalParts) {
    this.parts = parts;
    this.catalogue = parts.catalogue;
    this.reader = new Reader(parts);
    this.current = parts.current;
    this.seq = parts.lastSeq;
    this.nextNumber = parts.current.number + 1;
    this.writer = new Writer({
      segmentBytes: parts.segmentBytes,
      log: parts.log,
      current: () => this.current,
      roll: () => this.roll(),
      isNewest: (key, entry) => this.catalogue.get(key) === entry,
      written: (line, entry, segment) => this.written(line, entry, segment),
    });
    this.inBackground(() => this.compactAbove(parts.deadShare));
  }

  /** The place of a document. */
  at(key: string): Slot {
    return new Slot(this, key);
  }

  /** Number of the newest write of the key, or undefined when there is no document. */
  version(key: string): number | undefined {
    const entry = this.catalogue.get(key);
    return entry === undefined || entry.deleted ? undefined : entry.seq;
  }

  /** Appends one line, `text` null for a deletion; resolves with its number when it is durable. */
  append(key: string, text: TextParts | null, marks: Marks): Promise<number> {
    this.seq += 1;
    return this.writer.append({ key, seq: this.seq, deleted: text === null, marks }, text);
  }

  /** Keys of pending documents, oldest write first, at most `limit`. */
  pending(limit: number): string[] {
    return this.catalogue.marked.pending(limit);
  }

  /** Keys due at or before `now` (UTC ms), earliest first, at most `limit`. */
  due(now: number, limit: number): string[] {
    return this.catalogue.marked.due(now, limit);
  }

  /** The keys of all documents. */
  keys(): Generator<string> {
    return this.catalogue.keys();
  }

  /** Refuses all writes from now on. */
  refuse(reason: Error): void {
    this.writer.stop(reason);
  }

  /** What is in the directory. */
  figures(): JournalFigures {
    const segments = [...this.catalogue.segments.values()];
    const bytes = segments.reduce((sum, { length }) => sum + length, 0);
    const liveBytes = segments.reduce((sum, { live }) => sum + live, 0);
    return { documents: this.catalogue.documents, segments: segments.length, bytes, liveBytes };
  }

  /** Gives back every dead byte, those of deleted documents included. Rejects with the system's error. */
  async compact(): Promise<void> {
    if (this.closing !== undefined) throw new Error('the store is closed');
    const done = this.background.then(async () => {
      if (this.current.live < this.current.length) await this.writer.seal();
      await this.compactAbove(0);
      // With no document left nothing needs the deletions either, though a segment full of them holds no waste.
      if (this.catalogue.documents > 0) return;
      if (this.current.length > 0) await this.writer.seal();
      await this.compactAbove(EVERYTHING);
    });
    this.background = done.catch(() => undefined);
    await done;
  }

  /** Waits for open writes, leaves a hint for the next start and releases the directory. Twice is no error. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private written(line: Line, entry: Entry, segment: Segment): void {
    const { key, marks } = line;
    // A copy changes neither marks nor their order: nothing was written anew.
    if ('from' in line) this.catalogue.place(key, entry);
    else this.catalogue.put(key, entry, marks);
    segment.latest?.set(key, { entry, marks });
  }

  private async roll(): Promise<Segment> {
    const { dir, files, catalogue } = this.parts;
    const number = this.nextNumber;
    this.nextNumber += 1;
    const sealed = this.current;
    this.current = await createSegment(files, dir, number);
    catalogue.segments.set(number, this.current);
    this.inBackground(async () => {
      // A damaged segment is read anew at each start, so that the damage is not forgotten; another may be gone already.
      if (!sealed.damaged && catalogue.segments.has(sealed.number)) await writeHint(files, dir, sealed);
      sealed.latest = undefined;
      await this.compactAbove(this.parts.deadShare);
    });
    return this.current;
  }

  private compactAbove(share: number): Promise<void> {
    const stopping = (): boolean => this.closing !== undefined;
    const isCurrent = (segment: Segment): boolean => segment === this.current;
    return compactAbove({ ...this.parts, writer: this.writer, stopping, isCurrent }, share);
  }

  private inBackground(work: () => Promise<void>): void {
    this.background = this.background.then(work).catch((error: unknown) => {
      this.parts.log.warn('store.background-failed', { error: String(error) });
    });
  }

  private async shutDown(): Promise<void> {
    const { dir, files, log, lock, catalogue } = this.parts;
    await this.writer.drain();
    await this.background;
    try {
      if (!this.current.damaged) await writeHint(files, dir, this.current);
    } catch (error) {
      log.warn('store.hint-failed', { error: String(error) });
    }
    for (const { file } of catalogue.segments.values()) await file.close();
    await lock.release();
  }
}
