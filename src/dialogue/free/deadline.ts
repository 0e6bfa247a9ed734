import { addDays, civilDateOf, daysBetween, stateOf, type CivilDate } from '../../policy/index.ts';
import { cueIn, distanceTo } from '../../understanding/question/index.ts';
import { has, officesOf, type Asked } from './asked.ts';
import { namedDates } from './dates.ts';
import { arrivalOf, hourNear, timeOf } from './hours.ts';
import { roleOf } from './roles.ts';
import type { AskedDate, Candidate, DatedEntry } from './said.ts';

/** 还来得及吗, 听说7月30号截止: the deadline against the clock, and against a date that was named. */

const NAMED = 0.93;
const LEFT = 0.85;
/** A day that lies ahead, near the deadline, and no word of handing in. */
const AHEAD = 0.5;
/** The very day of the deadline, whatever is said of it. */
const THE_DAY = 0.75;
const ASKED = 0.66;
/** 还能报吗, as long as that is nearly the whole message. */
const STILL = 0.6;
const SHORT = 9;

/** The deadline's answer, when the message asks for it. */
export function deadlineCandidate(asked: Asked): Candidate | undefined {
  const { guide, cues, turn } = asked;
  const entry = entryOf(asked);
  if (!entry) return undefined;
  const hour = entry.time === '' ? undefined : hourNear(asked, [...cues.hand_in, ...cues.deadline]);
  // 下午五点零五分, and nothing else: too late on whatever day.
  const tooLate = hour !== undefined && hour > entry.time && asked.message.bare.length <= SHORT;
  const onLast = asked.today === entry.date || tooLate || has(asked, cues.last_day);
  const named =
    onTheDay(asked, entry) ??
    namedDate(asked, entry) ??
    (onLast && hour !== undefined ? compare(asked, entry, entry.date, hour, false) : undefined);
  const strength = named
    ? named.unsaid
      ? named.is === 'deadline' || named.is === 'late_that_day'
        ? THE_DAY
        : AHEAD
      : NAMED
    : has(asked, cues.time_left)
      ? LEFT
      : has(asked, cues.deadline) || hour !== undefined
        ? ASKED
        : has(asked, cues.still) && (asked.message.bare.length <= SHORT || asked.today === entry.date)
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
const CLOSE = 7;
/** 报告 is nothing that is handed in by this word. */
const NO_HAND_IN = /报[告表价错名]/g;
const NEAR_DAYS = 45;

/** A date beside words of handing in, or one that somebody was told. Without a year it is of the deadline's year. */
function namedDate(asked: Asked, entry: DatedEntry): AskedDate | undefined {
  const { message, cues } = asked;
  const text = message.text.replace(NO_HAND_IN, '——');
  const handing = [...cues.hand_in, ...cues.deadline, ...cues.time_left];
  const claimed = has(asked, cues.hearsay) && (has(asked, cues.deadline) || cueIn(text, cues.hand_in) !== undefined);
  const others = [...cues.invoice_date, ...(asked.guide.files.free.period?.others ?? []).flatMap((one) => one.near)];
  const dates = namedDates(message.text, asked.today);
  let first: AskedDate | undefined;
  for (const [at, found] of dates.entries()) {
    const until = found.whole === 'before';
    if (found.whole !== 'day' && !until) continue;
    if (distanceTo(text, found.span, cues.invoice_date) !== undefined) continue;
    // 有效期到6月底 is the end of a certificate.
    if ((distanceTo(text, found.span, cues.expiry) ?? CLOSE) < CLOSE) continue;
    const around = [dates[at - 1]?.span[1] ?? 0, dates[at + 1]?.span[0] ?? text.length] as const;
    if (roleOf(message.text, found.span, around, { handing, others }) === 'others') continue;
    const near = distanceTo(text, found.span, handing);
    const said = message.text.slice(Math.max(0, found.span[0] - 1), found.span[1]);
    const bareDay = /^\D?\d{1,2} ?[日号]$/.test(said.trim());
    const relative = !/\d ?[.月/-]|月/.test(said);
    // 30号前交 is handed in up to that day.
    const day = until ? addDays(found.to, 1) : found.from;
    // 30号 near the deadline is a day of its month.
    const sameMonth = bareDay && Math.abs(daysBetween(asked.today, entry.date)) <= NEAR_DAYS;
    const ofMonth = `${entry.date.slice(0, 8)}${day.slice(8)}`;
    const date = sameMonth ? ofMonth : YEAR.test(said) || relative ? day : `${entry.date.slice(0, 4)}${day.slice(4)}`;
    // 今天 alone says nothing of handing in.
    const ahead = date > asked.today && daysBetween(asked.today, entry.date) <= NEAR_DAYS && isNear(date, entry);
    const meant = claimed || has(asked, cues.time_left) || (near !== undefined && near <= CLOSE);
    // What lies behind is no day to hand anything in.
    if ((!meant && (!ahead || until)) || (date < asked.today && !claimed)) continue;
    const time = timeOf(message.text.slice(found.span[1]));
    const one: AskedDate = { ...compare(asked, entry, date, time, claimed), ...(meant ? {} : { unsaid: true }) };
    // 网上14号 纸质16号: of several days the one that is too late decides.
    if (meant && !claimed && TOO_LATE.has(one.is)) return one;
    first ??= one;
  }
  return first;
}

const TOO_LATE: ReadonlySet<AskedDate['is']> = new Set(['after', 'late_that_day']);

/** 还得半个多钟头才到: on the last day, whether the time it takes ends before the deadline does. */
function onTheDay(asked: Asked, entry: DatedEntry): AskedDate | undefined {
  if (asked.today !== entry.date || entry.time === '') return undefined;
  const arrives = arrivalOf(asked);
  if (arrives === undefined) return undefined;
  const is = arrives >= entry.at ? 'late_that_day' : 'deadline';
  return { date: asked.today, time: undefined, is, other: undefined, claimed: false };
}

function isNear(date: CivilDate, entry: DatedEntry): boolean {
  return Math.abs(daysBetween(date, entry.date)) <= NEAR_DAYS;
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
