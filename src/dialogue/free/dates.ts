import { addDays, addMonths, daysBetween, type CivilDate } from '../../policy/index.ts';
import { findDates } from '../../understanding/index.ts';
import type { DateOutcome } from './said.ts';

/** Dates of a question, as stretches of days. */
export interface NamedDate {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly whole: DateOutcome['whole'];
  /** Where it stands in the text. */
  readonly span: readonly [number, number];
  /** Another year that may be meant as well: the coming one, when it is near. */
  readonly also: { readonly from: CivilDate; readonly to: CivilDate } | undefined;
}

/** Open ends of 之前 and 之后. */
const EVER: readonly [CivilDate, CivilDate] = ['1900-01-01', '2199-12-31'];
const BOUND_BEFORE = /^ ?(?:之|以)?前(?!天|日)/;
const BOUND_AFTER = /^ ?(?:之|以)?后(?!天|日)/;
/** A date without a year that lies this near may be the coming one as well (days). */
const NEAR = 45;
const HAS_YEAR =
  /\d{4}|\d\d[./-]\d{1,2}[./-]\d|\d\d年|[去今前明本]年|[二〇零一三四五六七八九]{2,4}年|昨|今|前天|上个?月|上周/;

/** The dates named in a text; a date without a year is taken as past, with the coming one when that is near. */
export function namedDates(text: string, today: CivilDate): NamedDate[] {
  return findDates(text, today, { prefer: 'past' }).flatMap(({ reading, span }): NamedDate[] => {
    if (reading.kind === 'rejected' || reading.kind === 'none') return [];
    const after = text.slice(span[1]);
    const said = /开的|的票|开了/.test(after) && HAS_YEAR.test(text.slice(span[0], span[1]));
    if (reading.kind === 'read' || reading.kind === 'doubtful') {
      const day = reading.kind === 'read' ? reading.value : reading.options[0]?.value;
      if (day === undefined) return [];
      if (BOUND_BEFORE.test(after))
        return [
          {
            from: startOf(said, day),
            to: addDays(day, -1),
            whole: 'before',
            span,
            also: before(text, day, span, today),
          },
        ];
      if (BOUND_AFTER.test(after))
        return [{ from: addDays(day, 1), to: endOf(said, day, today), whole: 'after', span, also: undefined }];
      return [{ from: day, to: day, whole: 'day', span, also: coming(text, day, day, span, today) }];
    }
    const { from, to, kind } = reading;
    if (BOUND_BEFORE.test(after))
      return [{ from: EVER[0], to: addDays(from, -1), whole: 'before', span, also: undefined }];
    if (BOUND_AFTER.test(after)) return [{ from: addDays(to, 1), to: EVER[1], whole: 'after', span, also: undefined }];
    return [{ from, to, whole: kind, span, also: kind === 'month' ? coming(text, from, to, span, today) : undefined }];
  });
}

/** What has been issued was issued by today: 去年国庆后开的 has an end, 今年春节前开的 a beginning. */
function endOf(issued: boolean, day: CivilDate, today: CivilDate): CivilDate {
  return issued && day < today ? today : EVER[1];
}

function startOf(issued: boolean, day: CivilDate): CivilDate {
  return issued ? `${day.slice(0, 4)}-01-01` : EVER[0];
}

/** 6月30号前: before the coming one, when that is near. */
function before(text: string, day: CivilDate, span: NamedDate['span'], today: CivilDate): NamedDate['also'] {
  const next = coming(text, day, day, span, today);
  return next && { from: EVER[0], to: addDays(next.to, -1) };
}

function coming(
  text: string,
  from: CivilDate,
  to: CivilDate,
  [start, end]: readonly [number, number],
  today: CivilDate,
): NamedDate['also'] {
  if (HAS_YEAR.test(text.slice(Math.max(0, start - 1), end))) return undefined;
  const next = addMonths(from, 12);
  if (from > today || daysBetween(today, next) > NEAR || daysBetween(today, next) <= 0) return undefined;
  return { from: next, to: from === to ? next : addMonths(to, 12) };
}

/** How a stretch of days stands to a period; both ends of both belong to them. */
export function outcomeOf(
  date: { readonly from: CivilDate; readonly to: CivilDate },
  period: { readonly from: CivilDate; readonly to: CivilDate },
): DateOutcome['outcome'] {
  if (date.to < period.from || date.from > period.to) return 'outside';
  return date.from >= period.from && date.to <= period.to ? 'inside' : 'partly';
}

/** 七月三号开的 今年的: a year said apart belongs to the dates that have none. */
export function inOneYear(text: string, dates: readonly NamedDate[]): NamedDate[] {
  const year = dates.find((one) => one.whole === 'year');
  const rest = dates.filter((one) => one !== year);
  if (!year || rest.length === 0) return [...dates];
  const bare = rest.every((one) => !HAS_YEAR.test(text.slice(Math.max(0, one.span[0] - 1), one.span[1])));
  if (!bare) return [...dates];
  const inYear = (date: CivilDate): CivilDate => `${year.from.slice(0, 4)}${date.slice(4)}`;
  return rest.map((one) =>
    one.whole === 'day' || one.whole === 'month'
      ? { ...one, from: inYear(one.from), to: inYear(one.to), also: undefined }
      : one,
  );
}
