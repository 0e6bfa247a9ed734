import type { FreeFile } from '../../policy/programme.ts';
import { distanceTo } from '../../understanding/question/index.ts';
import { has, type Asked } from './asked.ts';
import { inOneYear, namedDates, outcomeOf, type NamedDate } from './dates.ts';
import { roleOf } from './roles.ts';
import type { Candidate, DateOutcome } from './said.ts';

/** 去年12月开的票行吗: whether a date lies in the period that counts, and what other dates are worth. */

const NAMED = 0.9;
const ASKED = 0.78;
const BARE = 0.7;
const OTHER = 0.58;
/** With more than this beside the date, the message is about something else. */
const MUCH = 8;
/** What may be left of a message that says a date and nothing else. */
const LEFT = 5;
/** How far a word of handing in may stand from its day; 之前 stands between them. */
const BESIDE = 2;
const BEFORE_IT = 4;

type Setup = NonNullable<FreeFile['period']>;

/** The period's answer, when the message has a date of that kind. */
export function periodCandidate(asked: Asked): Candidate | undefined {
  const setup = asked.guide.files.free.period;
  if (!setup) return undefined;
  const { message, guide, cues } = asked;
  const dates = inOneYear(message.text, namedDates(message.text, asked.today));
  if (dates.length === 0) return undefined;
  const { counted, others, named } = sorted(asked, setup, dates);
  if (has(asked, setup.never) || (!named && has(asked, setup.unless))) return undefined;
  const handing =
    has(asked, cues.still) ||
    has(asked, cues.deadline) ||
    has(asked, cues.time_left) ||
    has(asked, cues.weekday) ||
    nearHandIn(asked, counted);
  const strength = named
    ? NAMED
    : counted.length > 0 && !handing && has(asked, cues.date_asked) && left(asked, dates) <= MUCH
      ? ASKED
      : counted.length > 0 && !handing && left(asked, dates) <= LEFT
        ? BARE
        : 0;
  if (strength === 0) {
    const [other] = others;
    const rule = other === undefined || counted.length > 0 ? undefined : setup.others[other];
    return rule && { said: { kind: 'plain', says: rule.says, clause: rule.clause }, guide, strength: OTHER };
  }
  const entry = guide.files.timeline.entries.find((one) => one.id === setup.entry);
  if (entry?.from === undefined || entry.to === undefined)
    return { said: { kind: 'plain', says: setup.says, clause: setup.clause }, guide, strength };
  const period = { from: entry.from, to: entry.to, clause: entry.clause };
  const outcomes = counted.slice(0, 3).flatMap((date): DateOutcome[] => {
    const one = { from: date.from, to: date.to, whole: date.whole, outcome: outcomeOf(date, period) };
    const also = date.also && { ...date.also, whole: date.whole, outcome: outcomeOf(date.also, period) };
    return also && also.outcome !== one.outcome ? [one, also] : [one];
  });
  return { said: { kind: 'period', what: setup.what, period, dates: outcomes, says: setup.says }, guide, strength };
}

/** The dates that count, and which rules the others fall under; a date without words is one of those named before it. */
function sorted(asked: Asked, setup: Setup, dates: readonly NamedDate[]) {
  const { text } = asked.message;
  const lists: Record<string, readonly string[]> = { own: [...setup.near, ...asked.cues.invoice_date] };
  setup.others.forEach((other, at) => (lists[String(at)] = other.near));
  const named: NamedDate[] = [];
  const plain: NamedDate[] = [];
  const others = new Set<number>();
  let before: string | undefined;
  dates.forEach((date, at) => {
    const kind =
      roleOf(text, date.span, [dates[at - 1]?.span[1] ?? 0, dates[at + 1]?.span[0] ?? text.length], lists) ?? before;
    before = kind;
    if (kind === 'own') named.push(date);
    else if (kind !== undefined) others.add(Number(kind));
    else if (/[\d年月]/.test(text.slice(date.span[0], date.span[1]))) plain.push(date);
  });
  // One that came before its words: 25年6月、9月的票.
  const counted = named.length > 0 && others.size === 0 ? [...plain, ...named] : named.length > 0 ? named : plain;
  return { counted, others, named: named.length > 0 };
}

/** A day on which something is handed in is no invoice date. */
function nearHandIn(asked: Asked, dates: readonly NamedDate[]): boolean {
  return dates.some((date) => {
    const distance = distanceTo(asked.message.text, date.span, asked.cues.hand_in);
    return distance !== undefined && distance < (date.whole === 'before' ? BEFORE_IT : BESIDE);
  });
}

/** How many characters stand beside the dates and the words that ask. */
function left(asked: Asked, dates: readonly NamedDate[]): number {
  let rest = asked.message.text;
  for (const { span } of [...dates].reverse()) rest = rest.slice(0, span[0]) + rest.slice(span[1]);
  for (const word of asked.cues.date_asked) rest = rest.replaceAll(word, '');
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length;
}
