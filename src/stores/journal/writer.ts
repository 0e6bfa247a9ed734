import type { Log } from '../../app/ports.ts';
import { Batch, BatchQueue } from './batch.ts';
import type { Copy, Line, Waiting } from './batch.ts';
import type { JournalRecord, TextParts } from './record.ts';
import type { Entry, Segment } from './segment.ts';

/** What the writer needs of the journal. */
export interface WriterHost {
  readonly segmentBytes: number;
  readonly log: Log;
  /** The segment written to. */
  current(): Segment;
  /** Seals the current segment and makes a fresh, durable one. Rejects when that fails; the old one then stays. */
  roll(): Promise<Segment>;
  /** Whether the entry is still the newest of the key. */
  isNewest(key: string, entry: Entry): boolean;
  /** The line is durable at this place. */
  written(line: Line, entry: Entry, segment: Segment): void;
}

const BATCH_BYTES = 8_388_608;

interface WaitingCopies extends Waiting {
  readonly lines: readonly Copy[];
}

/**
 * Appends lines with group commit: what arrives while a write is under way goes out together with the next, and one
 * fdatasync serves all of it. There is one batch at a time, so a batch is formed knowing how the one before ended.
 */
export class Writer {
  private readonly host: WriterHost;
  private readonly batches: BatchQueue;
  /** Used again for every group of copies. */
  private readonly copied = new Batch();
  private copies: WaitingCopies | undefined;
  private sealing: Waiting | undefined;
  private running = false;
  private idle: Promise<void> = Promise.resolve();
  /** After a failed write the file may be longer than what counts; nothing is appended before it is cut back. */
  private overhang = false;
  private stopped: Error | undefined;

  constructor(host: WriterHost) {
    this.host = host;
    this.batches = new BatchQueue(Math.min(BATCH_BYTES, host.segmentBytes));
  }

  /** Packs a document's text, or null for a deletion. Resolves with its number when it is durable; rejects when not, and then it is not kept. */
  append(record: JournalRecord, text: TextParts | null): Promise<number> {
    return new Promise((resolve, reject) => {
      this.batches.add(record, text, { resolve: () => resolve(record.seq), reject });
      this.start();
    });
  }

  /** Copies lines to the current segment, ahead of the writes waiting. One call at a time. */
  copy(lines: readonly Copy[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.copies = { lines, resolve, reject };
      this.start();
    });
  }

  /** Seals the current segment between two batches. One call at a time. */
  seal(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.sealing = { resolve, reject };
      this.start();
    });
  }

  /** Refuses everything from now on. */
  stop(reason: Error): void {
    this.stopped = reason;
  }

  /** Resolves when nothing is waiting any more. */
  async drain(): Promise<void> {
    while (this.running) await this.idle;
  }

  private start(): void {
    if (this.running) return;
    this.running = true;
    this.idle = this.run();
  }

  private async run(): Promise<void> {
    // One turn of the microtask queue lets callers that are ready now share the first batch.
    await Promise.resolve();
    for (;;) {
      const sealing = this.sealing;
      this.sealing = undefined;
      if (sealing !== undefined) {
        await settle([sealing], async () => {
          await this.cutBack();
          await this.host.roll();
        });
      } else if (this.copies !== undefined) {
        // Ahead of the writes waiting: then a line behind another of the same key is always the newer one.
        await this.commitCopies(this.copies);
      } else {
        const next = this.batches.take();
        if (next === undefined) break;
        await settle(next.waiting, () => this.commit(next));
        this.batches.giveBack(next);
      }
    }
    // In the same step as the last look at the queue: what arrives later starts a new run.
    this.running = false;
  }

  private async commitCopies(copies: WaitingCopies): Promise<void> {
    this.copies = undefined;
    const batch = this.copied;
    for (const line of copies.lines) if (this.host.isNewest(line.key, line.from)) batch.copy(line);
    await settle([copies], () => this.commit(batch));
    batch.empty();
  }

  private async commit(batch: Batch): Promise<void> {
    if (this.stopped !== undefined) throw this.stopped;
    const { lines, lengths } = batch;
    if (lines.length === 0) return;
    const bytes = batch.bytes();
    await this.cutBack();
    let segment = this.host.current();
    if (segment.length > 0 && segment.length + bytes.length > this.host.segmentBytes) segment = await this.host.roll();
    try {
      await writeAll(segment, bytes);
      await segment.file.datasync();
    } catch (error) {
      this.overhang = true;
      this.host.log.error('store.write-failed', { segment: segment.number, bytes: bytes.length, error: String(error) });
      // At once, so that a line whose writer hears "failed" is not found after a crash. If it fails, the next batch tries.
      await this.cutBack().catch(() => undefined);
      throw new Error(`the journal could not be written: ${String(error)}`, { cause: error });
    }
    let offset = segment.length;
    segment.length += bytes.length;
    for (const [index, line] of lines.entries()) {
      const { seq, deleted } = line;
      const length = lengths[index] ?? 0;
      this.host.written(line, { segment: segment.number, offset, length, seq, deleted }, segment);
      offset += length;
    }
  }

  private async cutBack(): Promise<void> {
    if (!this.overhang) return;
    const segment = this.host.current();
    try {
      await segment.file.truncate(segment.length);
      await segment.file.datasync();
    } catch (error) {
      throw new Error(`the journal cannot be written until a failed write is taken back: ${String(error)}`, {
        cause: error,
      });
    }
    this.overhang = false;
    this.host.log.info('store.write-taken-back', { segment: segment.number, length: segment.length });
  }
}

/** Does the work and tells everyone who waits for it how it went. */
async function settle(waiting: readonly Waiting[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
    for (const { resolve } of waiting) resolve();
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of waiting) reject(reason);
  }
}

async function writeAll(segment: Segment, bytes: Buffer): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const count = await segment.file.write(bytes.subarray(done), segment.length + done);
    if (count === 0) throw new Error('the system wrote nothing');
    done += count;
  }
}
