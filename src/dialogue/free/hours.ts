import { readNumber } from '../../understanding/index.ts';
import { distanceTo } from '../../understanding/question/index.ts';
import { has, type Asked } from './asked.ts';
import { namedDates } from './dates.ts';

/** Times of day and how long something takes, as they are said beside a deadline. */

const HOUR =
  /(早上|上午|中午|下午|傍晚|晚上|夜里|夜间|今晚|当晚|晚)? ?(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|:)(\d\d|半|一刻|三刻|零[一二三四五六七八九]|[一二三四五]?十[一二三四五六七八九]?)?/;
const QUARTERS: Readonly<Record<string, string>> = { 半: '30', 一刻: '15', 三刻: '45' };
/** 晚上送: a part of the day that lies behind every office's hours, and the hour it begins. */
const EVENING =
  /^[^\s,，。;；?!]{0,3}?(?:晚上|夜里|夜间|夜晚|深夜|半夜|大半夜|傍晚|当晚|晚间|午夜|入夜|天黑|(?<!上)下班(?:之|以)?后)/;
const EVENING_FROM = '18:00';
const DIGITS = '零一二三四五六七八九十';
/** A message that is an hour and no more than this asks about the hour of the deadline. */
const LITTLE = 4;
/** 报告 is nothing that is handed in by this word. */
const NO_HAND_IN = /报[告表价错名]/g;

/** hh:mm of the time of day that a text begins with, give or take a few characters; of an evening when it begins. */
export function timeOf(text: string): string | undefined {
  const found = HOUR.exec(text.slice(0, 12));
  if (!found) return EVENING.test(text) ? EVENING_FROM : undefined;
  const [, part = '', hour = '', minute = ''] = found;
  const plain = /\d/.test(hour)
    ? Number(hour)
    : hour.length === 1
      ? DIGITS.indexOf(hour === '两' ? '二' : hour)
      : hour.startsWith('十')
        ? 10 + DIGITS.indexOf(hour.charAt(1))
        : 20;
  const hours = /下午|傍晚|晚|夜/.test(part) && plain < 12 ? plain + 12 : plain;
  if (hours > 24) return undefined;
  const read = readNumber(minute.replace('零', ''));
  const minutes = QUARTERS[minute] ?? (read.kind === 'read' ? String(read.value).padStart(2, '0') : '00');
  return `${String(hours).padStart(2, '0')}:${minutes}`;
}

/** The hour (hh:mm) that a message without a date names beside one of the words. */
export function hourNear(asked: Asked, words: readonly string[]): string | undefined {
  const { message, cues, today } = asked;
  if (namedDates(message.text, today).length > 0 || has(asked, cues.opening)) return undefined;
  const text = message.text.replace(NO_HAND_IN, '——');
  const found = HOUR.exec(text);
  if (!found) return undefined;
  const span = [found.index, found.index + found[0].length] as const;
  const rest = text.length - found[0].length;
  return rest > LITTLE && distanceTo(text, span, words) === undefined ? undefined : timeOf(found[0]);
}

const LASTS = /(?:(半)个?|([\d一二两三四五六七八九十]{1,3})个?(半)?)(多|来)? ?(小时|钟头|分钟|刻钟)/;
const MINUTES: Readonly<Record<string, number>> = { 小时: 60, 钟头: 60, 分钟: 1, 刻钟: 15 };
const MINUTE = 60_000;

/** When somebody arrives who still needs so long (UTC ms); undefined when the message names no duration. */
export function arrivalOf({ turn, message }: Asked): number | undefined {
  const lasts = LASTS.exec(message.text);
  if (!lasts) return undefined;
  const [, half, count = '', andHalf, more, unit = ''] = lasts;
  const read = readNumber(count);
  const units = (half ? 0.5 : read.kind === 'read' ? read.value : 0) + (andHalf ? 0.5 : 0);
  // 半个多钟头 is longer than half an hour, by how much nobody knows.
  return turn.now + units * (MINUTES[unit] ?? 0) * MINUTE * (more ? 1.2 : 1);
}
