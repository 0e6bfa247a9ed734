import { PassThrough } from 'node:stream';
import type { Assistant } from '../../src/app/ports.ts';
import { runStdio, type StdioDeps } from '../../src/channels/stdio.ts';
import { readInstant } from '../../src/policy/dates.ts';
import { keptLog } from '../app/support.ts';
import { Sink } from './sink.ts';

export interface StdioDriver {
  /** Sends a line as it is. */
  send(line: string | Buffer): void;
  /** The next line that came out, as an object. */
  next(): Promise<unknown>;
  /** Ends the input; the rest of what came out, line by line. */
  end(): Promise<unknown[]>;
}

/** The JSON lines channel on streams in memory. */
export function openStdio(assistant: Assistant, deps: Partial<StdioDeps> = {}): StdioDriver {
  const input = new PassThrough();
  const output = new Sink();
  const running = runStdio({
    assistant,
    input,
    output,
    readInstant,
    tick: async () => [],
    bureau: async () => ({ kind: 'refused', path: 'bureau', message: '不支持' }),
    log: keptLog(),
    ...deps,
  });
  return {
    send(line) {
      input.write(line);
      input.write('\n');
    },
    next: async () => JSON.parse(await output.next()) as unknown,
    async end() {
      input.end();
      await running;
      return output
        .rest()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown);
    },
  };
}
