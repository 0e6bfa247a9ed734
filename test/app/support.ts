import { createAssistant } from '../../src/app/assistant.ts';
import { chatCodec } from '../../src/app/chatcodec.ts';
import type { ChatDoc } from '../../src/app/chatdoc.ts';
import type { Advance } from '../../src/app/handle.ts';
import type { Assistant, Inbound, Log, Store } from '../../src/app/ports.ts';
import { NEW_CHAT } from '../../src/dialogue/index.ts';
import { memoryStore } from '../../src/stores/memory.ts';

/** A log that keeps what it is told, as JSON text. */
export interface KeptLog extends Log {
  readonly lines: string[];
}

export function keptLog(): KeptLog {
  const lines: string[] = [];
  const keep = (operation: string, fields: object = {}): void => {
    lines.push(JSON.stringify({ operation, ...fields }));
  };
  return { lines, info: keep, warn: keep, error: keep };
}

export const BROKEN = { text: '坏了' };

/**
 * A conversation for tests: counts the messages of the chat and answers each with its number and its words. Some words
 * do more: 出错 is a bug, 删除 forgets the chat, 两条 gives two replies, 选项 offers choices, 不答 says nothing.
 */
export const countingAdvance: Advance = (state, event, now) => {
  const said = event.kind === 'text' ? event.text : event.kind === 'choice' ? `[${event.id}]` : `(${event.name})`;
  if (said === '出错') throw new Error(`cannot stand 出错 at ${now}`);
  if (said === '删除') return { state: NEW_CHAT, replies: [{ text: '已删除' }] };
  if (said === '不答') return { state, replies: [] };
  const count = Number(state.programme ?? 0) + 1;
  const reply = { text: `${count} ${said}` };
  const offers = {
    ...reply,
    choices: [
      { id: 'yes.1', label: '好' },
      { id: 'no', label: '不好' },
    ],
  };
  const replies = said === '两条' ? [reply, { text: '又一条' }] : [said === '选项' ? offers : reply];
  return { state: { ...state, programme: String(count) }, replies };
};

export interface World {
  readonly store: Store<ChatDoc>;
  readonly log: KeptLog;
  readonly assistant: Assistant;
  /** Another process on the same documents. */
  restarted(): Assistant;
}

/** An assistant with the counting conversation over documents in memory, at a fixed instant. */
export function world(store: Store<ChatDoc> = memoryStore(chatCodec), advance: Advance = countingAdvance): World {
  const log = keptLog();
  let next = 0;
  const ids = (): string => `id${(next += 1)}`;
  const make = (): Assistant =>
    createAssistant({ store, advance, clock: { now: () => 1_000 }, ids, log, broken: BROKEN });
  return { store, log, assistant: make(), restarted: make };
}

/** A typed message of one chat. */
export function typed(text: string, fields: Partial<Inbound> = {}): Inbound {
  return { chat: 'test:a', event: { kind: 'text', text }, ...fields };
}

/** Hands a message in and gives the texts of the replies. */
export async function ask(assistant: Assistant, text: string, fields: Partial<Inbound> = {}): Promise<string[]> {
  return (await assistant.handle(typed(text, fields))).map(({ reply }) => reply.text);
}
