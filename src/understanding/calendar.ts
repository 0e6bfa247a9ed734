/** Building calendar dates and spans of time out of what was read, and naming what is wrong with them. */
import { addDays, addMonths, isCivilDate } from '../policy/dates.ts';
import type { CivilDate } from '../policy/dates.ts';
import { NONE, doubtful, read, rejected } from './reading.ts';
import type { Option, Reading, Span } from './reading.ts';

/** A stretch of days that was named as a whole: 去年8月, 2025年, 上半年, 二季度. Both ends belong to it. */
export interface Stretch {
  /** `month`: value 2025-08; `year`: 2025; `period`: 2025-H1 or 2025-Q3. */
  readonly kind: 'month' | 'year' | 'period';
  readonly value: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly span: Span;
}

export type DateReading = Reading<CivilDate> | Stretch;

/** Which way a date without a year is resolved; without it, two plausible ones are doubtful. */
export interface DateOptions {
  readonly prefer?: 'past' | 'future';
}

export interface DateContext extends DateOptions {
  readonly today: CivilDate;
  readonly span: Span;
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** Numbers as `YYYY-MM-DD`, whether or not such a day exists. */
export function civil(year: number, month: number, day: number): CivilDate {
  const pad = (n: number, width: number): string => String(n).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** The year of a date. */
export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

/** The month of a date, 1..12. */
export function monthOf(date: CivilDate): number {
  return Number(date.slice(5, 7));
}

/** A date as Chinese text: 2025年7月1日. */
export function sayDate(date: CivilDate): string {
  return `${yearOf(date)}年${monthOf(date)}月${Number(date.slice(8, 10))}日`;
}

/** A date as something to choose. */
export function dateOption(date: CivilDate): Option<CivilDate> {
  return { value: date, label: sayDate(date) };
}

function fault(year: number | undefined, month: number, day: number): string | undefined {
  if (year !== undefined && (year < FIRST_YEAR || year > LAST_YEAR)) return `年份${year}不对，请核对一下。`;
  if (month < 1 || month > 12) return `没有${month}月，月份是1到12，请核对一下。`;
  if (day < 1 || day > 31) return `没有${day}日，请核对一下。`;
  if (year !== undefined && !isCivilDate(civil(year, month, day)))
    return `${year}年${month}月没有${day}日，请核对一下。`;
  // 29 February exists in some year.
  return isCivilDate(civil(2024, month, day)) ? undefined : `${month}月没有${day}日，请核对一下。`;
}

/** A full date, or a sentence about what is wrong with it. */
export function fullDate(year: number, month: number, day: number, span: Span): Reading<CivilDate> {
  const wrong = fault(year, month, day);
  return wrong === undefined ? read(civil(year, month, day), span) : rejected(wrong);
}

/** The past and the coming candidate, resolved by preference; both are shown when nothing decides. */
function resolve(
  past: CivilDate | undefined,
  future: CivilDate | undefined,
  { today, prefer, span }: DateContext,
): Reading<CivilDate> {
  const preferred = prefer === 'past' ? past : prefer === 'future' ? future : undefined;
  const wanted = past === today || future === today ? today : preferred;
  if (wanted !== undefined) return read(wanted, span);
  const options = [past, future].filter((date) => date !== undefined).map(dateOption);
  return options.length === 0 ? NONE : doubtful(options, '请确认是哪一天。');
}

/** A month and a day without a year. */
export function dayOfYear(month: number, day: number, context: DateContext): Reading<CivilDate> {
  const wrong = fault(undefined, month, day);
  if (wrong !== undefined) return rejected(wrong);
  const year = yearOf(context.today);
  const near = [-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => civil(year + n, month, day));
  const real = near.filter(isCivilDate);
  const past = real.filter((date) => date <= context.today).at(-1);
  const future = real.find((date) => date >= context.today);
  // 29 February goes back or forward by years: nobody is taken at their word for that.
  const { today, span } = context;
  return resolve(past, future, month === 2 && day === 29 ? { today, span } : context);
}

/** A day without a month: of this month, or the nearest one that has it. */
export function dayOfMonth(day: number, context: DateContext): Reading<CivilDate> {
  if (day < 1 || day > 31) return rejected(`没有${day}日，请核对一下。`);
  const first = `${context.today.slice(0, 7)}-01`;
  const near = [-2, -1, 0, 1, 2].map((n) => `${addMonths(first, n).slice(0, 8)}${String(day).padStart(2, '0')}`);
  const real = near.filter(isCivilDate);
  const past = real.filter((date) => date <= context.today).at(-1);
  return resolve(
    past,
    real.find((date) => date >= context.today),
    context,
  );
}

/** A weekday (1 = Monday) of no particular week: the last or the coming one. */
export function nearestWeekday(past: CivilDate, context: DateContext): Reading<CivilDate> {
  return resolve(past, past === context.today ? past : addDays(past, 7), context);
}

/** Whole months from the first of `year`-`month`. */
function stretch(
  kind: Stretch['kind'],
  value: string,
  year: number,
  month: number,
  months: number,
  span: Span,
): Stretch {
  const from = civil(year, month, 1);
  return { kind, value, from, to: addDays(addMonths(from, months), -1), span };
}

/** A whole month, or what is wrong with it. */
export function wholeMonth(year: number, month: number, span: Span): DateReading {
  const wrong = fault(year, month, 1);
  return wrong === undefined
    ? stretch('month', civil(year, month, 1).slice(0, 7), year, month, 1, span)
    : rejected(wrong);
}

/** A month without a year: the last or the coming one. */
export function nearestMonth(month: number, { today, prefer, span }: DateContext): DateReading {
  const year = yearOf(today);
  const now = monthOf(today);
  if (month < 1 || month > 12) return rejected(`没有${month}月，月份是1到12，请核对一下。`);
  if (prefer === 'past') return wholeMonth(month > now ? year - 1 : year, month, span);
  if (prefer === 'future') return wholeMonth(month < now ? year + 1 : year, month, span);
  return month === now ? wholeMonth(year, month, span) : doubtful([], `请说明是哪一年的${month}月。`);
}

/** A whole year, or what is wrong with it. */
export function wholeYear(year: number, span: Span): DateReading {
  const wrong = fault(year, 1, 1);
  return wrong === undefined ? stretch('year', String(year), year, 1, 12, span) : rejected(wrong);
}

/** A half (1, 2) or a quarter (1..4) of a year. */
export function partOfYear(year: number, part: 'H' | 'Q', n: number, span: Span): DateReading {
  const months = part === 'H' ? 6 : 3;
  const wrong = fault(year, 1, 1);
  if (wrong !== undefined) return rejected(wrong);
  return stretch('period', `${year}-${part}${n}`, year, (n - 1) * months + 1, months, span);
}
