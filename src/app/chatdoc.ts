import { NEW_CHAT, type ChatState } from '../dialogue/state.ts';
import type { Mailbox } from './dispatch/entry.ts';

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
