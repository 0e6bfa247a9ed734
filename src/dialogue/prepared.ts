import type { Question, Scalar } from '../policy/index.ts';
import type { AskKind } from './reply.ts';
import type { StepRef } from './state.ts';

/** A choice as it is offered, with the values it stores (fen, not yuan). */
export interface Offer {
  readonly id: string;
  readonly label: string;
  readonly says: readonly string[];
  /** Absent on the choice that opens a bundle. */
  readonly gives?: readonly { readonly path: string; readonly value: Scalar }[];
}

/** A question ready to be put: what it asks for, and what can be answered. */
export interface Prepared {
  readonly step: StepRef;
  readonly kind: AskKind;
  readonly paths: readonly string[];
  readonly text: string;
  readonly hint?: string;
  readonly offers: readonly Offer[];
  readonly example?: string;
  readonly why: string;
  /** A date here is stored as an instant: the start of the Beijing day. */
  readonly instant?: boolean;
  readonly question?: Question;
  /** Whether 没有 means nothing was paid or received, as the question says. */
  readonly zeroWords?: boolean;
  /** Words that stand for a known value. */
  readonly shortcuts?: readonly { readonly says: readonly string[]; readonly value: Scalar }[];
}

/** The words of an interview that belong to no programme. */
export interface AskWords {
  readonly yes: string;
  readonly no: string;
  /** Used instead of yes and no where the question contains `havingAsked`. */
  readonly have: string;
  readonly haveNot: string;
  readonly havingAsked: string;
  readonly unknown: string;
  /** In a question for an amount: 没有 is then 0. */
  readonly zeroAsked: string;
  readonly none: string;
  /** Which items of a list are not known. */
  readonly unsure: string;
  readonly allUnknown: string;
  readonly noneUnsure: string;
  /** A list of conditions that was shown before, by its first line and how it is answered. */
  readonly listAgain: (first: string, labels: readonly string[]) => string;
  /** How a total is written. */
  readonly totalExample: string;
  readonly more: string;
  readonly moreWhy: string;
  readonly moreYesSays: readonly string[];
  readonly moreNoSays: readonly string[];
  readonly moreYes: string;
  readonly moreNo: string;
  readonly service: (n: number, name: string | undefined) => string;
  readonly sameService: string;
}
