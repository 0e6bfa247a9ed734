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
}

/** The words of an interview that belong to no programme. */
export interface AskWords {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly none: string;
  /** Which items of a list are not known. */
  readonly unsure: string;
  readonly allUnknown: string;
  readonly noneUnsure: string;
  readonly more: string;
  readonly moreWhy: string;
  readonly moreYes: string;
  readonly moreNo: string;
  readonly service: (n: number, name: string | undefined) => string;
  readonly sameService: string;
}
