import { createAssistant } from '../../src/app/assistant.ts';
import { chatCodec } from '../../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../../src/app/chatdoc.ts';
import { Handover } from '../../src/app/handover.ts';
import type { Assistant, Codec, Store } from '../../src/app/ports.ts';
import { replan, tick, type TickDeps } from '../../src/app/tick.ts';
import { nextDue, reminderMayGo } from '../../src/app/tickplan.ts';
import { pullUnasked } from '../../src/app/tickpull.ts';
import { advance, type ChatState, type Enterprise } from '../../src/dialogue/index.ts';
import { NO_FACTS, withFacts, type Scalar } from '../../src/policy/index.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { content, kit, programmes } from '../support/kit.ts';
import { BROKEN, keptLog, type KeptLog } from './support.ts';

export const at = (text: string): number => Date.parse(`${text.length === 10 ? `${text}T12:00` : text}+08:00`);

/** The documents without the check of their shape, which a year of many chats need not pay for. */
const plainCodec: Codec<ChatDoc> = { ...chatCodec, decode: (text) => JSON.parse(text) as ChatDoc };

/** A process over a store, whose channel is written to whenever it is asked. */
export interface TickWorld {
  readonly store: Store<ChatDoc>;
  readonly log: KeptLog;
  readonly deps: TickDeps;
  /** The texts of the answers. */
  say(chat: string, text: string, when: string): Promise<string[]>;
  /** What is put into outboxes: the chats. */
  plan(now: number): Promise<readonly string[]>;
  /** What leaves at this instant, as `chat: text`, and is noted as shown. */
  show(now: number): Promise<string[]>;
  /** Both. */
  tick(now: number): Promise<string[]>;
  replan(now: number): Promise<readonly string[]>;
}

export function tickWorld(store: Store<ChatDoc> = memoryStore(plainCodec), name = 'p'): TickWorld {
  const log = keptLog();
  let next = 0;
  const ids = (): string => `${name}${(next += 1)}`;
  const plan = { kit, calendar: content.calendar };
  const handover = new Handover();
  const deps = { ...plan, store, ids, log };
  const assistant: Assistant = createAssistant({
    ...{ store, ids, log, handover, broken: BROKEN },
    clock: { now: () => 0 },
    advance: (state, event, now, newId) => advance(kit, state, event, now, newId),
    nextDue: (doc, now) => nextDue(plan, doc, now),
  });
  const mayGo = (source: string, _chat: string, doc: ChatDoc, now: number) => reminderMayGo(plan, source, doc, now);
  const show = async (now: number): Promise<string[]> => {
    const pulled = await pullUnasked({ store, handover, log, mayGo }, '', now);
    for (const { chat, outgoing } of pulled) {
      const shown = outgoing.map(({ id }) => id);
      await assistant.delivered(chat, shown);
    }
    return pulled.flatMap(({ chat, outgoing }) => outgoing.map(({ reply }) => `${chat}: ${reply.text}`));
  };
  return {
    ...{ store, log, deps, show },
    async say(chat, text, when) {
      const outgoing = await assistant.handle({ chat, event: { kind: 'text', text }, at: at(when), pull: true });
      const shown = outgoing.map(({ id }) => id);
      await assistant.delivered(chat, shown);
      return outgoing.map(({ reply }) => reply.text);
    },
    plan: (now) => tick(deps, now),
    async tick(now) {
      await tick(deps, now);
      return show(now);
    },
    replan: (now) => replan(deps, now),
  };
}

/** An enterprise of which these facts are known. */
export function enterprise(
  programme: string,
  given: Readonly<Record<string, Scalar>>,
  fields: Partial<Enterprise> & { readonly progress?: string } = {},
): Enterprise {
  const vocabulary = programmes.get(programme)?.vocabulary;
  if (!vocabulary) throw new Error(`there is no programme ${programme}`);
  const gives = Object.entries(given).map(([path, value]) => ({ path, value }));
  const { progress, ...rest } = fields;
  const dossier = { facts: withFacts(NO_FACTS, gives, vocabulary), ...(progress === undefined ? {} : { progress }) };
  return { id: 'e', ...rest, dossiers: { [programme]: dossier } };
}

/** Puts a chat into the store as an earlier conversation has left it. */
export async function settle(
  { store }: TickWorld,
  chat: string,
  programme: string,
  enterprises: readonly Enterprise[],
  fields: Partial<ChatState> = {},
): Promise<void> {
  const state: ChatState = { v: 1, programme, enterprises, current: 0, remind: false, ...fields };
  await store.update(chat, () => ({ doc: { ...newChatDoc(chat), state }, result: undefined }));
}
