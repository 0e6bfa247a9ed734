import { addDays, civilDateOf, daysBetween, startOfDay, type CivilDate } from '../policy/index.ts';
import { findDates, normalise, readDate, type DateReading } from '../understanding/index.ts';
import type { OwnFault } from './script.ts';

/** Reads a reminder that a person sets for themselves: 下周一上午提醒我盖章, 7月10号提醒我交材料. */

export type OwnRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'fault'; readonly why: OwnFault; readonly detail: string }
  /** `at` is UTC ms; `moved` when the time that was named lies in the quiet hours. */
  | { readonly kind: 'read'; readonly at: number; readonly text: string; readonly moved: boolean };

const ASKS = /提醒(?:一下|下)?(?:我们?|俺|咱们?)|(?:记得|到时候?)叫我|提醒(?:一下|下)我?/;
/** 不要提醒我 and 别提醒 ask for the contrary. */
const DENIED = /(?:不要|不用|不必|别|取消|停止|关闭|勿)再?(?:给|来)?(?:我)?提醒/;
const MOST_TEXT = 60;
/** Further away than this somebody more likely mistyped. */
const FAR_DAYS = 400;
/** Without a year the nearest such day is meant; one that has just passed is not meant a year later. */
const NEXT_YEAR_DAYS = 270;
const SAYS_YEAR = /\d{4} ?[年./-]|\d\d年|[明后]年/;

const HOUR_MS = 3_600_000;
const OPENS_MS = 8 * HOUR_MS;
const CLOSES_MS = 21 * HOUR_MS;
const USUAL_MS = 9 * HOUR_MS;
const PARTS: Readonly<Record<string, number>> = {
  早上: 8,
  早晨: 8,
  上午: 9,
  中午: 12,
  下午: 15,
  傍晚: 18,
  晚上: 20,
  今晚: 20,
};
const DIGITS = '零一二三四五六七八九';
const CLOCK =
  /(?<part>凌晨|早上|早晨|上午|中午|下午|傍晚|今晚|晚上)? ?(?:(?<h>\d{1,2}|二?十[一二三四五六七八九]?|[一二两三四五六七八九])(?:[点时](?:钟|整|(?<half>半)|(?<m>\d{1,2}) ?分?)?|:(?<mm>\d\d)))|(?<alone>凌晨|早上|早晨|上午|中午|下午|傍晚|今晚|晚上)/;

/** A reminder in a message, what is wrong with it, or none. `now` is UTC ms. */
export function readOwn(raw: string, now: number): OwnRead {
  const text = normalise(raw).trim();
  const asks = ASKS.exec(text);
  if (!asks || DENIED.test(text) || text === asks[0]) return { kind: 'none' };
  const today = civilDateOf(now);
  const found = dateIn(text, asks.index, today);
  if (!found) return { kind: 'fault', why: 'no-date', detail: '' };
  if (found.kind === 'unclear') return { kind: 'fault', why: 'unclear', detail: found.why };
  const clock = CLOCK.exec(
    text.slice(0, found.span[0]) + ' '.repeat(found.span[1] - found.span[0]) + text.slice(found.span[1]),
  );
  const time = timeOf(clock?.groups ?? {});
  const { date } = found;
  const away = daysBetween(today, date);
  if (away < 0) return { kind: 'fault', why: 'past', detail: date };
  if (away > NEXT_YEAR_DAYS && !SAYS_YEAR.test(text)) return { kind: 'fault', why: 'past-this-year', detail: date };
  if (away > FAR_DAYS) return { kind: 'fault', why: 'far', detail: date };
  const asked = startOfDay(date) + time;
  if (asked <= now && away > 0) return { kind: 'fault', why: 'past', detail: date };
  // Without a time, today means the rest of today.
  if (asked <= now && clock) return { kind: 'fault', why: 'past', detail: date };
  const wanted = asked <= now ? now + HOUR_MS : asked;
  const at = open(wanted);
  return { kind: 'read', at, text: whatOf(text, asks[0], found.span, clock), moved: at !== wanted };
}

type DateFound =
  | { readonly kind: 'date'; readonly date: CivilDate; readonly span: readonly [number, number] }
  | { readonly kind: 'unclear'; readonly why: string };

function dateIn(text: string, before: number, today: CivilDate): DateFound | undefined {
  const strong = findDates(text, today, { prefer: 'future' })[0]?.reading;
  // 周五提醒我: believed because a day was to be named.
  const reading: DateReading =
    strong ??
    readDate(text.slice(0, before).replace(/[,，请到在]|\d{1,2}(?:[点时]半?|:\d\d)|[上下中]午|早上|晚上/g, ''), today, {
      prefer: 'future',
    });
  if (reading.kind === 'read') return { kind: 'date', date: reading.value, span: strong ? reading.span : [0, 0] };
  if (reading.kind === 'doubtful' || reading.kind === 'rejected') return { kind: 'unclear', why: reading.why };
  return reading.kind === 'none' ? undefined : { kind: 'unclear', why: '' };
}

function hourOf(said: string): number {
  if (/^\d/.test(said)) return Number(said);
  if (!said.includes('十')) return said === '两' ? 2 : DIGITS.indexOf(said);
  const [tens = '', ones = ''] = said.split('十');
  return (tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones));
}

/** Milliseconds after midnight. */
function timeOf(groups: Readonly<Partial<Record<string, string>>>): number {
  if (groups.alone !== undefined) return (PARTS[groups.alone] ?? 8) * HOUR_MS;
  if (groups.h === undefined) return USUAL_MS;
  const hour = hourOf(groups.h);
  const late = /[下傍晚]/.test(groups.part ?? '') || (groups.part === '中午' && hour < 3);
  const minutes = groups.half === undefined ? Number(groups.m ?? groups.mm ?? 0) : 30;
  const clock = late && hour < 12 ? hour + 12 : hour;
  return Math.min(clock, 23) * HOUR_MS + Math.min(minutes, 59) * 60_000;
}

/** The instant, or the next one outside the quiet hours. */
function open(at: number): number {
  const date = civilDateOf(at);
  const time = at - startOfDay(date);
  if (time < OPENS_MS) return startOfDay(date) + OPENS_MS;
  return time >= CLOSES_MS ? startOfDay(addDays(date, 1)) + OPENS_MS : at;
}

/** What is to be reminded of: the message without its date, its time and the request. */
function whatOf(
  text: string,
  asks: string,
  [from, to]: readonly [number, number],
  clock: RegExpExecArray | null,
): string {
  const dateWords = text.slice(from, to);
  const rest = text
    .replace(dateWords === '' ? asks : dateWords, ' ')
    .replace(asks, ' ')
    .replace(clock?.[0] ?? asks, ' ')
    .replace(/(?:这|下|上)?个?(?:周|星期|礼拜)[一二三四五六日天]/, ' ')
    .replace(/^(?:[\s,.;:!、]|请|麻烦|帮我|记得){1,9}/, '')
    .replace(/^[在到的](?=\s)/, '')
    .replace(/[\s,.;:!、吧啊哦]{1,20}$/, '')
    .replace(/\s+/g, '');
  return rest.slice(0, MOST_TEXT);
}
