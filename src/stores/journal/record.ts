import type { Marks } from '../../app/ports.ts';
import { crc32 } from './crc.ts';
import { NewerJournal } from './trouble.ts';

/**
 * One write is one line of UTF-8: `checksum sequence kind pending due key payload`, for example
 * `5f3c0a11 42 w ! 1767225600000 "telegram/7" {"version":1}`. The checksum (CRC-32, 8 hex digits) covers everything
 * behind it up to the line break. The key is a JSON string. Kinds: `w` payload as it is, `q` payload as a JSON string
 * (because it holds a line break), `x` deleted.
 */
export interface JournalRecord {
  readonly key: string;
  /** Number of the write; higher is newer. Compaction keeps it. */
  readonly seq: number;
  readonly deleted: boolean;
  readonly marks: Marks;
}

/** A record on a line: what a scan needs, without the payload, which costs more to decode than all the rest. */
export interface ParsedRecord extends JournalRecord {
  readonly quoted: boolean;
  /** Offset of the payload within the line. */
  readonly payloadAt: number;
}

const CHECKSUM = 8;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_BREAK = 0x0a;
const NO_MARKS: Marks = { pending: false };

function checksum(line: Buffer): string {
  return crc32(line.subarray(CHECKSUM + 1, line.length - 1))
    .toString(16)
    .padStart(CHECKSUM, '0');
}

/** The text of a document: what is written one part behind the other. */
export type TextParts = readonly string[];

function isQuoted(text: TextParts | null): boolean {
  return text?.some((part) => part.includes('\n')) === true;
}

/** An upper bound of the bytes a write takes; exact would mean to encode it. */
export function boundOf(key: string, text: TextParts | null): number {
  let length = 0;
  for (const part of text ?? []) length += part.length;
  // A UTF-16 unit takes at most 3 bytes of UTF-8, and 6 as a JSON escape.
  return 100 + 6 * (key.length + length);
}

/**
 * Writes the line of a write, with its line break, into the buffer at `at`, which must have room for `boundOf` bytes.
 * `text` null deletes. Every part of the text must be well-formed Unicode, as JSON is.
 * @returns the offset behind the line.
 */
export function writeRecord(target: Buffer, at: number, write: JournalRecord, text: TextParts | null): number {
  const { key, seq, marks } = write;
  const quoted = isQuoted(text);
  const kind = text === null ? 'x' : quoted ? 'q' : 'w';
  const payload = text === null ? [] : quoted ? [JSON.stringify(text.join(''))] : text;
  const due = marks.due !== undefined && Number.isFinite(marks.due) ? String(marks.due) : '-';
  const pending = marks.pending ? '!' : '.';
  let end = at + target.write(`00000000 ${seq} ${kind} ${pending} ${due} ${JSON.stringify(key)} `, at);
  for (const part of payload) end += target.write(part, end);
  target[end] = LINE_BREAK;
  end += 1;
  target.write(checksum(target.subarray(at, end)), at, 'latin1');
  return end;
}

/** The byte behind the closing quote of the JSON string that starts at `from`, or -1. */
function endOfString(line: Buffer, from: number): number {
  if (line[from] !== QUOTE) return -1;
  for (let at = from + 1; at < line.length; at += 1) {
    if (line[at] === BACKSLASH) at += 1;
    else if (line[at] === QUOTE) return at + 1;
  }
  return -1;
}

function fields(line: Buffer): ParsedRecord | undefined {
  const seqEnd = line.indexOf(SPACE, CHECKSUM + 1);
  const dueEnd = line.indexOf(SPACE, seqEnd + 5);
  const keyEnd = endOfString(line, dueEnd + 1);
  if (seqEnd < 0 || dueEnd < 0 || keyEnd < 0) return undefined;
  const seq = Number(line.toString('latin1', CHECKSUM + 1, seqEnd));
  const kind = line.toString('latin1', seqEnd + 1, seqEnd + 2);
  const due = line.toString('latin1', seqEnd + 5, dueEnd);
  const key: unknown = JSON.parse(line.toString('utf8', dueEnd + 1, keyEnd));
  if (typeof key !== 'string' || !Number.isSafeInteger(seq)) return undefined;
  if (kind !== 'w' && kind !== 'q' && kind !== 'x') {
    throw new NewerJournal(kind);
  }
  const pending = line.toString('latin1', seqEnd + 3, seqEnd + 4) === '!';
  const marks = due !== '-' ? { pending, due: Number(due) } : pending ? { pending } : NO_MARKS;
  return { key, seq, deleted: kind === 'x', marks, quoted: kind === 'q', payloadAt: keyEnd + 1 };
}

/** The document's text on a line that `decodeRecord` accepted. */
export function payloadOf(line: Buffer, record: ParsedRecord): string {
  const payload = line.toString('utf8', record.payloadAt, line.length - 1);
  return record.quoted ? (JSON.parse(payload) as string) : payload;
}

/**
 * The record on a line (with its line break), or undefined when the checksum does not fit.
 * @throws Error when the line is sound but of a kind this release does not know.
 */
export function decodeRecord(line: Buffer): ParsedRecord | undefined {
  const framed = line.length > CHECKSUM + 1 && line[CHECKSUM] === SPACE && line[line.length - 1] === LINE_BREAK;
  return framed && line.toString('latin1', 0, CHECKSUM) === checksum(line) ? fields(line) : undefined;
}

/** The key on a line that failed its checksum, as far as it can be made out. Never to be trusted with more than a warning. */
export function guessKey(line: Buffer): string | undefined {
  try {
    return fields(line)?.key;
  } catch {
    return undefined;
  }
}
