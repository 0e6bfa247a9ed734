import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';

/** What a command sees of the outside world. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Whether standard input is a terminal, where a person sits. */
  readonly isTerminal: boolean;
  /** UTC instant in ms. */
  readonly now: () => number;
  /** The folder that the command runs from; data/ is found from there. */
  readonly here: string;
}

/** The world of this process. A reader that goes away early (`| head`) is no error. */
export function processIo(here: string): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr, isTerminal: stdin.isTTY, now: () => Date.now(), here };
}

/** Writes text and waits while the reader is behind, so that output never piles up in memory. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

/** All of a stream as text. */
export async function readAll(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array | string));
  return Buffer.concat(parts).toString('utf8');
}
