import type { PlaceIndex } from '../../understanding/index.ts';
import {
  buildLexicon,
  indexAsks,
  type AskIndex,
  type Askable,
  type Lexicon,
  type Words,
} from '../../understanding/question/index.ts';
import type { WrittenAnswer } from '../../policy/programme.ts';
import type { Guide } from '../guide.ts';
import type { AmountRole } from './roles.ts';

/** What is known for answering free questions; the parts are made when first needed, because a start needs none. */

/** Words of data/lexicon/cues.yaml. */
export interface Cues {
  readonly contact: readonly string[];
  readonly telephone: readonly string[];
  readonly around: readonly string[];
  readonly estimate: readonly string[];
  readonly spent: readonly string[];
  readonly amounts: Readonly<Record<AmountRole, readonly string[]>>;
  /** Right before an amount: a subsidy that somebody reckons with. */
  readonly expected: readonly string[];
  readonly subsidy: readonly string[];
  readonly taken: readonly string[];
  /** Services that are bought. */
  readonly bought: readonly string[];
  readonly already: readonly string[];
  readonly other_year: readonly string[];
  readonly quantity: readonly string[];
  /** As much as can be had. */
  readonly full: readonly string[];
  /** Asks how much of the cap is left. */
  readonly room: readonly string[];
  readonly total: readonly string[];
  readonly inverse: readonly string[];
  readonly deadline: readonly string[];
  readonly still: readonly string[];
  readonly time_left: readonly string[];
  readonly hand_in: readonly string[];
  readonly hearsay: readonly string[];
  readonly weekday: readonly string[];
  /** Asks which of several amounts counts. */
  readonly which_sum: readonly string[];
  /** What is said of the firm that applies. */
  readonly firm: readonly string[];
  /** A firm by its name alone, words that ask whether it may have the voucher, and what may stand around them. */
  readonly company: readonly string[];
  readonly may: readonly string[];
  readonly may_around: readonly string[];
  /** Where a firm is registered, and that it moves. */
  readonly registered: readonly string[];
  readonly moves: readonly string[];
  /** How long a certificate holds. */
  readonly expiry: readonly string[];
  /** Holds one programme against another. */
  readonly compare: readonly string[];
  readonly last_day: readonly string[];
  /** Asks when somebody is there. */
  readonly opening: readonly string[];
  readonly invoice_date: readonly string[];
  readonly date_asked: readonly string[];
  readonly size: readonly string[];
  readonly revenue: readonly string[];
  readonly assets: readonly string[];
  readonly provider_before: readonly string[];
  readonly provider_after: readonly string[];
  readonly voucher_of: readonly string[];
  readonly sizes?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Something said to messages that ask nothing of a programme. */
export interface Talk extends Askable {
  readonly id: string;
  readonly kind: string;
  readonly says: string;
  readonly does?: 'human' | 'unsubscribe' | 'help' | 'start' | undefined;
  readonly priority?: 'high' | undefined;
}

/** Public holidays: see data/lexicon/calendar.yaml. */
export interface Calendar {
  readonly published_years: readonly number[];
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly workdays: readonly string[];
  readonly festivals: readonly {
    readonly says: readonly string[];
    readonly day?: string | undefined;
    readonly days?: Readonly<Record<string, string>> | undefined;
  }[];
}

/** The data behind the knowledge. */
export interface Sources {
  readonly words: Words;
  readonly cues: Cues;
  readonly talk: { readonly talk: readonly Talk[] };
  readonly calendar: Calendar;
  readonly notices: Readonly<Record<string, string>>;
}

export interface Knowledge {
  readonly lexicon: Lexicon;
  readonly cues: Cues;
  readonly calendar: Calendar;
  readonly talk: AskIndex<Talk>;
  readonly answers: (guide: Guide) => AskIndex<WrittenAnswer>;
  readonly notice: (guide: Guide) => string;
}

/** Makes the knowledge of the sources. */
export function buildKnowledge(sources: Sources): Knowledge {
  let lexicon: Lexicon | undefined;
  let talk: AskIndex<Talk> | undefined;
  const answers = new Map<string, AskIndex<WrittenAnswer>>();
  return {
    get lexicon() {
      lexicon ??= buildLexicon(sources.words);
      return lexicon;
    },
    cues: sources.cues,
    calendar: sources.calendar,
    get talk() {
      talk ??= indexAsks(sources.talk.talk, this.lexicon);
      return talk;
    },
    answers(guide) {
      const { id } = guide.files.programme;
      const known = answers.get(id) ?? indexAsks(guide.files.answers.answers, this.lexicon);
      answers.set(id, known);
      return known;
    },
    notice: (guide) => sources.notices[guide.files.programme.id] ?? '',
  };
}

export type { PlaceIndex };
