import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { write } from '../io.ts';
import { rawCodec, same, Summing } from './raw.ts';
import type { Entry, Sum } from './raw.ts';

/*
 * A file of documents: a line that says what it is, one line for each document in the order of their keys, and a line
 * with their number and hash. A file without its last line is torn.
 */

const HEADER = { format: 'voucher-store', version: 1 };

/** A file that cannot be taken in; the line is counted from 1. */
export class FileFault extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`line ${line} is not as it was written`);
    this.name = 'FileFault';
    this.line = line;
  }
}

/** Writes documents to a file that is there whole or not at all, readable for its owner only. */
export async function writeFile(file: string, entries: AsyncIterable<Entry>): Promise<Sum> {
  const part = `${file}.part`;
  const stream = createWriteStream(part, { mode: 0o600, flush: true });
  await once(stream, 'open');
  const sum = new Summing();
  await write(stream, `${JSON.stringify(HEADER)}\n`);
  for await (const { key, text, order } of entries) {
    sum.add(key, text);
    await write(stream, `${JSON.stringify({ key, doc: text, pending: order })}\n`);
  }
  const end = sum.end();
  stream.end(`${JSON.stringify(end)}\n`);
  await once(stream, 'close');
  await rename(part, file);
  return end;
}

function fieldsOf(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The documents of a file, in its order. @throws FileFault at the first line that is not as it was written. */
export async function* readFile(file: string): AsyncGenerator<Entry> {
  // Opened first: a reader of lines would take the error of a missing file for an end.
  const handle = await open(file);
  const sum = new Summing();
  let number = 0;
  let before: string | undefined;
  let ended = false;
  for await (const line of createInterface({ input: createReadStream(file, { fd: handle }), crlfDelay: Infinity })) {
    number += 1;
    const { format, version, key, doc, pending, count, sha256 } = fieldsOf(line);
    if (ended) throw new FileFault(number);
    if (number === 1) {
      if (format !== HEADER.format || version !== HEADER.version) throw new FileFault(number);
    } else if (typeof key === 'string' && typeof doc === 'string') {
      // Keys are unique and in order, so that a broken import can go on where it was.
      if (before !== undefined && before >= key) throw new FileFault(number);
      before = key;
      sum.add(key, doc);
      yield { key, ...(await rawCodec.decode(doc)), order: typeof pending === 'number' ? pending : undefined };
    } else {
      ended = typeof count === 'number' && typeof sha256 === 'string' && same(sum.end(), { count, sha256 });
      if (!ended) throw new FileFault(number);
    }
  }
  if (!ended) throw new FileFault(number + 1);
}

/** Reads a whole file and checks it. @throws FileFault, or the system's error. */
export async function checkFile(file: string): Promise<Sum> {
  const sum = new Summing();
  for await (const { key, text } of readFile(file)) sum.add(key, text);
  return sum.end();
}
