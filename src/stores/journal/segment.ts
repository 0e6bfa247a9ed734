import { join } from 'node:path';
import type { Marks } from '../../app/ports.ts';
import type { Files, OpenFile } from './files.ts';

/** Where the newest version of a document, or the note of its deletion, is found. Offsets and lengths are bytes. */
export interface Entry {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  readonly seq: number;
  readonly deleted: boolean;
}

/** An entry with the marks, as a hint file keeps it. */
export interface Located {
  readonly entry: Entry;
  readonly marks: Marks;
}

/** One file of the journal. Only the one with the highest number is written to; the others are sealed. */
export interface Segment {
  readonly number: number;
  readonly file: OpenFile;
  /** Bytes that count; the file is never longer, except after a failed write that could not be taken back yet. */
  length: number;
  /** Bytes of lines the index points to. The rest is waste that compaction gives back. */
  live: number;
  /** A line in it failed its checksum: the file is evidence and may hold what is left of a document, so it stays. */
  damaged: boolean;
  /** What the hint file will say; given up when that is written. */
  latest: Map<string, Located> | undefined;
}

/** A line as it stands in the file, with its line break unless the file ends without one. */
export interface RawLine {
  readonly offset: number;
  readonly bytes: Buffer;
}

const CHUNK = 1_048_576;
const LINE_BREAK = 0x0a;
const NUMBER_WIDTH = 8;

/** A segment that holds nothing yet. */
export function newSegment(number: number, file: OpenFile): Segment {
  return { number, file, length: 0, live: 0, damaged: false, latest: new Map() };
}

/** Makes the file of a segment and makes its name durable. Rejects with a clear error, leaving no file behind. */
export async function createSegment(files: Files, dir: string, number: number): Promise<Segment> {
  const path = segmentPath(dir, number);
  let file: OpenFile | undefined;
  try {
    file = await files.create(path);
    await files.syncDirectory(dir);
    return newSegment(number, file);
  } catch (error) {
    await file?.close();
    await files.remove(path).catch(() => undefined);
    throw new Error(`the segment ${path} could not be made: ${String(error)}`, { cause: error });
  }
}

function baseName(number: number): string {
  return String(number).padStart(NUMBER_WIDTH, '0');
}

/** The path of a segment. */
export function segmentPath(dir: string, number: number): string {
  return join(dir, `${baseName(number)}.journal`);
}

/** The path of the hint file of a segment. */
export function hintPath(dir: string, number: number): string {
  return join(dir, `${baseName(number)}.hint`);
}

/** The number in a file name with the given ending (`journal`, `hint`), or undefined for any other name. */
export function numberIn(name: string, ending: 'journal' | 'hint'): number | undefined {
  const match = /^(\d{8,})\.([a-z]+)$/.exec(name);
  return match?.[1] !== undefined && match[2] === ending ? Number(match[1]) : undefined;
}

/**
 * All lines from the start to `length` bytes, in order, in groups of about a megabyte so that others get their turn.
 * The bytes are good until the next group is asked for: one buffer serves all, because fresh ones of this size make the
 * garbage collector walk the whole heap again and again.
 */
export async function* scanLines(file: OpenFile, length: number): AsyncGenerator<RawLine[]> {
  let buffer: Buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK, length));
  let position = 0;
  /** Bytes at the start of the buffer that belong to a line still incomplete. */
  let rest = 0;
  while (position < length) {
    if (rest === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
    const room = Math.min(buffer.length - rest, length - position);
    const count = await file.read(buffer.subarray(rest, rest + room), position);
    if (count === 0) break;
    const start = position - rest;
    const bytes = buffer.subarray(0, rest + count);
    position += count;
    const lines: RawLine[] = [];
    let from = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_BREAK, from);
      if (end < 0) break;
      lines.push({ offset: start + from, bytes: bytes.subarray(from, end + 1) });
      from = end + 1;
    }
    yield lines;
    rest = bytes.length - from;
    buffer.copyWithin(0, from, bytes.length);
  }
  if (rest > 0) yield [{ offset: position - rest, bytes: buffer.subarray(0, rest) }];
}

/** The bytes of one line; fewer than asked for when the file is shorter. */
export async function readLine(file: OpenFile, entry: Pick<Entry, 'offset' | 'length'>): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(entry.length);
  return bytes.subarray(0, await file.read(bytes, entry.offset));
}
