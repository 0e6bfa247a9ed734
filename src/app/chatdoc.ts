import { NEW_CHAT, type ChatState } from '../dialogue/state.ts';
import type { Mailbox } from './dispatch/entry.ts';
import { outboxMarks } from './dispatch/outbox.ts';
import { encodeChat } from './encode.ts';
import type { Codec } from './ports.ts';

export type { OutboxEntry } from './dispatch/entry.ts';

/** Everything that is kept of one chat: written as a whole, in one step with the replies it led to. */
export interface ChatDoc extends Mailbox {
  readonly v: 1;
  /** `channel:chat`, the key under which the document lies. */
  readonly chat: string;
  readonly state: ChatState;
  /** Ids of the messages handled last, the newest at the end. */
  readonly handled: readonly string[];
  /** Several people read here: nothing is told of any enterprise unasked. */
  readonly group?: true;
  /** UTC instant (ms). */
  readonly updatedAt: number;
  /** UTC instant (ms) at which something unasked has to be thought of next; absent: never, as things stand. */
  readonly due?: number;
}

/** The document of a chat that nothing is known of. */
export function newChatDoc(chat: string): ChatDoc {
  return { v: 1, chat, state: NEW_CHAT, handled: [], outbox: [], updatedAt: 0 };
}

/** Whether a chat holds nothing about anybody, as before its first message and after its data was deleted. */
export function isNewChat(state: ChatState): boolean {
  return (
    state.enterprises.length === 0 &&
    state.programme === undefined &&
    state.expecting === undefined &&
    !state.remind &&
    state.consents === undefined &&
    state.own === undefined
  );
}

/** How chat documents are written and read. Reading throws on anything that is not a chat document of this version. */
export const chatCodec: Codec<ChatDoc> = {
  encode: encodeChat,
  async decode(text) {
    const data: unknown = JSON.parse(text);
    // Loaded with the first stored chat: a start without one need not wait for it.
    const { chatDocSchema } = await import('./chatschema.ts');
    const checked = chatDocSchema.safeParse(data);
    if (!checked.success) throw new Error(faultOf(checked.error.issues));
    // What was parsed, not what the schema made of it: a field that only a newer release knows must survive this one.
    return data as ChatDoc;
  },
  marks(doc) {
    const { pending, due } = outboxMarks(doc);
    const first = Math.min(due ?? Number.POSITIVE_INFINITY, doc.due ?? Number.POSITIVE_INFINITY);
    return first === Number.POSITIVE_INFINITY ? { pending } : { pending, due: first };
  },
};

/** Where the document is wrong; never the value, which may be somebody's words. */
function faultOf(issues: readonly { readonly code?: string; readonly path: readonly PropertyKey[] }[]): string {
  const [first] = issues;
  const path = first?.path.map(String).join('.') ?? '';
  return `no chat document: ${first?.code ?? 'invalid'} at ${path === '' ? 'the top' : path}`;
}
