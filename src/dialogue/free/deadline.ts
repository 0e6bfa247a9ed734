import { civilDateOf, daysBetween, stateOf, type CivilDate } from '../../policy/index.ts';
import { readNumber } from '../../understanding/index.ts';
import { cueIn, distanceTo } from '../../understanding/question/index.ts';
import { has, officesOf, type Asked } from './asked.ts';
import { namedDates } from './dates.ts';
import { roleOf } from './roles.ts';
import type { AskedDate, Candidate, DatedEntry } from './said.ts';

/** 还来得及吗, 听说7月30号截止: the deadline against the clock, and against a date that was named. */

const NAMED = 0.93;
const LEFT = 0.85;
/** A day that lies ahead, near the deadline, and no word of handing in. */
const AHEAD = 0.5;
const ASKED = 0.66;
/** 还能报吗, as long as that is nearly the whole message. */
const STILL = 0.6;
const SHORT = 9;

/** The deadline's answer, when the message asks for it. */
export function deadlineCandidate(asked: Asked): Candidate | undefined {
  const { guide, cues, turn } = asked;
  const entry = entryOf(asked);
  if (!entry) return undefined;
  const named = onTheDay(asked, entry) ?? namedDate(asked, entry);
  const strength = named
    ? named.unsaid
      ? AHEAD
      : NAMED
    : has(asked, cues.time_left)
      ? LEFT
      : has(asked, cues.deadline)
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
const HOUR =
  /(早上|上午|中午|下午|傍晚|晚上)? ?(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|:)(\d\d|半|一刻|三刻|零[一二三四五六七八九]|[一二三四五]?十[一二三四五六七八九]?)?/;
const QUARTERS: Readonly<Record<string, string>> = { 半: '30', 一刻: '15', 三刻: '45' };
const DIGITS = '零一二三四五六七八九十';
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
  for (const [at, found] of dates.entries()) {
    if (found.whole !== 'day') continue;
    if (distanceTo(text, found.span, cues.invoice_date) !== undefined) continue;
    const around = [dates[at - 1]?.span[1] ?? 0, dates[at + 1]?.span[0] ?? text.length] as const;
    if (roleOf(message.text, found.span, around, { handing, others }) === 'others') continue;
    const near = distanceTo(text, found.span, handing);
    const ahead =
      found.from >= asked.today && daysBetween(asked.today, entry.date) <= NEAR_DAYS && isNear(found, entry);
    const meant = claimed || has(asked, cues.time_left) || (near !== undefined && near <= CLOSE);
    if (!meant && !ahead) continue;
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
    const time = timeOf(message.text.slice(found.span[1]));
    return { ...compare(asked, entry, date, time, claimed), ...(meant ? {} : { unsaid: true }) };
  }
  return undefined;
}

function isNear({ from }: { readonly from: CivilDate }, { date }: DatedEntry): boolean {
  return Math.abs(daysBetween(from, date)) <= NEAR_DAYS;
}

const LASTS = /(?:(半)个?|([\d一二两三四五六七八九十]{1,3})个?(半)?)(多|来)? ?(小时|钟头|分钟|刻钟)/;
const MINUTES: Readonly<Record<string, number>> = { 小时: 60, 钟头: 60, 分钟: 1, 刻钟: 15 };
const MINUTE = 60_000;

/** 还得半个多钟头才到: on the last day, whether the time named or the time it takes ends before the deadline does. */
function onTheDay(asked: Asked, entry: DatedEntry): AskedDate | undefined {
  const { turn, today, message } = asked;
  if (today !== entry.date || entry.time === '') return undefined;
  const lasts = LASTS.exec(message.text);
  if (!lasts) return undefined;
  const [, half, count = '', andHalf, more, unit = ''] = lasts;
  const read = readNumber(count);
  const units = (half ? 0.5 : read.kind === 'read' ? read.value : 0) + (andHalf ? 0.5 : 0);
  // 半个多钟头 is longer than half an hour, by how much nobody knows.
  const arrives = turn.now + units * (MINUTES[unit] ?? 0) * MINUTE * (more ? 1.2 : 1);
  const is = arrives >= entry.at ? 'late_that_day' : 'deadline';
  return { date: today, time: undefined, is, other: undefined, claimed: false };
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
  const read = readNumber(minute.replace('零', ''));
  const minutes = QUARTERS[minute] ?? (read.kind === 'read' ? String(read.value).padStart(2, '0') : '00');
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
