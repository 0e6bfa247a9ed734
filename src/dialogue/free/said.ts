import type { CivilDate, Contact, Fen, SizeIndicator } from '../../policy/index.ts';
import type { WrittenAnswer } from '../../policy/programme.ts';
import type { Guide } from '../guide.ts';

/** What is said to a free question, before it has words. */

/** Whom to ask: offices of the directory, and whether the city has to be known for the right one. */
export interface Offices {
  readonly entries: readonly Contact[];
  readonly cityMissing: boolean;
}

/** One figure of an estimate, under one reading of who the applicant is. */
export interface Figure {
  readonly label: string;
  readonly amount: Fen;
  /** What the rate alone would give. */
  readonly uncapped: Fen;
  /** Percent as text: 50. */
  readonly percent: string;
  readonly cap: { readonly label: string; readonly clause: string } | undefined;
  readonly clause: string;
  /** How the figure is shared, when the text says so. */
  readonly shares: { readonly provincial: Fen; readonly municipal: Fen; readonly label: string } | undefined;
}

/** How a day or a stretch of days stands to a period. */
export interface DateOutcome {
  /** Both ends belong to it; a day has both ends the same. Open ends are far away. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly whole: 'day' | 'month' | 'year' | 'period' | 'before' | 'after';
  readonly outcome: 'inside' | 'outside' | 'partly';
}

export interface DatedEntry {
  readonly label: string;
  readonly clause: string;
  /** UTC instant (ms). */
  readonly at: number;
  readonly date: CivilDate;
  /** hh:mm in Beijing; empty at the end of a day. */
  readonly time: string;
}

/** A date that was named in a question about the deadline. */
export interface AskedDate {
  readonly date: CivilDate;
  /** hh:mm, when a time of day was named. */
  readonly time: string | undefined;
  readonly is: 'deadline' | 'before' | 'after' | 'late_that_day' | 'of_others';
  /** Whose date it is, when it is another one of the text. */
  readonly other: DatedEntry | undefined;
  /** The message asks whether this is the deadline, not whether it can be met. */
  readonly claimed: boolean;
  /** No word of handing in stands beside it. */
  readonly unsaid?: true;
}

export type Said =
  | { readonly kind: 'written'; readonly answer: WrittenAnswer; readonly offices: Offices }
  /** `help`: says what can be asked; a question that is open says it better. */
  | { readonly kind: 'talk'; readonly says: string; readonly offices: Offices; readonly help?: true }
  | {
      readonly kind: 'contact';
      readonly entries: readonly Contact[];
      readonly noPhone: string | undefined;
      /** The city, when the message was nothing but its name. */
      readonly bareCity?: string;
    }
  | { readonly kind: 'which_city'; readonly name: string; readonly cities: readonly string[] }
  | { readonly kind: 'outside'; readonly name: string }
  | { readonly kind: 'ask_city' }
  | {
      readonly kind: 'estimate';
      readonly paid: Fen;
      readonly received: Fen;
      readonly rough: boolean;
      /** The amount is what reviewers accepted. */
      readonly recognised: boolean;
      readonly figures: readonly Figure[];
      /** What somebody reckons it to be. */
      readonly claimed?: Fen;
      /** An amount that does not count, and why. */
      readonly left: { readonly amount: Fen; readonly why: string; readonly clause: string } | undefined;
      readonly says: string;
    }
  | { readonly kind: 'inverse'; readonly figures: readonly Inverse[] }
  | { readonly kind: 'room'; readonly received: Fen; readonly figures: readonly Figure[] }
  | { readonly kind: 'plain'; readonly says: string; readonly clause: string }
  | {
      readonly kind: 'period';
      readonly what: string;
      readonly period: { readonly from: CivilDate; readonly to: CivilDate; readonly clause: string };
      readonly dates: readonly DateOutcome[];
      readonly says: string;
    }
  | {
      readonly kind: 'deadline';
      readonly entry: DatedEntry;
      readonly closed: boolean;
      readonly state: string;
      readonly today: CivilDate;
      readonly asked: AskedDate | undefined;
      readonly says: string | undefined;
      readonly offices: Offices;
    }
  | {
      readonly kind: 'weekday';
      readonly date: CivilDate;
      readonly weekday: number;
      /** Undefined where the year's holidays are not published. */
      readonly working: boolean | undefined;
      readonly holiday: string | undefined;
      readonly office: string | undefined;
      readonly clause: string | undefined;
    }
  | SizeSaid
  | { readonly kind: 'passage'; readonly clause: string; readonly text: string; readonly offices: Offices }
  | { readonly kind: 'unknown'; readonly offices: Offices };

export interface Inverse {
  readonly label: string;
  readonly percent: string;
  /** What is had for it. */
  readonly goal: Fen;
  readonly spend: Fen;
  readonly clause: string;
  /** The wish lies above this cap. */
  readonly cap: { readonly label: string; readonly clause: string } | undefined;
}

export interface SizeSaid {
  readonly kind: 'size';
  readonly industry: string | undefined;
  /** Undefined while figures are missing. */
  readonly size: string | undefined;
  /** The most it can be, while figures are missing. */
  readonly atMost: string | undefined;
  /** What it can be while the industry is not known, the smallest first. */
  readonly span: readonly string[];
  readonly claimed: string | undefined;
  readonly missing: readonly SizeIndicator[];
  readonly document: string;
  readonly clause: string;
  readonly means: string;
}

/** Something to say, the programme it belongs to, and how surely it was meant (0..1). */
export interface Candidate {
  readonly said: Said;
  readonly guide: Guide | undefined;
  readonly strength: number;
  /** The answer does not depend on the programme. */
  readonly common?: true;
}
