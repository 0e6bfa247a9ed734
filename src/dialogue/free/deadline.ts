import { civilDateOf, daysBetween, stateOf, type CivilDate } from '../../policy/index.ts';
import { distanceTo } from '../../understanding/question/index.ts';
import { has, officesOf, type Asked } from './asked.ts';
import { namedDates } from './dates.ts';
import type { AskedDate, Candidate, DatedEntry } from './said.ts';

/** 还来得及吗, 听说7月30号截止: the deadline against the clock, and against a date that was named. */

const NAMED = 0.93;
const LEFT = 0.85;
const ASKED = 0.66;
/** 还能报吗, as long as that is nearly the whole message. */
const STILL = 0.6;
const SHORT = 9;

/** The deadline's answer, when the message asks for it. */
export function deadlineCandidate(asked: Asked): Candidate | undefined {
  const { guide, cues, turn } = asked;
  const entry = entryOf(asked);
  if (!entry) return undefined;
  const named = namedDate(asked, entry);
  const strength = named
    ? NAMED
    : has(asked, cues.time_left)
      ? LEFT
      : has(asked, cues.deadline)
        ? ASKED
        : has(asked, cues.still) && asked.message.bare.length <= SHORT
          ? STILL
          : 0;
  if (strength === 0) return undefined;
  const state = stateOf(
    guide.programme,
    asked.turn.state.programme === guide.files.programme.id ? turn.facts() : NONE,
    turn.now,
  );
  const { deadline } = guide.files.free;
  return {
    said: {
      kind: 'deadline',
      entry,
      closed: state.closed || turn.now > entry.at,
      state: state.label,
      today: asked.today,
      asked: named,
      says: deadline?.says,
      offices: officesOf(asked, deadline?.office),
    },
    guide,
    strength,
  };
}

const NONE = { top: {}, services: [], servicesGiven: false };

/** The applicant's deadline. */
export function entryOf(asked: Asked): DatedEntry | undefined {
  return datedEntries(asked).find((one) => one.applicant);
}

function datedEntries(asked: Asked): (DatedEntry & { applicant: boolean })[] {
  return asked.guide.files.timeline.entries.flatMap((entry) => {
    if (entry.at === undefined || entry.deadline_for.length === 0) return [];
    const at = Date.parse(entry.at);
    const time = entry.at.slice(11, 16);
    return [
      {
        label: entry.label,
        clause: entry.clause,
        at,
        date: civilDateOf(at),
        time: time === '23:59' ? '' : time,
        applicant: entry.deadline_for.includes('applicant'),
      },
    ];
  });
}

const YEAR = /\d{4}|[去今前明本]年|\d\d年/;
const HOUR = /(早上|上午|中午|下午|傍晚|晚上)? ?(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|:)(\d\d|半)?/;
const DIGITS = '零一二三四五六七八九十';
const CLOSE = 7;
const NEAR_DAYS = 45;

/** A date beside words of handing in, or one that somebody was told. Without a year it is of the deadline's year. */
function namedDate(asked: Asked, entry: DatedEntry): AskedDate | undefined {
  const { message, cues } = asked;
  const claimed = has(asked, cues.hearsay) && (has(asked, cues.deadline) || has(asked, cues.hand_in));
  for (const found of namedDates(message.text, asked.today)) {
    if (found.whole !== 'day') continue;
    if (distanceTo(message.text, found.span, cues.invoice_date) !== undefined) continue;
    const near = distanceTo(message.text, found.span, [...cues.hand_in, ...cues.deadline, ...cues.time_left]);
    const meant = claimed || has(asked, cues.time_left) || (near !== undefined && near <= CLOSE);
    if (!meant) continue;
    const said = message.text.slice(Math.max(0, found.span[0] - 1), found.span[1]);
    const bareDay = /^\D?\d{1,2} ?[日号]$/.test(said.trim());
    const relative = !/\d ?[.月/-]|月/.test(said);
    // 30号 near the deadline is a day of its month.
    const sameMonth = bareDay && Math.abs(daysBetween(asked.today, entry.date)) <= NEAR_DAYS;
    const ofMonth = `${entry.date.slice(0, 8)}${found.from.slice(8)}`;
    const date = sameMonth
      ? ofMonth
      : YEAR.test(said) || relative
        ? found.from
        : `${entry.date.slice(0, 4)}${found.from.slice(4)}`;
    return compare(asked, entry, date, timeOf(message.text.slice(found.span[1])), claimed);
  }
  return undefined;
}

function timeOf(text: string): string | undefined {
  const found = HOUR.exec(text.slice(0, 12));
  if (!found) return undefined;
  const [, part = '', hour = '', minute = ''] = found;
  const plain = /\d/.test(hour)
    ? Number(hour)
    : hour.length === 1
      ? DIGITS.indexOf(hour === '两' ? '二' : hour)
      : hour.startsWith('十')
        ? 10 + DIGITS.indexOf(hour.charAt(1))
        : 20;
  const hours = /下午|傍晚|晚上/.test(part) && plain < 12 ? plain + 12 : plain;
  if (hours > 24) return undefined;
  const minutes = minute === '半' ? '30' : minute === '' ? '00' : minute;
  return `${String(hours).padStart(2, '0')}:${minutes}`;
}

function compare(
  asked: Asked,
  entry: DatedEntry,
  date: CivilDate,
  time: string | undefined,
  claimed: boolean,
): AskedDate {
  const other = datedEntries(asked).find((one) => !one.applicant && one.date === date);
  const late = date === entry.date && time !== undefined && entry.time !== '' && time > entry.time;
  const is =
    other !== undefined
      ? 'of_others'
      : late
        ? 'late_that_day'
        : date === entry.date
          ? 'deadline'
          : date < entry.date
            ? 'before'
            : 'after';
  return { date, time, is, other, claimed };
}
