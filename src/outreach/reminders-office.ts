import type { OfficeFigures } from '../dialogue/staff/office.ts';
import { NO_FACTS } from '../policy/facts.ts';
import type { Programme } from '../policy/compiled.ts';
import type { Member } from './audience.ts';
import type { WorkCalendar } from './quiet.ts';
import { isStillDue, remindersFor, type DueReminder } from './reminders.ts';

/** The dates that an office itself has to keep, and how its enterprises stand before them. */

const PREFIX = 'office:';

/** An office of one city, as far as its dates are concerned. */
export interface OfficeStanding {
  readonly city: string;
  /** UTC instant (ms) since when somebody works for it: what should have been said before is not made up for. */
  readonly since: number;
  /** Timeline entries that the office has said to be done. */
  readonly done: ReadonlySet<string>;
  /** Whether a reminder was sent already, waits to be, or ended otherwise. */
  readonly known: (source: string) => boolean;
}

/** Whether the source is that of an office's reminder. */
export function isOfficeSource(source: string): boolean {
  return source.startsWith(PREFIX);
}

/** What is due for somebody of the office at `now` (UTC ms), each with the key under which it is sent once. */
export function officeReminders(
  programme: Programme,
  { city, since, done, known }: OfficeStanding,
  now: number,
  calendar: WorkCalendar,
): readonly DueReminder[] {
  const standing = { facts: NO_FACTS, since, index: 0, known: (source: string) => known(sourceOf(city, source)) };
  return remindersFor('city_bureau', programme, standing, now, calendar)
    .due.filter(({ rule }) => !done.has(rule.entry.id))
    .map((one) => ({ ...one, source: sourceOf(city, one.source) }));
}

/** Whether a reminder that waits is still wanted at `now` (UTC ms), as `officeReminders` would have it. */
export function isOfficeStillDue(
  source: string,
  programme: Programme,
  { city, done }: Pick<OfficeStanding, 'city' | 'done'>,
  now: number,
  calendar: WorkCalendar,
): boolean {
  const own = sourceOf(city, '');
  if (!source.startsWith(own) || [...done].some((entry) => source.includes(`/${entry}/`))) return false;
  return isStillDue(source.slice(own.length), 'city_bureau', programme, { facts: NO_FACTS, index: 0 }, now, calendar);
}

function sourceOf(city: string, source: string): string {
  return `${PREFIX}${city}/${source}`;
}

/** The figures with one more enterprise in them. */
export function counting(figures: OfficeFigures, member: Member): OfficeFigures {
  const { seen, filed, returned, open } = figures;
  if (!member.isOpen) return { ...figures, seen: seen + 1, filed: filed + (member.isFiled ? 1 : 0) };
  return member.isReturned
    ? { ...figures, seen: seen + 1, returned: returned + 1 }
    : { ...figures, seen: seen + 1, open: open + 1 };
}

export const NO_FIGURES: OfficeFigures = { seen: 0, filed: 0, returned: 0, open: 0 };
