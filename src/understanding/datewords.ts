/** The building blocks of date expressions: their patterns, and the numbers behind them. */
import { addDays, addMonths } from '../policy/dates.ts';
import { dateOption, yearOf } from './calendar.ts';
import type { DateContext, DateReading } from './calendar.ts';
import { numeralAt } from './numerals.ts';
import { doubtful } from './reading.ts';
import { UNIT, digitOf } from './tokens.ts';

export type Groups = Readonly<Partial<Record<string, string>>>;

/** One way of writing or saying a date. */
export interface DateWord {
  /** Sticky. */
  readonly pattern: RegExp;
  /** Only believed when a date was asked for: in free text it may be a version, a building, an amount. */
  readonly weak: boolean;
  readonly read: (groups: Groups, context: DateContext) => DateReading;
}

/** A way that is believed anywhere. */
export function strong(source: string, read: DateWord['read']): DateWord {
  return { pattern: new RegExp(source, 'yi'), weak: false, read };
}

/** A way that is believed only as an answer. */
export function weak(source: string, read: DateWord['read']): DateWord {
  return { pattern: new RegExp(source, 'yi'), weak: true, read };
}

const NUMBER = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3}|[〇零])';
const RELATIVE_YEAR = '大前年|前年|去年|上年|今年|本年|当年|明年|后年';

/** `ry` 去年, or `y` four digits. */
export const FULL_YEAR = `(?:(?<ry>${RELATIVE_YEAR})度?的?|(?<y>\\d{4}|[〇零一二三四五六七八九]{4}) ?年度?的?)`;
/** Also two digits: 25年. */
export const YEAR = FULL_YEAR.replace('\\d{4}|', '\\d{4}|\\d\\d|[〇零一二三四五六七八九]{2}(?=年)|');
export const MONTH = `(?<m>${NUMBER}) ?月份?`;
export const DAY = `(?<d>${NUMBER}) ?[日号]`;
/** A day without 日: only where nothing follows that would make it a number of something. */
export const DAY_OR_BARE = `(?<d>${NUMBER})(?: ?[日号](?!楼|线)|(?![\\d一-龥.%a-z]))`;
export const RELATIVE_MONTH = '(?<rm>上上个?月|上个?月|本月|这个?月|当月|下下个?月|下个?月)';
/** What must not follow digits, or they are part of a longer number or of an amount. */
export const END = '(?![\\d%‰万亿元块wk]|[./-]\\d)';
export const MONTH_DIGITS = '(?:0?[1-9]|1[0-2])';
export const DAY_DIGITS = '(?:0?[1-9]|[12]\\d|3[01])';

const YEARS: Groups = {
  ...{ 大前年: '-3', 前年: '-2', 去年: '-1', 上年: '-1', 今年: '0', 本年: '0', 当年: '0', 明年: '1', 后年: '2' },
};

/** A small number in either script; 0, which no date has, for what is no such number (二三月). */
export function small(text = ''): number {
  if (/^\d+$/.test(text)) return Number(text);
  const numeral = numeralAt(text, 0);
  return numeral?.end === text.length && numeral.low === numeral.high ? Number(numeral.low / UNIT) : 0;
}

/** A year written in digits of either script; two of them belong to this century. */
export function written(text = ''): number {
  const value = Array.from(text).reduce((sum, char) => sum * 10 + (digitOf(char) ?? Number(char)), 0);
  return text.length === 2 ? 2000 + value : value;
}

/** Whether a year was said. */
export function hasYear(groups: Groups): boolean {
  return groups.y !== undefined || groups.ry !== undefined;
}

/** The year that was said; this year when none was. */
export function saidYear(groups: Groups, { today }: DateContext): number {
  if (groups.y !== undefined) return written(groups.y);
  return yearOf(today) + Number(YEARS[groups.ry ?? ''] ?? 0);
}

/** The first day of 上个月, 本月, 下下个月. */
export function monthStart(word: string | undefined, { today }: DateContext): string {
  const steps = (word ?? '').replace(/[^上下]/g, '');
  return addMonths(`${today.slice(0, 7)}-01`, steps.startsWith('上') ? -steps.length : steps.length);
}

/** 年底, 月初, 上旬: no day; the first or last one is at most put forward. `start` begins the year or month. */
export function vaguePart(part: string, start: string): DateReading {
  const why = `“${part}”不是具体的日期，请说到哪一天。`;
  const yearly = part.startsWith('年');
  if (/[底末]/.test(part)) return doubtful([dateOption(addDays(addMonths(start, yearly ? 12 : 1), -1))], why);
  return doubtful(/初/.test(part) ? [dateOption(start)] : [], why);
}
