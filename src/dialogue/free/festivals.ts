import type { CivilDate } from '../../policy/index.ts';
import type { Calendar } from './knowledge.ts';

/** 25年国庆后, 去年大年三十: days called by a name, written as dates. */

/** A year said before the name. */
const YEAR_BEFORE = /(?:(\d{2}|\d{4})年|(去|今|前)年)的?$/;
const BACK: Readonly<Record<string, number>> = { 今: 0, 去: 1, 前: 2 };

/** The text with named days as dates; without a year it is the last one before today. Linear in the text. */
export function withFestivals(text: string, calendar: Calendar, today: CivilDate): string {
  let written = text;
  for (const { says, day, days } of calendar.festivals) {
    const word = says.find((one) => written.includes(one));
    if (word === undefined) continue;
    const at = written.indexOf(word);
    const before = written.slice(0, at);
    const said = YEAR_BEFORE.exec(before);
    const year = yearOf(said, today, (one) => day ?? days?.[String(one)]);
    const date = year === undefined ? undefined : (day ?? days?.[String(year)]);
    if (year === undefined || date === undefined) continue;
    const [month = '', ofMonth = ''] = date.split('-').map((part) => String(Number(part)));
    const start = said ? before.slice(0, said.index) : before;
    written = `${start}${String(year)}年${month}月${ofMonth}日${written.slice(at + word.length)}`;
  }
  return written;
}

function yearOf(
  said: RegExpExecArray | null,
  today: CivilDate,
  dayOf: (year: number) => string | undefined,
): number | undefined {
  const now = Number(today.slice(0, 4));
  const digits = said?.[1];
  if (digits !== undefined) return Number(digits.length === 2 ? `20${digits}` : digits);
  const back = said?.[2];
  if (back !== undefined) return now - (BACK[back] ?? 0);
  const day = dayOf(now);
  return day !== undefined && `${String(now)}-${day}` <= today ? now : now - 1;
}
