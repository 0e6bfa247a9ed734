import type { Reply } from '../dialogue/reply.ts';
import type { ReachLimits } from '../outreach/reach-plan.ts';
import type { OpenWindow } from '../outreach/reach-window.ts';
import type { Outgoing } from './ports.ts';

/** The ports of the way out: from the durable outbox through a channel to the people. */

/**
 * What became of one attempt to hand a reply to a platform, as far as it can be known. `partsSent` counts all parts of
 * the reply that are shown, those of earlier attempts included; an ambiguous part is not among them.
 */
export type Sent =
  | { readonly kind: 'sent' }
  /**
   * Not accepted; may be tried again, not before `afterMs` (absent: after the usual backoff). A limit of the whole
   * account has the scope `channel`: nothing at all may be sent before.
   */
  | {
      readonly kind: 'later';
      readonly scope: 'chat' | 'channel';
      readonly afterMs?: number;
      readonly partsSent?: number;
    }
  /** Nothing can be sent to this chat any more, until it writes again. */
  | { readonly kind: 'unreachable'; readonly reason: 'blocked' | 'deactivated' | 'unknown-chat' | 'window-closed' }
  /** The platform will never take this reply; others may go through. `reason` holds no words of the reply. */
  | { readonly kind: 'refused'; readonly reason: string; readonly partsSent?: number }
  /** The request left and no answer came: perhaps it is shown, perhaps not. */
  | { readonly kind: 'ambiguous'; readonly partsSent?: number };

/** Whether something unasked may leave: now, not before an instant (UTC ms), or not at all, for nobody can be told. */
export type Leave = true | { readonly notBefore: number } | { readonly unreachable: 'window-closed' };

/** What bounds what an account may say unasked. All of it rejects with the error of a store. */
export interface Account {
  readonly limits: ReachLimits;
  /** Messages that count for today (Beijing) already. */
  usedToday(): Promise<number>;
  /** Where the account may write only for some time after somebody did: the window that is open for them now. */
  windowOf(chat: string): Promise<OpenWindow | undefined>;
  /** Platform messages that a reply takes. */
  messagesOf(reply: Reply): number;
  /** Asked right before something unasked of so many messages is marked as leaving. Takes nothing. */
  mayLeave(chat: string, messages: number): Promise<Leave>;
}

/** The way out to the people of one platform account: what a channel gives the dispatcher. */
export interface Sender {
  /** Prefix of its chats, without the colon. */
  readonly channel: string;
  /** Absent: the platform bounds neither how many a day are written to nor when. */
  readonly account?: Account;
  /**
   * Hands one reply over, all its parts, beginning with part `fromPart` (0 unless an earlier attempt got further).
   * Never rejects and never retries by itself. `chat` is the key of the chat's document; `unasked`: nobody waits for it.
   */
  send(chat: string, reply: Reply, fromPart: number, unasked?: boolean): Promise<Sent>;
  /**
   * How many of the platform's messages the reply takes, from its first part; absent: one. Pacing counts them all, so
   * that a reply in three parts leaves only when three may leave.
   */
  parts?(reply: Reply): number;
}

/** What the way out has done since the start and what still waits, without a word of any message. */
export interface DispatchFigures {
  /** Chats with something to send that this process has in its hands; the store may hold more (`more`). */
  readonly queued: number;
  readonly more: boolean;
  /** Age (ms) of the oldest reply that somebody waits for, and of the oldest entry of any kind, as last looked at. */
  readonly oldestReplyAgeMs: number;
  readonly oldestAgeMs: number;
  readonly sent: number;
  /** Closed without being shown: unreachable, refused, given up. */
  readonly failed: number;
  readonly ambiguous: number;
  /** Attempts the platform wanted later. */
  readonly retries429: number;
}

/** What a channel that can write at any time hands its replies to. */
export interface Dispatcher {
  /** Opens the way out of a channel: what was left undelivered for its chats is taken up at once. */
  attach(sender: Sender): void;
  /** Sends the replies to a message that was just handled, in their order; they overtake everything unasked. */
  deliver(chat: string, outgoing: readonly Outgoing[]): void;
  /** Something unasked was put into outboxes: looks at the store now instead of at the next turn. */
  nudge(): void;
  figures(): DispatchFigures;
  /** Stops sending; resolves when what is under way has ended and is noted. What is left stays in the store. */
  stop(): Promise<void>;
}
