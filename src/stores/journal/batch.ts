import { boundOf, writeRecord, type JournalRecord, type TextParts } from './record.ts';
import type { Entry } from './segment.ts';

/** A line copied as it stands from the place `from`; only written while that is still the newest of the key. */
export interface Copy extends JournalRecord {
  readonly bytes: Buffer;
  readonly from: Entry;
}

/** What is known of a line once it is packed; its text is not kept. */
export type Line = JournalRecord | Copy;

/** Whoever waits for lines to be durable. */
export interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const LEAST_BYTES = 65_536;
const KEPT_BYTES = 16_777_216;

/**
 * Lines that are to be written together, packed as they come: a text that waits for the disk would outlive the garbage
 * collector's first look and be copied by it, and a buffer per line would be most of the garbage the store makes.
 */
export class Batch {
  readonly lines: Line[] = [];
  /** Bytes of each line. */
  readonly lengths: number[] = [];
  readonly waiting: Waiting[] = [];
  private buffer: Buffer = Buffer.alloc(0);
  private end = 0;

  /** Bytes packed so far. */
  get size(): number {
    return this.end;
  }

  /** Packs a document's text, or null for a deletion. */
  add(record: JournalRecord, text: TextParts | null): void {
    this.makeRoom(boundOf(record.key, text));
    this.close(record, writeRecord(this.buffer, this.end, record, text));
  }

  /** Packs a line that stands somewhere already. */
  copy(line: Copy): void {
    this.makeRoom(line.bytes.length);
    this.close(line, this.end + line.bytes.copy(this.buffer, this.end));
  }

  /** All lines one behind the other; good until the batch is emptied or added to. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  /** Makes it ready for the next lines. */
  empty(): void {
    this.lines.length = 0;
    this.lengths.length = 0;
    this.waiting.length = 0;
    this.end = 0;
    // One giant document must not hold its memory for ever.
    if (this.buffer.length > KEPT_BYTES) this.buffer = Buffer.alloc(0);
  }

  private close(line: Line, end: number): void {
    this.lines.push(line);
    this.lengths.push(end - this.end);
    this.end = end;
  }

  private makeRoom(bytes: number): void {
    const wanted = this.end + bytes;
    if (wanted <= this.buffer.length) return;
    const size = Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(wanted)));
    const buffer = Buffer.allocUnsafeSlow(size);
    this.buffer.copy(buffer, 0, 0, this.end);
    this.buffer = buffer;
  }
}

/** Batches in the order in which they are to be written; the last of them is being filled. */
export class BatchQueue {
  private readonly limit: number;
  private readonly batches: Batch[] = [];
  /** One that is done with: its buffer serves again. */
  private spare: Batch | undefined;

  /** @param limit bytes of a batch; a single line may be longer. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Packs a line into the last batch, or a new one when that is full. */
  add(record: JournalRecord, text: TextParts | null, waiting: Waiting): void {
    let last = this.batches.at(-1);
    if (!last || (last.size > 0 && last.size + boundOf(record.key, text) > this.limit)) {
      last = this.spare ?? new Batch();
      this.spare = undefined;
      this.batches.push(last);
    }
    last.add(record, text);
    last.waiting.push(waiting);
  }

  /** The next batch to be written. */
  take(): Batch | undefined {
    return this.batches.shift();
  }

  /** Takes back a batch that nobody needs any more. */
  giveBack(batch: Batch): void {
    batch.empty();
    this.spare = batch;
  }
}
