/** Finds one amount of money at a place in normalised text: sign, currency, numeral, unit, 角 and 分. */
import { numeralAt, numeralOrRangeAt } from './numerals.ts';
import { UNIT, digitOf } from './tokens.ts';
import type { Fixed } from './tokens.ts';

/** What was found; whether it may be believed is for the caller to say. */
export interface Amount {
  readonly start: number;
  readonly end: number;
  /** In yuan, as 10^-12. */
  readonly low: Fixed;
  readonly high: Fixed;
  readonly approx: boolean;
  readonly vague: boolean;
  /** `yuan`: said in so many words; `scale`: 万, 亿 or w only; `small`: 角 or 分 alone; `none`: a bare number. */
  readonly unit: 'yuan' | 'scale' | 'small' | 'none';
  readonly fault: 'negative' | 'foreign' | undefined;
  /** Begins like a word (千万, 百万) instead of a counted number. */
  readonly implicit: boolean;
}

const YUAN_BEFORE = /(?:¥|rmb|cny|人民币) ?:? ?/iy;
const FOREIGN_NAMES =
  '美元|美金|欧元|英镑|日元|日圆|港币|港元|港纸|台币|新台币|韩元|韩币|卢布|澳元|澳门币|加元|瑞士法郎|法郎|新币|新加坡元|泰铢|卢比|usdt|us\\$|hk\\$|usd|eur|hkd|jpy|gbp|\\$|€|£';
const FOREIGN_BEFORE = new RegExp(`(?:${FOREIGN_NAMES}) ?:? ?`, 'iy');
const FOREIGN_AFTER = new RegExp(` ?(?:${FOREIGN_NAMES}|刀(?![具片]))`, 'iy');
const SIGN = /[-负] ?/y;
const YUAN_AFTER = / ?\(?(?:块钱|元钱|块|元|圆|人民币|rmb|cny|¥)\)?/iy;
const SMALL_AFTER = /角|毛钱|毛|分钱|分/y;
const ROUND = /[整正]?(?: ?(?:人民币|rmb|cny))?/iy;
const DIGIT = '[\\d零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖]';
const JIAO = new RegExp(`(${DIGIT})[角毛]`, 'y');
const FEN = new RegExp(`零?(${DIGIT})分`, 'y');
const SHORT_JIAO = new RegExp(`(${DIGIT})(?![\\d个人项次年月天点.,十百千万亿角毛分家台件])`, 'y');

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  return match(pattern, text, at)?.[0].length ?? 0;
}

function digit(found: RegExpExecArray | undefined): bigint {
  const char = found?.[1] ?? '0';
  return BigInt(digitOf(char) ?? Number(char));
}

/** A minus after a number or a unit is a dash (20万-30万), elsewhere a sign. */
function signAt(text: string, at: number): number {
  if (at > 0 && /[\da-z元块万亿千百十角分毛钱)\]%]/i.test(text.charAt(at - 1))) return 0;
  return lengthOf(SIGN, text, at);
}

/** 角 and 分 behind the yuan: their sum in 10^-12 yuan and where they end. */
function change(text: string, at: number, said: string): { value: Fixed; end: number } {
  const jiao = match(JIAO, text, at);
  let end = at + (jiao?.[0].length ?? 0);
  const fen = match(FEN, text, end);
  end += fen?.[0].length ?? 0;
  if (jiao || fen) return { value: (digit(jiao) * UNIT) / 10n + (digit(fen) * UNIT) / 100n, end };
  // 五块二 is five and two tenths; after 元 nobody speaks like that.
  const short = /块$/.test(said) ? match(SHORT_JIAO, text, at) : undefined;
  return short ? { value: (digit(short) * UNIT) / 10n, end: at + short[0].length } : { value: 0n, end: at };
}

function isBroken(text: string, end: number): boolean {
  return /^(?:\d|[.,/:-]\d|[%‰℃°]|[a-z])/i.test(text.slice(end, end + 2));
}

/** The amount that begins at `at` (with its sign or currency), or undefined. */
export function amountAt(text: string, at: number): Amount | undefined {
  let position = at;
  const minus = signAt(text, position);
  position += minus;
  const yuanBefore = lengthOf(YUAN_BEFORE, text, position);
  const foreignBefore = yuanBefore > 0 ? 0 : lengthOf(FOREIGN_BEFORE, text, position);
  position += yuanBefore + foreignBefore;
  const minusInside = yuanBefore + foreignBefore > 0 ? lengthOf(SIGN, text, position) : 0;
  const numeral = numeralOrRangeAt(text, position + minusInside);
  if (!numeral) return undefined;
  let { end } = numeral;
  const foreign = lengthOf(FOREIGN_AFTER, text, end);
  const unit = foreign > 0 ? '' : (match(YUAN_AFTER, text, end)?.[0] ?? '');
  const small = foreign > 0 || unit !== '' ? '' : (match(SMALL_AFTER, text, end)?.[0] ?? '');
  end += foreign + unit.length + small.length;
  const rest = unit === '' ? { value: 0n, end } : change(text, end, unit);
  end = rest.end;
  if (unit !== '' || yuanBefore > 0 || numeral.scaled) end += lengthOf(ROUND, text, end);
  if (foreign + unit.length + small.length === 0 && numeral.split !== true && isBroken(text, end)) return undefined;
  const divisor = small === '' ? 1n : small.startsWith('分') ? 100n : 10n;
  const big = numeral.lastUnit >= 10_000n || numeral.high >= 10_000n * UNIT;
  return {
    ...{ start: at, end, approx: numeral.approx, vague: numeral.vague, implicit: numeral.implicit },
    low: numeral.low / divisor + rest.value,
    high: numeral.high / divisor + rest.value,
    unit: unit !== '' || yuanBefore > 0 ? 'yuan' : small !== '' ? 'small' : numeral.scaled && big ? 'scale' : 'none',
    fault: minus + minusInside > 0 ? 'negative' : foreign + foreignBefore > 0 ? 'foreign' : undefined,
  };
}

const STARTS =
  /[\d.¥$€£\-负a-z零〇一二两三四五六七八九十百千几数半俩仨壹贰叁肆伍陆柒捌玖拾佰仟弌弍弎人美欧英日港台新韩卢澳加瑞法泰]/i;

/** All amounts of the normalised text from left to right, bare numbers included; they do not overlap. */
export function amountsIn(text: string): Amount[] {
  const found: Amount[] = [];
  let at = 0;
  // Where digits ended that are no amount: what continues them (1.2.3元, 1,23万) is none either.
  let broken = -2;
  // Where an amount ended that another one touches (5w8w).
  let touched = -1;
  while (at < text.length) {
    const inside = at > 0 && at !== touched && /[\d.][\da-z]|[a-z][\da-z]/i.test(text.slice(at - 1, at + 1));
    const amount = STARTS.test(text.charAt(at)) && !inside ? amountAt(text, at) : undefined;
    const continues = at === broken || (at === broken + 1 && /[.,:/-]/.test(text.charAt(broken)));
    if (amount && !continues) found.push(amount);
    touched = amount && /[wk]/i.test(text.charAt(amount.end - 1)) ? amount.end : -1;
    const end = amount?.end ?? numeralAt(text, at)?.end;
    if (end !== undefined && (!amount || continues)) broken = end;
    at = end ?? at + 1;
  }
  return found;
}
