import type { Marks } from '../../app/ports.ts';
import { boundOf, writeRecord } from './record.ts';
import type { Entry } from './segment.ts';

/** A line to append: a document's text, or null for a deletion. */
export interface Write {
  readonly key: string;
  readonly seq: number;
  readonly deleted: boolean;
  readonly marks: Marks;
  readonly text: string | null;
}

/** A line copied as it stands from the place `from`; only written while that is still the newest of the key. */
export interface Copy extends Omit<Write, 'text'> {
  readonly bytes: Buffer;
  readonly from: Entry;
}

/** A line of either kind. */
export type Line = Write | Copy;

/** An upper bound of the bytes of a line. */
export function sizeBound(line: Line): number {
  return 'from' in line ? line.bytes.length : boundOf(line.key, line.text);
}

const KEPT_BYTES = 16_777_216;

/**
 * Packs lines into one buffer that is used again for every batch: a buffer per line would be most of the garbage the
 * store makes. The bytes are good until the next call.
 */
export class Packer {
  private buffer: Buffer = Buffer.alloc(0);

  /** The bytes of all lines, and the length of each. */
  pack(lines: readonly Line[]): { bytes: Buffer; lengths: number[] } {
    const bound = lines.reduce((sum, line) => sum + sizeBound(line), 0);
    const target = this.room(bound);
    const lengths: number[] = [];
    let end = 0;
    for (const line of lines) {
      const start = end;
      if ('from' in line) end += line.bytes.copy(target, end);
      else end = writeRecord(target, end, line, line.text);
      lengths.push(end - start);
    }
    return { bytes: target.subarray(0, end), lengths };
  }

  private room(bytes: number): Buffer {
    if (bytes <= this.buffer.length) return this.buffer;
    const size = Math.max(65_536, 2 ** Math.ceil(Math.log2(bytes)));
    const buffer = Buffer.allocUnsafeSlow(size);
    // One giant document must not hold its memory for ever.
    if (size <= KEPT_BYTES) this.buffer = buffer;
    return buffer;
  }
}
