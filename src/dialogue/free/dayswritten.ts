import type { CivilDate } from '../../policy/index.ts';
import { withFestivals } from './festivals.ts';
import type { Calendar } from './knowledge.ts';

/** Dates as people type them, brought to the form that the reader of dates expects. */

/** 7月15 is a day, as 7月15日 is. */
const DAY_SAID = /(\d{1,2}月\d{1,2})(?![\d日号月.])/g;
/** 7.16才盖章, not 7.16万. */
const DOTTED =
  /(?<![\d.年月-])(1[0-2]|[1-9])\.(3[01]|[12]\d|0[1-9])(?=$|[\s,，。;?!才号日开的交前之后能送到截还盖寄拿出签付以])/g;
/** 两张票 一张25.6 一张25.7, 票是25.8开的: a month of a year, where no figure is asked for. */
const YEAR_MONTH = /([张份][是开 ]?|票[是在 ]?)(\d\d)\.(1[0-2]|[1-9])(?=$|[\s,，。;?!的开])/g;
const FIGURE = /多少|万|补几|元/;
const YEARS_BACK = 3;
const MONTH =
  /(?<![\d年.\-/个几一二三四五六七八九十])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?(?![\d一二三四五六七八九十初底末])/g;
/** What lies ahead: the coming month is meant. */
const AHEAD = /^(?:才|要|会|再|能|准备|打算|(?:之|以)?前(?:再)?(?:交|送|寄|报|递|补))/;
const CHINESE = '一二三四五六七八九十';
/** 去年5月签的 票9月才开: what follows in the same year is of that year. */
const LAST_YEAR = /去年(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月/;

/** The text with days and months that have no year, and days called by a name, written out. */
export function daysWritten(text: string, calendar: Calendar, today: CivilDate): string {
  return yearsWritten(withFestivals(text, calendar, today), Number(today.slice(0, 4)))
    .replace(DOTTED, '$1月$2日')
    .replace(DAY_SAID, '$1日')
    .replace(MONTH, (said: string, name: string, at: number) => {
      const month = monthOf(name);
      const now = Number(today.slice(5, 7));
      const year = Number(today.slice(0, 4));
      const before = LAST_YEAR.exec(text.slice(0, at))?.[1];
      const follows = before !== undefined && month > monthOf(before);
      const ahead = !follows && month > now && AHEAD.test(text.slice(at + said.length));
      return `${String(!follows && (month <= now || ahead) ? year : year - 1)}年${String(month)}月`;
    });
}

function yearsWritten(text: string, thisYear: number): string {
  if (FIGURE.test(text) || !text.includes('票')) return text;
  return text.replace(YEAR_MONTH, (said: string, lead: string, year: string, month: string) => {
    const full = thisYear - (thisYear % 100) + Number(year);
    return full > thisYear || full < thisYear - YEARS_BACK ? said : `${lead}${String(full)}年${month}月`;
  });
}

function monthOf(name: string): number {
  if (/\d/.test(name)) return Number(name);
  return name.length === 2 ? 11 + CHINESE.indexOf(name.charAt(1)) : CHINESE.indexOf(name) + 1;
}
