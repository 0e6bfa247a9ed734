import { chatCodec } from '../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../src/app/chatdoc.ts';
import { handleMessage, type HandleDeps } from '../src/app/handle.ts';
import { Handover } from '../src/app/handover.ts';
import type { Log } from '../src/app/ports.ts';
import { Rounds } from '../src/app/staff/rounds.ts';
import { ulidSource } from '../src/cli/ids.ts';
import { advance, NEW_CHAT, type Kit } from '../src/dialogue/index.ts';
import { lowdbStore, type LowdbStore } from '../src/stores/lowdb.ts';
import { BROKEN } from '../conversations/trouble.ts';
import type { Interview } from './interviews.ts';

const log: Log = { info: () => undefined, warn: (name) => console.error(name), error: (name) => console.error(name) };

/** The assistant over the embedded store, with everything a message passes through. */
export interface Chats {
  readonly store: LowdbStore<ChatDoc>;
  /** Sends a chat its next message and awaits the answer, which is durable then. */
  next(chat: number): Promise<void>;
}

/** Opens the store of a directory. Each chat goes through the interviews again and again, from `position` on. */
export async function openChats(
  kit: Kit,
  interviews: readonly Interview[],
  dir: string,
  position: (chat: number) => number,
): Promise<Chats> {
  const store = await lowdbStore({ dir, codec: chatCodec, log });
  const handover = new Handover();
  const now = Math.max(...interviews.map((interview) => interview.now));
  const deps: HandleDeps = {
    store,
    handover,
    rounds: new Rounds(),
    log,
    broken: BROKEN,
    clock: { now: () => now },
    ids: ulidSource(() => now),
    advance: (state, event, at, newId) => advance(kit, state, event, at, newId),
  };
  const turns = new Map<number, number>();
  const messages = interviews.map((interview) => [...interview.messages, { kind: 'text', text: '重来' } as const]);
  return {
    store,
    async next(chat) {
      const own = messages[chat % messages.length] ?? [];
      const turn = turns.get(chat) ?? position(chat);
      turns.set(chat, turn + 1);
      const event = own[turn % own.length] ?? { kind: 'text', text: '' };
      const outgoing = await handleMessage(deps, { chat: keyOf(chat), event, messageId: `m${turn}`, at: now });
      if (outgoing.length === 0) throw new Error(`chat ${chat} has no answer to message ${turn}`);
      if (outgoing.some(({ reply }) => reply === BROKEN)) throw new Error(`chat ${chat} broke at message ${turn}`);
      // As a channel reports it; the chat's next write takes it out of the outbox.
      handover.report(
        keyOf(chat),
        outgoing.map(({ id }) => id),
      );
    },
  };
}

function keyOf(chat: number): string {
  return `bench:${chat}`;
}

/** A document for every place of the interviews, with the replies of its last message under way. */
export function documentsOf(kit: Kit, interviews: readonly Interview[]): ChatDoc[][] {
  return interviews.map(({ now, messages }) => {
    let doc = { ...newChatDoc('bench'), state: NEW_CHAT };
    return messages.map((event, index): ChatDoc => {
      const { state, replies } = advance(kit, doc.state, event, now, '01KFW4B2000000000000000000');
      const handled = [...doc.handled, `m${index}`];
      const outbox = replies.map((reply, at) => ({ id: `r${index}-${at}`, reply, messageId: `m${index}`, at: now }));
      doc = { ...doc, state, handled, outbox, updatedAt: now };
      return doc;
    });
  });
}

/** Fills a directory with chats spread over the places of the interviews. */
export async function fill(kit: Kit, interviews: readonly Interview[], dir: string, count: number): Promise<void> {
  const documents = documentsOf(kit, interviews);
  const store = await lowdbStore({ dir, codec: chatCodec, log });
  let open: Promise<void>[] = [];
  for (let chat = 0; chat < count; chat += 1) {
    const own = documents[chat % documents.length] ?? [];
    const doc = own[placeOf(chat, own.length)];
    if (doc)
      open.push(
        store.update(keyOf(chat), () => ({ doc: { ...doc, chat: keyOf(chat), outbox: [] }, result: undefined })),
      );
    if (open.length === 1_000) {
      await Promise.all(open);
      open = [];
    }
  }
  await Promise.all(open);
  await store.close();
}

/** How far a filled chat has come; the number of messages handled is one more. */
export function placeOf(chat: number, length: number): number {
  return (chat * 7_919) % length;
}
