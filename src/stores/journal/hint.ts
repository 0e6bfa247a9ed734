import { crc32 } from './crc.ts';
import type { Files } from './files.ts';
import { decodeRecord } from './record.ts';
import { hintPath, readLine } from './segment.ts';
import type { Located, Segment } from './segment.ts';

/*
 * A hint file spares a start the parsing of a sealed segment. The first line is a header in JSON; each further line is
 * `sequence offset length kind pending due key`. It is only believed when it fits: its own checksum, the length of the
 * segment, and the last line it knows. Otherwise the segment itself is read and the hint is written anew.
 */

const VERSION = 1;
const YIELD_EVERY = 10_000;

interface Header {
  readonly version: number;
  /** Length of the segment in bytes. */
  readonly length: number;
  readonly entries: number;
  /** CRC-32 of everything behind the header line. */
  readonly checksum: number;
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const { version, length, entries, checksum } = value as Record<string, unknown>;
  return version === VERSION && [length, entries, checksum].every(Number.isInteger);
}

function hintLine(key: string, { entry, marks }: Located): string {
  const due = marks.due === undefined || !Number.isFinite(marks.due) ? '-' : String(marks.due);
  const flags = `${entry.deleted ? 'x' : 'w'} ${marks.pending ? '!' : '.'} ${due}`;
  return `${entry.seq} ${entry.offset} ${entry.length} ${flags} ${JSON.stringify(key)}\n`;
}

/** Writes the hint of a segment atomically. Rejects with the system's error; the store can do without the file. */
export async function writeHint(files: Files, dir: string, segment: Segment): Promise<void> {
  const { latest, length } = segment;
  if (latest === undefined) return;
  const parts: string[] = [];
  for (const [key, located] of latest) {
    parts.push(hintLine(key, located));
    // A segment of small documents has many lines; writers must not wait for all of them.
    if (parts.length % YIELD_EVERY === 0) await new Promise(setImmediate);
  }
  const body = Buffer.from(parts.join(''));
  const header = { version: VERSION, length, entries: parts.length, checksum: crc32(body) };
  await files.replace(hintPath(dir, segment.number), Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]));
}

function parseLine(line: string, segment: number): [string, Located] | undefined {
  const match = /^(\d+) (\d+) (\d+) ([wx]) ([!.]) (\S+) (".*")$/.exec(line);
  if (match === null) return undefined;
  const [, seq, offset, length, kind, pending, due, quoted = '""'] = match;
  // JSON.parse makes a string of its own; a slice would keep the whole file in memory.
  const key = JSON.parse(quoted) as string;
  const entry = { segment, offset: Number(offset), length: Number(length), seq: Number(seq), deleted: kind === 'x' };
  const marks = { pending: pending === '!', ...(due === '-' ? {} : { due: Number(due) }) };
  return [key, { entry, marks }];
}

async function lastLineFits(segment: Segment, latest: ReadonlyMap<string, Located>): Promise<boolean> {
  let last: [string, Located] | undefined;
  for (const pair of latest) {
    if (last === undefined || pair[1].entry.offset > last[1].entry.offset) last = pair;
  }
  if (last === undefined) return segment.length === 0;
  const [key, { entry }] = last;
  if (entry.offset + entry.length !== segment.length) return false;
  const record = decodeRecord(await readLine(segment.file, entry));
  return record?.key === key && record.seq === entry.seq;
}

/** How long (bytes) the segment was when its hint was written; 0 without a hint that is whole. */
export async function hintedLength(files: Files, dir: string, number: number): Promise<number> {
  const text = (await files.readText(hintPath(dir, number))) ?? '';
  const headerEnd = text.indexOf('\n');
  try {
    const header: unknown = JSON.parse(text.slice(0, Math.max(0, headerEnd)));
    return isHeader(header) && header.checksum === crc32(text.slice(headerEnd + 1)) ? header.length : 0;
  } catch {
    return 0;
  }
}

/** What the hint of the segment says, or undefined when there is none that fits. Rejects when the disk cannot be read. */
export async function readHint(files: Files, dir: string, segment: Segment): Promise<Map<string, Located> | undefined> {
  const text = await files.readText(hintPath(dir, segment.number));
  const headerEnd = text?.indexOf('\n') ?? -1;
  if (text === undefined || headerEnd < 0) return undefined;
  const body = text.slice(headerEnd + 1);
  const latest = new Map<string, Located>();
  try {
    const header: unknown = JSON.parse(text.slice(0, headerEnd));
    if (!isHeader(header)) return undefined;
    if (header.length !== segment.length || header.checksum !== crc32(body)) return undefined;
    let from = 0;
    while (from < body.length) {
      const end = body.indexOf('\n', from);
      const parsed = parseLine(body.slice(from, end), segment.number);
      if (parsed === undefined) return undefined;
      latest.set(parsed[0], parsed[1]);
      from = end + 1;
    }
    if (latest.size !== header.entries) return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return (await lastLineFits(segment, latest)) ? latest : undefined;
}
