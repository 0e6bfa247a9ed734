import type { Event, Reply } from '../dialogue/reply.ts';
import type { Aside, DeskCall } from '../dialogue/staff/desk.ts';
import type { ChatState } from '../dialogue/state.ts';
import type { Kept } from '../dialogue/turn.ts';
import type { ChatDoc } from './chatdoc.ts';
import type { KeepSource } from './dispatch/outbox.ts';
import type { Handover } from './handover.ts';
import type { Clock, Inbound, Log, Outgoing, Store } from './ports.ts';
import type { AnswerDesk, Round, Rounds } from './staff/rounds.ts';

/** What handling a message is made of. */

/**
 * One pure step of a conversation. `now` is a UTC instant in ms, `newId` a fresh id should one be needed. It may need
 * something of the world first: it is then run again with the answer in `aside`.
 */
export type Advance = (
  state: ChatState,
  event: Event,
  now: number,
  newId: string,
  aside?: Aside,
) => Stepped | { readonly needs: DeskCall };

export interface Stepped {
  readonly state: ChatState;
  readonly replies: readonly Reply[];
  readonly kept?: Kept;
}

/** What handling a message needs. */
export interface HandleDeps {
  readonly store: Store<ChatDoc>;
  readonly advance: Advance;
  readonly clock: Clock;
  /** A new id at every call, sorting by time. */
  readonly ids: () => string;
  readonly log: Log;
  /** Said when the assistant itself has failed. */
  readonly broken: Reply;
  readonly handover: Handover;
  /** Removes what older writes still hold of a chat that was deleted on request. */
  readonly erase?: () => void;
  /** Makes the file that a reply names, unless it is there. */
  readonly provide?: (path: string) => Promise<void>;
  /** When the chat, as it now is, wants to be looked at next (UTC ms). Default: never by itself. */
  readonly nextDue?: (doc: ChatDoc, now: number) => number | undefined;
  /** Default: none has to be kept. */
  readonly keepSource?: KeepSource;
  /** So many ids of handled messages are kept of each chat; default 100. */
  readonly handledKept?: number;
  /** Shared by all messages of this process. */
  readonly rounds: Rounds;
  /** Answers what a step needs. Default: nothing can be asked. */
  readonly desk?: AnswerDesk;
  /** Takes a question for the operator. Never rejects. */
  readonly keep?: (kept: Kept, now: number) => void;
}

/** What one round of a message came to. */
export interface Handled {
  readonly outgoing: readonly Outgoing[];
  /** Replies that this write has taken out of the outbox: those reported, and those deleted. */
  readonly noted: readonly string[];
  /** The person has had everything deleted. */
  readonly forgotten?: boolean;
  readonly kept?: Kept;
  /** Nothing was done: this has to be known first, or another message has to go first. */
  readonly needs?: DeskCall;
  readonly wait?: Promise<void>;
}

/** One message on its way through as many rounds as it needs. */
export interface Message {
  readonly inbound: Inbound;
  readonly newId: string;
  readonly now: number;
  round?: Round;
}
