import { addDays, civilDateOf, startOfDay, weekday, type CivilDate } from '../policy/dates.ts';

/** Days on which people work and hours in which nobody is written to unasked. All in Beijing time. */

/** Public holidays and the weekends worked in their stead, for the years that are published. */
export interface WorkCalendar {
  readonly published_years: readonly number[];
  readonly holidays: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  readonly workdays: readonly CivilDate[];
}

const HOUR_MS = 3_600_000;
const QUIET_FROM_MS = 21 * HOUR_MS;
const QUIET_TO_MS = 8 * HOUR_MS;

/** The hours in which something unasked may be sent: ms since midnight in Beijing. */
export const WAKING = { from: QUIET_TO_MS, until: QUIET_FROM_MS } as const;

/** Whether people work on the date; undefined in a year whose calendar is not published. */
export function isWorkingDay(date: CivilDate, calendar: WorkCalendar): boolean | undefined {
  if (!calendar.published_years.includes(Number(date.slice(0, 4)))) return undefined;
  if (calendar.workdays.includes(date)) return true;
  return weekday(date) <= 5 && !calendar.holidays.some(({ from, to }) => from <= date && date <= to);
}

/** The date, or the last working day before it. Where that is not known, nothing moves. */
export function workingDayUpTo(date: CivilDate, calendar: WorkCalendar): CivilDate {
  for (let day = date; ; day = addDays(day, -1)) {
    const works = isWorkingDay(day, calendar);
    if (works !== false) return works ? day : date;
  }
}

/** The instant (UTC ms) itself, or the end of the quiet hours (21:00 to 08:00) that it lies in. */
export function awake(instant: number): number {
  const date = civilDateOf(instant);
  const time = instant - startOfDay(date);
  if (time < QUIET_TO_MS) return startOfDay(date) + QUIET_TO_MS;
  return time >= QUIET_FROM_MS ? startOfDay(addDays(date, 1)) + QUIET_TO_MS : instant;
}

/** The instant (UTC ms) of a Beijing time of day, `HH:MM`. */
export function atTime(date: CivilDate, time: string): number {
  return startOfDay(date) + Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3, 5)) * 60_000;
}
