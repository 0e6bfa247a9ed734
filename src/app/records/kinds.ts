import type { Audience } from '../../dialogue/staff/audience.ts';

/** What the store keeps besides chats, each kind under keys that begin with `@`. Instants are UTC ms. */

/** Where somebody is staff: a city, or all cities of a programme. */
export interface Post {
  readonly programme: string;
  /** Absent: the province. */
  readonly city?: string;
}

/** A code that makes a chat staff, under the hash of the code: the code itself is kept nowhere. */
export interface InviteRecord {
  readonly record: 'invite';
  readonly v: 1;
  readonly post: Post;
  readonly at: number;
  readonly expires: number;
  readonly used?: { readonly chat: string; readonly at: number };
  /** Not to be used any more although nobody did: it was shown to others. */
  readonly void?: true;
}

/** A chat that is staff, under the key of the chat. Revoked ones stay, so that the audit log can be read. */
export interface StaffRecord {
  readonly record: 'staff';
  readonly v: 1;
  readonly chat: string;
  readonly post: Post;
  readonly at: number;
  /** Key of the invitation. */
  readonly invite: string;
  readonly revoked?: number;
}

export interface Recipient {
  readonly chat: string;
  readonly enterprise: string;
  /** Which of several of the same chat, from 2. */
  readonly nth?: number;
}

/** Where a broadcast stands; whether it may leave also depends on time and approval. */
export type BroadcastState = 'open' | 'paused' | 'cancelled' | 'withdrawn' | 'done';

export interface Totals {
  readonly sent: number;
  readonly failed: number;
  readonly ambiguous: number;
  readonly unsubscribed: number;
  readonly unreachable: number;
  readonly cancelled: number;
  readonly waiting: number;
}

/** A broadcast. Its frozen audience lies in pages. */
export interface BroadcastRecord {
  readonly record: 'broadcast';
  readonly v: 1;
  readonly id: string;
  /** Chat of the officer. */
  readonly by: string;
  readonly post: Post;
  readonly audience: Audience;
  readonly text: string;
  /** Over text, audience and recipients: what an approval is for. */
  readonly hash: string;
  readonly count: number;
  readonly pages: number;
  readonly at: number;
  readonly undoUntil: number;
  /** Not before; absent: at once. */
  readonly startsAt?: number;
  readonly needsApproval: boolean;
  readonly approved?: { readonly by: string; readonly at: number; readonly hash: string };
  readonly state: BroadcastState;
  /** Why it stands still or ended, when nobody asked for that. */
  readonly stopped?: 'revoked' | 'hash';
  /** Since when something of it may be in outboxes: from then on it can be cancelled, not taken back. */
  readonly begun?: number;
  /** Pages that are in the outboxes. */
  readonly expanded: number;
  readonly totals?: Totals;
}

export interface PageRecord {
  readonly record: 'page';
  readonly v: 1;
  readonly recipients: readonly Recipient[];
}

export interface RosterRow {
  readonly name: string;
  readonly city: string;
  readonly contact?: string;
  readonly phone?: string;
}

/** The firms that an office knows of, most of which have never spoken to the assistant. */
export interface RosterRecord {
  readonly record: 'roster';
  readonly v: 1;
  readonly at: number;
  readonly rows: readonly RosterRow[];
}

/** Who did what, when, and what came of it: no words of a message and no numbers. */
export interface AuditRecord {
  readonly record: 'audit';
  readonly v: 1;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly on?: string;
  readonly result: string;
}

/** A free question without an answer, without names and numbers. */
export interface QuestionRecord {
  readonly record: 'question';
  readonly v: 1;
  readonly at: number;
  readonly question: string;
  readonly answer?: string;
  readonly why: 'unanswered' | 'bad';
}

/** The instants of wrong codes, the newest at the end. */
export interface LimitRecord {
  readonly record: 'limit';
  readonly v: 1;
  readonly misses: readonly number[];
}

export interface RecordKinds {
  readonly invite: InviteRecord;
  readonly staff: StaffRecord;
  readonly broadcast: BroadcastRecord;
  readonly page: PageRecord;
  readonly roster: RosterRecord;
  readonly audit: AuditRecord;
  readonly question: QuestionRecord;
  readonly limit: LimitRecord;
}

export type RecordKind = keyof RecordKinds;
export type RecordDoc = RecordKinds[RecordKind];
