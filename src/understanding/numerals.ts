/** Reads numerals as people write them: 十八万五, 1万2, 18.5万, 3千5, 二〇二五, 1,234.5, 两三百, 十几万. */
import { NONE, doubtful, read, rejected } from './reading.ts';
import type { Reading } from './reading.ts';
import { normalise } from './text.ts';
import { emptySum, take, total } from './sum.ts';
import { DECIMALS, UNIT, tokenAt } from './tokens.ts';
import type { Fixed, Token } from './tokens.ts';

/** A numeral found in normalised text. */
export interface Numeral {
  readonly start: number;
  readonly end: number;
  readonly low: Fixed;
  /** Greater than `low` when it is a range by itself (两三百, 十几万). */
  readonly high: Fixed;
  /** 多, 余, 来, 把 were said: the value is a floor or a rough one. */
  readonly approx: boolean;
  /** 几 or 数 were said: the bounds are too far apart to be offered. */
  readonly vague: boolean;
  /** The unit it ends with (20-30万 lends it to the 20); 1 without. */
  readonly lastUnit: bigint;
  /** Whether any of 十百千万亿wk occurs. */
  readonly scaled: boolean;
  /** Begins with a unit whose "one" is not said (百八十, 千万): it may be a word instead of a number. */
  readonly implicit: boolean;
  /** Another numeral touches its end (5万8万, 5万3项). */
  readonly split?: true;
}

/** What a numeral can begin with; looked at first, because most characters of a sentence are something else. */
const NUMERAL_CHAR = /[\d.零〇一二三四五六七八九十百千两几数半俩仨壹贰叁肆伍陆柒捌玖拾佰仟弌弍弎参]/;
const MAX_TOKENS = 48;

/** 5万3项, 5万一共, 5万2025年: what follows a unit counts something else. */
const OTHER_COUNT = /[一二两三四五六七八九\d]{1,2}(?:[项家份张笔次套组月天号日年]|个月|[共起](?<=一.))|20\d\d ?年/y;

function countsOther(text: string, token: Token, lastUnit: bigint): boolean {
  if (token.type !== 'number' || token.vague || lastUnit < 10_000n) return false;
  OTHER_COUNT.lastIndex = token.start;
  return OTHER_COUNT.test(text);
}

/** The longest numeral that begins at `at` in normalised text, or undefined. */
export function numeralAt(text: string, at: number): Numeral | undefined {
  let token = NUMERAL_CHAR.test(text.charAt(at)) ? tokenAt(text, at) : undefined;
  if (!token) return undefined;
  const sum = emptySum();
  let found: Numeral | undefined;
  let previous: Token['type'] | undefined;
  let position = at;
  // Where it ends if what follows turns out to be another numeral: before its last number, and at 万 or 亿.
  let shorter: Numeral | undefined;
  let big: Numeral | undefined;
  let lastArabic = false;
  for (let count = 0; count < MAX_TOKENS; count += 1) {
    if (!token) break;
    if (previous === 'unit' && found && countsOther(text, token, found.lastUnit)) return { ...found, split: true };
    if (token.type === 'number') shorter = previous === 'unit' ? found : undefined;
    const arabic = token.type === 'number' && token.arabic;
    if (!take(sum, token, previous)) {
      const refused = token.type === 'unit' ? token.unit : 0n;
      if (refused === 0n || !(previous === 'number' || (previous === 'unit' && refused >= 10_000n))) break;
      // 五万十二万: the second amount begins behind the first 万; 5万8千12万 has its number in digits.
      const first = refused < 10_000n || lastArabic ? shorter : (big ?? shorter);
      return first ? { ...first, split: true } : found;
    }
    lastArabic = arabic;
    position = token.end;
    const open = token.type === 'point' || (token.type === 'zero' && sum.zeroSaid);
    if (!open) {
      const [low, high] = total(sum);
      const { approx, vague, scaled, implicit } = sum;
      const lastUnit = token.type === 'unit' ? token.unit : token.type === 'approx' ? (found?.lastUnit ?? 1n) : 1n;
      found = { start: at, end: position, low, high, approx, vague, scaled, implicit, lastUnit };
      if (token.type === 'unit' && token.unit >= 10_000n) big = found;
    }
    previous = token.type;
    token = tokenAt(text, position);
  }
  return found;
}

const BETWEEN = / ?(?:-|~|到|至) ?/y;

/**
 * Like numeralAt, but 20-30万 and 50到60 are one range. A lower bound without a unit of its own takes the unit of
 * the upper one.
 */
export function numeralOrRangeAt(text: string, at: number): Numeral | undefined {
  const first = numeralAt(text, at);
  if (!first) return undefined;
  BETWEEN.lastIndex = first.end;
  const link = BETWEEN.exec(text);
  const second = link ? numeralAt(text, first.end + link[0].length) : undefined;
  if (!second) return first;
  const lent = first.scaled ? first.low : first.low * second.lastUnit;
  const low = lent < second.low ? lent : first.low;
  if (low >= second.low) return first;
  return { ...second, start: at, low, high: second.high, approx: first.approx || second.approx };
}

/** A fixed value as plain decimal text without trailing zeros. */
export function decimalText(value: Fixed): string {
  const fraction = (value % UNIT).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  return `${value / UNIT}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Reads a text that is a numeral and nothing else; the value is the nearest double. Ranges are doubtful. */
export function readNumber(text: string): Reading<number> {
  const clean = normalise(text);
  const negative = /^(?:-|负) ?/.exec(clean)?.[0] ?? '';
  const numeral = numeralOrRangeAt(clean, negative.length);
  if (!numeral || numeral.end !== clean.length) return NONE;
  if (negative !== '') return rejected('这里不能填负数。');
  const option = (value: Fixed): { value: number; label: string } => {
    return { value: Number(decimalText(value)), label: decimalText(value) };
  };
  if (numeral.vague) return doubtful([], '这是一个大概的数，请给一个确切的数。');
  if (numeral.low !== numeral.high) {
    return doubtful([option(numeral.low), option(numeral.high)], '这是一个范围，请给一个确切的数。');
  }
  return read(Number(decimalText(numeral.low)), [0, clean.length], numeral.approx);
}
