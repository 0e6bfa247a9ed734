import type { Facts, Scalar } from '../policy/index.ts';

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
  /** What a bare answer outside an interview belongs to. */
  readonly expecting?: Expecting;
  /** The interview to begin once the programme is chosen. */
  readonly after?: Interview['flow'];
  /** Buttons of the last reply that was no question: their number or words may be typed. */
  readonly offered?: readonly { readonly id: string; readonly label: string }[];
}

export type Expecting = 'forget' | 'enterprise' | 'city' | 'documents';

export interface Enterprise {
  readonly id: string;
  readonly name?: string;
  readonly city?: string;
  readonly dossiers: Readonly<Record<string, Dossier>>;
}

export interface Dossier {
  readonly facts: Facts;
  readonly interview?: Interview;
  readonly progress?: string;
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
  readonly pending?: StepRef;
  /** Index of the answer that is being changed. */
  readonly editing?: number;
  /** Readings between which the person has to choose. */
  readonly confirm?: readonly { readonly value: Scalar; readonly label: string }[];
  /** How often the pending question was not answered. */
  readonly misses: number;
  readonly done: boolean;
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
  misses: 0,
  done: false,
};

export const NEW_CHAT: ChatState = { v: 1, enterprises: [], current: 0, remind: false };
