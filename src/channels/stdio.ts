import type { Readable, Writable } from 'node:stream';
import type { Assistant, Inbound, Log } from '../app/ports.ts';
import type { Reply } from '../dialogue/reply.ts';
import { readLines, type Line } from './lines.ts';
import { parseStdioLine, type ReadInstant, type StdioLine } from './stdio-line.ts';

/** Replies that nobody asked for, to one chat of this channel. */
export interface Delivery {
  readonly chat: string;
  readonly replies: readonly Reply[];
  /** Called when they were handed over. */
  readonly printed?: () => void;
}

/** The outcome of a verb of the bureau command. */
export type BureauAnswer =
  | { readonly kind: 'done'; readonly result: object }
  | { readonly kind: 'refused'; readonly path: string; readonly message: string };

export interface StdioDeps {
  readonly assistant: Assistant;
  readonly input: Readable;
  readonly output: Writable;
  readonly readInstant: ReadInstant;
  /** The scheduler at an instant (UTC ms). */
  readonly tick: (now: number) => Promise<readonly Delivery[]>;
  readonly bureau: (args: readonly string[]) => Promise<BureauAnswer>;
  readonly log: Log;
  /** Aborted: no more lines are read; those under way are answered. */
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly body: object;
  /** Called when the line was handed over. */
  readonly printed?: () => void;
}

/** Prefix of this channel's chats in the store. */
export const STDIO_PREFIX = 'stdio:';

const LINE_BYTES = 1_000_000;
/** Lines under way at a time: enough for the store to write many chats' messages in one go. */
const IN_FLIGHT = 1_000;

/**
 * The JSON lines channel: an object per line in, one per line out, in the order of the input. Messages are handled side
 * by side, those of one chat one after the other; ticks and bureau verbs see everything before them done. Resolves at
 * the end of the input, when all is answered and noted; any line is answered, whatever is in it.
 */
export async function runStdio(deps: StdioDeps): Promise<void> {
  const closed = new AbortController();
  const gone = (): void => {
    closed.abort();
  };
  // A reader that goes away ends the channel; what it did not get stays in the outbox.
  deps.output.on('error', gone).on('close', gone);
  const signal = deps.signal ? AbortSignal.any([deps.signal, closed.signal]) : closed.signal;
  const open: Promise<void>[] = [];
  let last = Promise.resolve();
  const start = (answer: Promise<Answer>): void => {
    const before = last;
    last = before.then(async () => print(deps.output, closed.signal, await answer));
    open.push(last);
  };
  try {
    for await (const line of readLines(deps.input, LINE_BYTES, signal)) {
      const read = lineOf(line, deps.readInstant);
      const alone = read.kind === 'tick' || read.kind === 'bureau';
      if (alone) await last;
      start(answerSafely(deps, read));
      if (alone) await last;
      if (open.length >= IN_FLIGHT) await open.shift();
    }
  } finally {
    await last;
    await flush(deps.output);
    await deps.assistant.settled();
  }
}

function lineOf({ text, cut }: Line, readInstant: ReadInstant): StdioLine {
  if (cut) return { kind: 'error', path: '', message: `一行不能超过 ${LINE_BYTES} 字节` };
  return parseStdioLine(text, readInstant);
}

async function answerSafely(deps: StdioDeps, line: StdioLine): Promise<Answer> {
  try {
    return await answerOf(deps, line);
  } catch (error) {
    deps.log.error('stdio.failed', { kind: line.kind, error: error instanceof Error ? error.name : typeof error });
    return { body: { error: { path: '', message: '没能处理这一行（可能没能保存），请稍后再试' } } };
  }
}

async function answerOf(deps: StdioDeps, line: StdioLine): Promise<Answer> {
  switch (line.kind) {
    case 'error':
      return { body: { error: { path: line.path, message: line.message } } };
    case 'tick': {
      const deliveries = await deps.tick(line.at);
      return {
        body: { tick: line.text, deliveries: deliveries.map(({ chat, replies }) => ({ chat, replies })) },
        printed() {
          for (const delivery of deliveries) delivery.printed?.();
        },
      };
    }
    case 'bureau': {
      const answer = await deps.bureau(line.args);
      if (answer.kind === 'done') return { body: { bureau: answer.result } };
      return { body: { error: { path: answer.path, message: answer.message } } };
    }
    case 'message': {
      const inbound = inboundOf(line);
      const outgoing = await deps.assistant.handle(inbound);
      const ids = outgoing.map(({ id }) => id);
      return {
        body: { chat: line.chat, replies: outgoing.map(({ reply }) => reply) },
        // Not awaited: the next line need not wait for a note about this one.
        printed: () => void deps.assistant.delivered(inbound.chat, ids),
      };
    }
  }
}

function inboundOf({ chat, event, messageId, at }: Extract<StdioLine, { kind: 'message' }>): Inbound {
  return {
    chat: `${STDIO_PREFIX}${chat}`,
    event,
    pull: true,
    ...(messageId === undefined ? {} : { messageId }),
    ...(at === undefined ? {} : { at }),
  };
}

/** Writes a line, and waits while the reader is behind. Never rejects. */
function print(output: Writable, closed: AbortSignal, { body, printed }: Answer): Promise<void> {
  if (closed.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const room = output.write(`${JSON.stringify(body)}\n`, (error) => {
      if (!error) printed?.();
      resolve();
    });
    if (room) resolve();
  });
}

/** Resolves when everything written has left, or cannot leave any more. */
function flush(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    output.write('', () => resolve());
  });
}
