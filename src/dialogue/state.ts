import type { Facts, Scalar } from '../policy/index.ts';
import type { StaffDraft } from './staff/draft.ts';

/**
 * What is kept of a chat. Facts and positions are apart: when questions change in a new release, the facts stay and
 * the place in the interview is found again.
 */
export interface ChatState {
  readonly v: 1;
  /** The programme of this chat; absent until it is chosen. */
  readonly programme?: string;
  readonly enterprises: readonly Enterprise[];
  /** Index into `enterprises`. */
  readonly current: number;
  /** Consent to reminders. */
  readonly remind: boolean;
  /** What was asked for and agreed to, or not; absent: not asked. */
  readonly consents?: { readonly remind?: Consent; readonly share?: Consent };
  /** UTC instant (ms) since which nothing unasked may be said; absent: nobody asked for that. */
  readonly stopped?: number;
  /** Reminders the person has set themselves, in the order they were set. */
  readonly own?: readonly OwnReminder[];
  /** What bureau staff are writing. */
  readonly staff?: StaffDraft;
  /** What a bare answer outside an interview belongs to. */
  readonly expecting?: Expecting;
  /** The interview to begin once the programme is chosen. */
  readonly after?: Interview['flow'];
  /** The last free question: judged by a button, or waiting for a programme to be chosen. */
  readonly free?: { readonly question: string; readonly answer?: string; readonly open?: true };
  /** The programme of the last answer, while none is chosen: what is asked next is about it as well. */
  readonly topic?: string;
  /** Papers still open in the list that was shown last, by its numbers. */
  readonly papers?: readonly string[];
  /** Buttons of the last reply that was no question: their number or words may be typed. */
  readonly offered?: readonly { readonly id: string; readonly label: string }[];
}

/** After how many days without a message a chat is removed, and one that agreed to be reminded or seen. */
export interface ChatRetention {
  readonly days: number;
  readonly agreed_days: number;
}

export type Expecting = 'forget' | 'enterprise' | 'city' | 'documents' | 'remind' | 'share';

/** A question about a person's agreement, and the answer. */
export interface Consent {
  /** Absent: asked, not answered. */
  readonly given?: boolean;
  /** UTC instant (ms) of the answer, or of the question while there is none. */
  readonly at: number;
  /** The words that were agreed to. */
  readonly wording: string;
}

export interface OwnReminder {
  /** Unique in the chat. */
  readonly id: string;
  /** UTC instant (ms). */
  readonly at: number;
  readonly text: string;
}

export interface Enterprise {
  readonly id: string;
  readonly name?: string;
  readonly city?: string;
  readonly dossiers: Readonly<Record<string, Dossier>>;
}

export interface Dossier {
  readonly facts: Facts;
  readonly interview?: Interview | undefined;
  readonly progress?: string;
  /** What the office said of the papers, last. */
  readonly marked?: { readonly mark: 'received' | 'returned'; readonly at: number; readonly lacks?: string };
}

/** Where a question stands: found again from the data, never trusted blindly. */
export type StepRef =
  | { readonly kind: 'bundle'; readonly id: string; readonly part?: number; readonly service?: number }
  /** `unsure`: which items of a multiple choice the person does not know. */
  | { readonly kind: 'question'; readonly fact: string; readonly service?: number; readonly unsure?: true }
  | { readonly kind: 'more'; readonly service: number };

/** A fact as it was before an answer; `undefined` is kept as absent in JSON. */
export interface Before {
  readonly path: string;
  readonly value?: Scalar;
}

export interface Answered {
  readonly step: StepRef;
  /** The paths this answer gave, with what stood there before. */
  readonly before: readonly Before[];
  /** A bundle that was opened by this answer. */
  readonly opened?: string;
}

export interface Interview {
  readonly flow: 'eligibility' | 'estimate';
  readonly asked: readonly Answered[];
  readonly opened: readonly string[];
  /** Answers to "any other services?", by service. */
  readonly more: readonly ('yes' | 'no')[];
  /** Absent or undefined: nothing is asked. */
  readonly pending?: StepRef | undefined;
  /** Index of the answer that is being changed. */
  readonly editing?: number;
  /** Readings between which the person has to choose. */
  readonly confirm?: readonly { readonly value: Scalar; readonly label: string }[];
  /** How often the pending question was not answered. */
  readonly misses: number;
  readonly done: boolean;
  /** How many messages beside the pending list of conditions were answered since it was shown in full. */
  readonly beside?: number;
  /** What was noted from a free sentence, to be taken back with one word. */
  readonly noted?: { readonly at: number; readonly before: readonly Before[] };
  /** The side question about the company's size. */
  readonly size?: SizeAside;
}

export interface SizeAside {
  readonly industry?: string;
  readonly employees?: number;
  readonly revenue?: number;
  readonly assets?: number;
}

export const NEW_INTERVIEW: Interview = {
  flow: 'eligibility',
  asked: [],
  opened: [],
  more: [],
  pending: undefined,
  misses: 0,
  done: false,
};

export const NEW_CHAT: ChatState = { v: 1, enterprises: [], current: 0, remind: false };
