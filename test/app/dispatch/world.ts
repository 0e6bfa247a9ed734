import { createAssistant } from '../../../src/app/assistant.ts';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../../../src/app/chatdoc.ts';
import type { AlarmKind, DispatchDeps } from '../../../src/app/dispatch/deps.ts';
import { createDispatcher } from '../../../src/app/dispatch/dispatcher.ts';
import type { LedgerEntry, OutboxEntry, UnaskedEntry } from '../../../src/app/dispatch/entry.ts';
import { enqueue } from '../../../src/app/dispatch/outbox.ts';
import { Handover } from '../../../src/app/handover.ts';
import type { Assistant, Codec, Store } from '../../../src/app/ports.ts';
import type { Dispatcher } from '../../../src/app/outports.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { countingAdvance, BROKEN, keptLog, type KeptLog } from '../support.ts';
import { LIMITS } from './limits.ts';
import { BEGINNING, FakeTime, seeded } from './time.ts';

// The check of a document is loaded with the first one; simulated time would not wait for that.
await chatCodec.decode(chatCodec.encode(newChatDoc('test:a')));

/** The documents without the check of their shape, which large simulations need not pay for. */
export const plainCodec: Codec<ChatDoc> = { ...chatCodec, decode: (text) => JSON.parse(text) as ChatDoc };

export interface AlarmSeen {
  readonly kind: AlarmKind;
  readonly fields: Readonly<Record<string, string | number>>;
}

/** One process over a store: an assistant and a dispatcher that know of each other. */
export interface DispatchWorld {
  readonly time: FakeTime;
  readonly store: Store<ChatDoc>;
  readonly dispatcher: Dispatcher;
  readonly assistant: Assistant;
  readonly handover: Handover;
  readonly log: KeptLog;
  readonly alarms: AlarmSeen[];
}

export function dispatchWorld(
  store: Store<ChatDoc> = memoryStore(chatCodec),
  deps: Partial<DispatchDeps> & { readonly time?: FakeTime } = {},
): DispatchWorld {
  const time = deps.time ?? new FakeTime();
  const log = keptLog();
  const handover = new Handover();
  const alarms: AlarmSeen[] = [];
  const alarm = (kind: AlarmKind, fields: AlarmSeen['fields']): void => {
    alarms.push({ kind, fields });
  };
  const common = { store, clock: time.clock, log, handover };
  let next = 0;
  const assistant = createAssistant({
    ...common,
    advance: countingAdvance,
    ids: () => `r${(next += 1)}`,
    broken: BROKEN,
  });
  const random = seeded(7);
  const dispatcher = createDispatcher({ ...common, timer: time, random, limits: () => LIMITS, alarm, ...deps });
  return { time, store, dispatcher, assistant, handover, log, alarms };
}

/** An entry of a broadcast. */
export function broadcast(source: string, text = source, fields: Partial<OutboxEntry> = {}): UnaskedEntry {
  return { id: `${source}!`, reply: { text }, at: BEGINNING, ...fields, kind: 'broadcast', source };
}

/** Puts unasked entries into a chat's outbox, as a use case does. */
export async function put(store: Store<ChatDoc>, chat: string, ...entries: readonly UnaskedEntry[]): Promise<void> {
  await store.update(chat, (doc) => ({ doc: enqueue(doc ?? newChatDoc(chat), entries), result: undefined }));
}

/** A message of a person, whose replies go out through the dispatcher, as a channel does it. */
export async function say(
  { assistant, dispatcher }: Pick<DispatchWorld, 'assistant' | 'dispatcher'>,
  chat: string,
  text: string,
  messageId?: string,
): Promise<void> {
  const inbound = { chat, event: { kind: 'text', text } as const, ...(messageId === undefined ? {} : { messageId }) };
  dispatcher.deliver(chat, await assistant.handle(inbound));
}

export async function ledger(store: Store<ChatDoc>, chat: string): Promise<readonly LedgerEntry[]> {
  return (await store.read(chat))?.ledger ?? [];
}

/** Outcomes by source, `+` for those that may have been shown more than once. */
export async function outcomes(store: Store<ChatDoc>, chat: string): Promise<Record<string, string>> {
  const lines = await ledger(store, chat);
  return Object.fromEntries(lines.map(({ source, outcome, repeated }) => [source, `${outcome}${repeated ? '+' : ''}`]));
}

export async function outboxOf(store: Store<ChatDoc>, chat: string): Promise<readonly OutboxEntry[]> {
  return (await store.read(chat))?.outbox ?? [];
}
