import type { Reply } from '../../dialogue/reply.ts';

/** What an entry of the outbox is: the answer to a message, or something nobody asked for at that moment. */
export type EntryKind = 'reply' | 'reminder' | 'broadcast';

/** A reply that no channel has reported as handed over. */
export interface OutboxEntry {
  readonly id: string;
  readonly reply: Reply;
  /** The message it answers. */
  readonly messageId?: string;
  /** UTC instant (ms) at which it was put here. */
  readonly at: number;
  /** Absent: a reply. */
  readonly kind?: EntryKind;
  /** What an unasked entry comes from: unique in its chat, `lead:<deadline>/<lead>` or `broadcast:<id>`. */
  readonly source?: string;
  /** Attempts that count towards giving up. */
  readonly tries?: number;
  /** UTC instant (ms) before which it is not tried. */
  readonly notBefore?: number;
  /** Parts that are shown already. */
  readonly part?: number;
  /** Set durably before an unasked entry leaves: found after a crash, it may have been shown. */
  readonly sending?: true;
  /** It is sent, or was sent, once more although it may have been shown before. */
  readonly repeat?: true;
}

/** An entry that nobody asked for. */
export interface UnaskedEntry extends OutboxEntry {
  readonly kind: 'reminder' | 'broadcast';
  readonly source: string;
}

/** How an unasked entry ended. Only after `sent` and `ambiguous` it may have been seen. */
export type Outcome = 'sent' | 'ambiguous' | 'unreachable' | 'refused' | 'gave-up' | 'cancelled';

/** What became of an unasked entry; the source is not sent to this chat again. */
export interface LedgerEntry {
  readonly source: string;
  /** UTC instant (ms). */
  readonly at: number;
  readonly outcome: Outcome;
  /** It may have been shown more than once: a crash fell between showing it and noting that. */
  readonly repeated?: true;
}

/** Why nothing can be sent to a chat until it writes again. */
export type UnreachableReason = 'blocked' | 'deactivated' | 'unknown-chat' | 'window-closed';

/** Kept while nothing can be sent to a chat. */
export interface Reach {
  readonly state: 'unreachable';
  readonly reason: UnreachableReason;
  /** UTC instant (ms). */
  readonly at: number;
}

/** The part of a chat's document that sending is about. */
export interface Mailbox {
  readonly outbox: readonly OutboxEntry[];
  /** Absent: nothing unasked was ever closed. The newest at the end. */
  readonly ledger?: readonly LedgerEntry[];
  /** Absent: as far as is known, the chat can be reached. */
  readonly reach?: Reach;
}
