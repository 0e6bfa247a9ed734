import type { Readable } from 'node:stream';

/** One line of input, without its end. */
export interface Line {
  readonly text: string;
  /** The line was longer than the limit; `text` is its beginning. */
  readonly cut: boolean;
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The lines of a stream, each as it arrives. Only a line feed ends a line, as inside JSON text other separators are
 * ordinary characters; memory stays bounded by the limit whatever is sent. Ends with the stream, when the signal is
 * aborted, and when the stream breaks: what has arrived until then was read.
 */
export async function* readLines(input: Readable, limitBytes: number, signal?: AbortSignal): AsyncGenerator<Line> {
  const stop = (): void => {
    input.destroy();
  };
  if (signal?.aborted === true) return;
  signal?.addEventListener('abort', stop, { once: true });
  const line = new LineBuffer(limitBytes);
  try {
    for await (const chunk of input) {
      const bytes = Buffer.from(chunk as Uint8Array | string);
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        line.add(bytes.subarray(start, end));
        yield line.take();
        start = end + 1;
      }
      line.add(bytes.subarray(start));
    }
  } catch {
    // A stream that is destroyed or breaks has simply no more lines; half of one is none.
    return;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  if (line.bytes > 0) yield line.take();
}

class LineBuffer {
  bytes = 0;
  private readonly limit: number;
  private parts: Buffer[] = [];
  private first = true;

  constructor(limit: number) {
    this.limit = limit;
  }

  add(part: Buffer): void {
    const room = this.limit - this.bytes;
    if (room > 0 && part.length > 0) this.parts.push(part.subarray(0, room));
    this.bytes += part.length;
  }

  take(): Line {
    const text = Buffer.concat(this.parts).toString('utf8').replace(/\r$/, '');
    const line = {
      text: this.first && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text,
      cut: this.bytes > this.limit,
    };
    this.first = false;
    this.parts = [];
    this.bytes = 0;
    return line;
  }
}
