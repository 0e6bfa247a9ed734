import { weekday, type CivilDate } from '../../policy/index.ts';
import { has, officesOf, type Asked } from './asked.ts';
import { namedDates } from './dates.ts';
import { entryOf } from './deadline.ts';
import type { Calendar } from './knowledge.ts';
import type { Candidate } from './said.ts';

/** 7月15号是星期几，上班吗: the weekday, and whether it is a working day where the holidays are published. */

const SURE = 0.95;
const SATURDAY = 6;

/** The weekday's answer, when the message asks for one and names a day or the deadline. */
export function weekdayCandidate(asked: Asked): Candidate | undefined {
  const { guide, cues, message } = asked;
  if (!has(asked, cues.weekday)) return undefined;
  const entry = entryOf(asked);
  const found = namedDates(message.text, asked.today).find((one) => one.whole === 'day');
  if (!found && !(entry && has(asked, cues.deadline))) return undefined;
  const date = found
    ? nearDeadline(message.text.slice(found.span[0], found.span[1]), found.from, entry?.date)
    : entry?.date;
  if (date === undefined) return undefined;
  const offices = officesOf(asked, guide.files.free.deadline?.office);
  return {
    said: {
      kind: 'weekday',
      date,
      weekday: weekday(date),
      ...workingDay(asked.knowledge.calendar, date),
      office: offices.entries[0]?.organisation,
      clause: entry?.date === date ? entry.clause : undefined,
    },
    guide,
    strength: SURE,
  };
}

/** A day without a year is the deadline's when it fits; people ask about the days that lie ahead. */
function nearDeadline(said: string, past: CivilDate, deadline: CivilDate | undefined): CivilDate {
  if (/\d{4}|年/.test(said) || deadline === undefined || !/月|[./-]/.test(said)) return past;
  return `${deadline.slice(0, 4)}${past.slice(4)}`;
}

/** Whether a date is worked, and the holiday it lies in; unknown in a year whose holidays are not published. */
export function workingDay(
  calendar: Calendar,
  date: CivilDate,
): { readonly working: boolean | undefined; readonly holiday: string | undefined } {
  if (!calendar.published_years.includes(Number(date.slice(0, 4)))) return { working: undefined, holiday: undefined };
  const holiday = calendar.holidays.find((one) => one.from <= date && date <= one.to);
  if (holiday) return { working: false, holiday: holiday.name };
  return { working: weekday(date) < SATURDAY || calendar.workdays.includes(date), holiday: undefined };
}
