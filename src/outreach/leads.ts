import { addDays, civilDateOf, type CivilDate } from '../policy/dates.ts';
import { atTime, workingDayUpTo, type WorkCalendar } from './quiet.ts';

/** When a date is told of in advance. */
export interface Lead {
  /** Calendar days before the date, as the data has them; the day it is told may be an earlier one. */
  readonly days: number;
  /** The Beijing day on which it is told. */
  readonly day: CivilDate;
  /** UTC instant (ms). */
  readonly at: number;
}

/**
 * The leads of a date (UTC ms), earliest first. One that falls on a day off is told on the working day before it; of
 * two that then share a day the one nearer to the date is told. None comes after the date.
 */
export function leadsOf(
  deadline: number,
  { leads, time }: { readonly leads: readonly number[]; readonly time: string },
  calendar: WorkCalendar,
): readonly Lead[] {
  const last = civilDateOf(deadline);
  const byDay = new Map<CivilDate, Lead>();
  for (const days of [...leads].sort((a, b) => b - a)) {
    const date = addDays(last, -days);
    const day = workingDayUpTo(date, calendar);
    const at = atTime(day, time);
    if (at <= deadline) byDay.set(day, { days, day, at });
  }
  return [...byDay.values()].sort((a, b) => a.at - b.at);
}
