import type { Audience } from '../../dialogue/staff/audience.ts';
import type { Totals } from '../../dialogue/staff/desk.ts';

export type { Totals } from '../../dialogue/staff/desk.ts';

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
  /** Not before this instant: as it was planned for an account that may write only for some time. */
  readonly at?: number;
}

/** Where a broadcast stands; whether it may leave also depends on time and approval. */
export type BroadcastState = 'open' | 'paused' | 'cancelled' | 'withdrawn' | 'done';

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
  /** Firms of the office's list that the message does not go to, to be called: by their names on the list. */
  readonly call?: readonly { readonly city: string; readonly name: string }[];
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

/** What an office of one city has done in time, under `programme/city`. */
export interface OfficeRecord {
  readonly record: 'office';
  readonly v: 1;
  /** Entries of the timeline; `by` is the chat of the officer who said so. */
  readonly done: readonly { readonly entry: string; readonly by: string; readonly at: number }[];
}

/** Who did what, when, and what came of it: no words of a message and no numbers. */
export interface AuditRecord {
  readonly record: 'audit';
  readonly v: 1;
  readonly at: number;
  /** The chat of an officer, or `operator`. */
  readonly who: string;
  readonly what: string;
  /** What it was done to: an id or a city; never a name of a person, a number or words of a message. */
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

/** How far the removal of what is too old has come. */
export interface RetentionRecord {
  readonly record: 'retention';
  readonly v: 1;
  /** When the last run began. */
  readonly at: number;
  /** When it ended; absent while it is under way, or was broken off. */
  readonly done?: number;
  /** Stands for the limits of the last run that went through all chats. */
  readonly limits?: string;
  /** Chats last written to before this were gone through with these limits. */
  readonly through?: number;
  /** The last chat that the run under way has gone through. */
  readonly after?: { readonly touched: number; readonly key: string };
}

export interface RecordKinds {
  readonly invite: InviteRecord;
  readonly staff: StaffRecord;
  readonly broadcast: BroadcastRecord;
  readonly page: PageRecord;
  readonly roster: RosterRecord;
  readonly office: OfficeRecord;
  readonly audit: AuditRecord;
  readonly question: QuestionRecord;
  readonly limit: LimitRecord;
  readonly retention: RetentionRecord;
}

export type RecordKind = keyof RecordKinds;
export type RecordDoc = RecordKinds[RecordKind];
