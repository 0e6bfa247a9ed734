import type { Readable, Writable } from 'node:stream';
import type { Assistant, Log, Outgoing } from '../app/ports.ts';
import type { Event, Reply } from '../dialogue/reply.ts';
import { printable, renderReply } from './layout.ts';
import { readLines } from './lines.ts';

export interface TerminalDeps {
  readonly assistant: Assistant;
  readonly input: Readable;
  readonly output: Writable;
  /** A person sits there: a prompt is shown, and the assistant speaks first. */
  readonly interactive: boolean;
  /** Columns; asked for at every reply, because windows change. */
  readonly columns: () => number;
  /** Said when a message could not be saved. */
  readonly unsaved: Reply;
  readonly log: Log;
  /** What is to be said to this chat without being asked, by now. A terminal cannot be written to while nobody looks. */
  readonly unasked?: () => Promise<readonly Outgoing[]>;
  /** Called whenever something was said. */
  readonly said?: () => void;
  /** Aborted: the chat ends after the message under way. */
  readonly signal?: AbortSignal;
}

/** The one chat of the terminal in the store. */
export const TERMINAL_CHAT = 'terminal:local';

const PROMPT = '> ';
const LINE_BYTES = 1_000_000;
/** What a newcomer would have to know to say. */
const GREETING: Event = { kind: 'text', text: '/start' };

/** The terminal chat: a message per line, each answered. Resolves at the end of the input, with everything noted. */
export async function runTerminal(deps: TerminalDeps): Promise<void> {
  const { output, interactive } = deps;
  // A reader that goes away is no fault; what it did not get stays in the outbox.
  output.on('error', (error) => deps.log.warn('terminal.output-lost', { error: error.name }));
  const chat = new TerminalChat(deps);
  try {
    if (interactive) await chat.say(GREETING);
    for await (const text of interactive ? typedLines(deps) : pipedLines(deps)) {
      if (text.trim() === '') continue;
      // In a transcript both sides must be seen; a person sees what they type anyway.
      if (!interactive) output.write(`${PROMPT}${printable(text)}\n`);
      await chat.say(chat.eventOf(text));
    }
  } finally {
    await new Promise<void>((resolve) => {
      output.write('', () => resolve());
    });
    await deps.assistant.settled();
  }
}

class TerminalChat {
  private readonly deps: TerminalDeps;
  /** Choices on the screen that belong to no question. */
  private offers: NonNullable<Reply['choices']> = [];

  constructor(deps: TerminalDeps) {
    this.deps = deps;
  }

  /** The number or the words of an offer press it; answers to a question are read where the question is known. */
  eventOf(text: string): Event {
    const plain = text.trim();
    const number = /^\d{1,2}$/.test(plain) ? Number(plain) : 0;
    const pressed = this.offers[number - 1] ?? this.offers.find(({ label }) => label === plain);
    return pressed ? { kind: 'choice', id: pressed.id } : { kind: 'text', text };
  }

  /** Hands a message in and prints what comes back. Never rejects. */
  async say(event: Event): Promise<void> {
    const { assistant, log, unsaved, unasked } = this.deps;
    try {
      // First what came due while nobody was there: the answer is what has to be read last.
      const due = (await unasked?.()) ?? [];
      if (due.length > 0) this.show(due);
      this.show(await assistant.handle({ chat: TERMINAL_CHAT, event, pull: true }));
    } catch (error) {
      log.error('terminal.failed', { error: error instanceof Error ? error.name : typeof error });
      this.print([unsaved], []);
    }
  }

  private show(outgoing: readonly Outgoing[]): void {
    this.print(
      outgoing.map(({ reply }) => reply),
      outgoing.map(({ id }) => id),
    );
  }

  private print(replies: readonly Reply[], ids: readonly string[]): void {
    const { assistant, columns, interactive, output } = this.deps;
    const last = replies.findLast((reply) => reply.choices !== undefined);
    this.offers = last?.ask === undefined ? (last?.choices ?? []) : [];
    const text = replies.map((reply) => `${renderReply(reply, columns())}\n`).join('\n');
    output.write(interactive ? `\n${text}\n` : `${text}\n`, (error) => {
      if (!error) void assistant.delivered(TERMINAL_CHAT, ids);
    });
    this.deps.said?.();
  }
}

async function* pipedLines({ input, signal }: TerminalDeps): AsyncGenerator<string> {
  for await (const { text } of readLines(input, LINE_BYTES, signal)) yield text;
}

/** Lines typed at a terminal, with its editing keys; Ctrl-C and Ctrl-D end them. */
async function* typedLines({ input, output, signal }: TerminalDeps): AsyncGenerator<string> {
  if (signal?.aborted === true) return;
  // Loaded when the greeting has been said already.
  const { createInterface } = await import('node:readline');
  const reader = createInterface({ input, output, prompt: PROMPT, terminal: true });
  const closed = new AbortController();
  reader.on('close', () => closed.abort());
  const close = (): void => {
    reader.close();
  };
  signal?.addEventListener('abort', close, { once: true });
  try {
    reader.prompt();
    for await (const line of reader) {
      yield line;
      if (!closed.signal.aborted) reader.prompt();
    }
  } finally {
    signal?.removeEventListener('abort', close);
    reader.close();
    output.write('\n');
  }
}
