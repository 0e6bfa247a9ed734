import type { Reply } from '../reply.ts';
import type { Audience } from './audience.ts';

/*
 * What the conversation with bureau staff needs of the world. Rights are checked and noted by whoever answers, at every
 * single call; the conversation only words what came of it. A call that changes something names what it makes by an id
 * from before, so that to make it twice is to make it once.
 */

/** Why something was not done. */
export type Refusal =
  'group' | 'no-role' | 'other-city' | 'not-found' | 'own' | 'too-late' | 'not-now' | 'changed' | 'nobody' | 'faulty';

export type Told<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: Refusal; readonly count?: number };

export type BindOutcome =
  | { readonly kind: 'bound'; readonly office: string }
  | { readonly kind: 'wrong' | 'used' | 'expired' | 'limited' | 'group' };

/** Whom an officer works for. */
export interface Office {
  readonly name: string;
  readonly programme: string;
  readonly cities: readonly string[];
  readonly province: boolean;
}

/** How the firms on an office's own list stand to an audience. */
export interface ListedCount {
  readonly total: number;
  readonly reached: number;
  /** To be called: not here, or not to be written to. */
  readonly call: number;
  /** Seen here, and not meant. */
  readonly other: number;
  /** Not here, so that nobody can say whether they are meant. */
  readonly unknown: number;
}

export interface Counted {
  readonly count: number;
  /** Names, at most three; none for an audience by verdict, where a name would tell the verdict. */
  readonly samples: readonly string[];
  readonly unsubscribed: number;
  /** Absent: the office has no list, or the audience is by verdict. */
  readonly listed?: ListedCount;
}

/** What keeps a text from being sent. */
export interface TextFault {
  readonly placeholder: string;
  /** Absent: there is no such placeholder. */
  readonly lacking?: number;
}

/** How the recipients are reached on a platform that bounds how many a day, or when, an account may write to. */
export interface Forecast {
  /** Prefix of the chats. */
  readonly channel: string;
  readonly today: number;
  /** On later Beijing dates (YYYY-MM-DD), earliest first. */
  readonly later: readonly { readonly date: string; readonly count: number }[];
  /** Out of reach, or not before the platform closes their window. */
  readonly unreachable: number;
}

/** Why somebody has not got a message; `unreachable`: it is not known any more why not. */
export type MissedWhy =
  | ('blocked' | 'deactivated' | 'unknown-chat' | 'window-closed' | 'never-wrote')
  | ('unreachable' | 'failed' | 'ambiguous' | 'unsubscribed');

export interface Preview extends Counted {
  readonly faults: readonly TextFault[];
  /** As a recipient sees it. */
  readonly shown: Reply;
  readonly needsApproval: boolean;
  /** UTC ms at which sending would begin, after the time to take it back. */
  readonly startsAt: number;
  readonly forecasts: readonly Forecast[];
}

/** Where a broadcast stands, in one word. */
export type Stage =
  'approval' | 'undo' | 'scheduled' | 'sending' | 'paused' | 'stopped' | 'cancelled' | 'withdrawn' | 'done';

/** How many recipients ended how. */
export interface Totals {
  readonly sent: number;
  readonly failed: number;
  readonly ambiguous: number;
  readonly unsubscribed: number;
  readonly unreachable: number;
  readonly cancelled: number;
  readonly waiting: number;
}

export interface Standing extends Totals {
  readonly id: string;
  readonly stage: Stage;
  readonly mine: boolean;
  readonly count: number;
  readonly at: number;
  readonly startsAt: number;
  readonly cities: readonly string[];
  /** How many have to be called, and from which on (from 0) they are given here. */
  readonly calls: number;
  readonly callFrom: number;
  /** Whom to call instead, at most some; none for an audience by verdict. */
  readonly call: readonly { readonly name: string; readonly why: MissedWhy; readonly phone?: string }[];
  /** As planned when it was confirmed; told then, and not kept. */
  readonly forecasts?: readonly Forecast[];
}

/** An enterprise as staff may see it, and nothing else. */
export interface Seen {
  readonly name: string;
  readonly city: string;
  readonly progress: string;
  readonly missing: readonly string[];
}

interface Call<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

type Wish = { readonly audience: Audience; readonly text: string; readonly at?: number };

/** What can be asked of the desk, with what it answers. */
export interface DeskCalls {
  readonly bind: Call<{ readonly code: string }, BindOutcome>;
  /** May this chat broadcast? `action` is what is noted. */
  readonly office: Call<{ readonly action: string }, Told<Office>>;
  readonly count: Call<{ readonly audience: Audience }, Told<Counted>>;
  readonly preview: Call<Wish, Told<Preview>>;
  readonly send: Call<Wish & { readonly id: string; readonly count: number }, Told<Standing>>;
  readonly withdraw: Call<{ readonly id: string }, Told<Standing>>;
  readonly list: Call<Record<string, never>, Told<readonly Standing[]>>;
  /** `part`: which part of those to be called, from 1. */
  readonly report: Call<{ readonly id: string; readonly part: number }, Told<Standing>>;
  readonly pause: Call<{ readonly id: string }, Told<Standing>>;
  readonly resume: Call<{ readonly id: string }, Told<Standing>>;
  readonly cancel: Call<{ readonly id: string }, Told<Standing>>;
  readonly review: Call<
    { readonly id: string },
    Told<Preview & { readonly hash: string; readonly cities: readonly string[] }>
  >;
  readonly approve: Call<{ readonly id: string; readonly hash: string }, Told<Standing>>;
  readonly mark: Call<
    { readonly name: string; readonly mark: 'received' | 'returned'; readonly lacks: string; readonly id: string },
    Told<{ readonly name: string; readonly told: number }>
  >;
  /** What the office's own dates ask for is done, or, taken back, is not. */
  readonly forwarded: Call<{ readonly done: boolean }, Told<{ readonly office: string }>>;
  readonly enterprises: Call<Record<string, never>, Told<{ readonly rows: readonly Seen[]; readonly count: number }>>;
}

export type DeskKind = keyof DeskCalls;

/** One call, as it is handed over. */
export type DeskCall = {
  readonly [Kind in DeskKind]: { readonly kind: Kind; readonly input: DeskCalls[Kind]['input'] };
}[DeskKind];

/** Thrown inside a step that needs an answer it does not have yet; the step is run again with it. */
export class NeedsDesk extends Error {
  readonly call: DeskCall;
  constructor(call: DeskCall) {
    super(`the desk has to be asked: ${call.kind}`);
    this.name = 'NeedsDesk';
    this.call = call;
  }
}

/** What surrounds a message: a group or a private chat, and the desk's answers so far. */
export interface Aside {
  readonly group: boolean;
  /** By `callKey`. */
  readonly answers: ReadonlyMap<string, unknown>;
}

export const NO_ASIDE: Aside = { group: false, answers: new Map() };

/** The name of a call among the answers. */
export function callKey({ kind, input }: DeskCall): string {
  return `${kind} ${JSON.stringify(input)}`;
}

/** The answer to a call. @throws NeedsDesk when it is not there yet. */
export function ask<Kind extends DeskKind>(
  aside: Aside,
  kind: Kind,
  input: DeskCalls[Kind]['input'],
): DeskCalls[Kind]['output'] {
  const call = { kind, input } as DeskCall;
  const key = callKey(call);
  if (!aside.answers.has(key)) throw new NeedsDesk(call);
  return aside.answers.get(key) as DeskCalls[Kind]['output'];
}
