/** Adds up the tokens of a numeral one after the other. Two bounds are carried through, for 两三百 and 十几万. */
import { DECIMALS, UNIT, fractionDigits } from './tokens.ts';
import type { Fixed, Token } from './tokens.ts';

const WAN = 10_000n;
const YI = 100_000_000n;

type Pair = readonly [Fixed, Fixed];
const plus = (a: Pair, b: Pair): Pair => [a[0] + b[0], a[1] + b[1]];
const times = (a: Pair, k: bigint): Pair => [a[0] * k, a[1] * k];
const ZERO: Pair = [0n, 0n];

/** Where the sum stands: closed parts, the part below 万 that is open, and a number still without its unit. */
export interface Sum {
  yi: Pair;
  wan: Pair;
  section: Pair;
  pending: Pair | undefined;
  /** A single digit without fraction: after a unit it stands for the next lower one (一千二). */
  short: boolean;
  pendingArabic: boolean;
  lastUnit: bigint;
  sectionUnit: bigint;
  wanClosed: boolean;
  yiClosed: boolean;
  zeroSaid: boolean;
  approx: boolean;
  vague: boolean;
  scaled: boolean;
  implicit: boolean;
  halfSaid: boolean;
  point: string | undefined;
}

/** Nothing said yet. */
export function emptySum(): Sum {
  return {
    yi: ZERO,
    wan: ZERO,
    section: ZERO,
    pending: undefined,
    short: false,
    pendingArabic: false,
    lastUnit: 0n,
    sectionUnit: YI,
    wanClosed: false,
    yiClosed: false,
    zeroSaid: false,
    approx: false,
    vague: false,
    scaled: false,
    implicit: false,
    halfSaid: false,
    point: undefined,
  };
}

/** The pending number at the end: 二 after 一千 is two hundred, after 一千零 it is two. */
function tail(sum: Sum): Pair {
  if (!sum.pending) return ZERO;
  const shortened = sum.short && sum.lastUnit > 10n && !sum.zeroSaid;
  return shortened ? times(sum.pending, sum.lastUnit / 10n) : sum.pending;
}

/** Low and high bound of what was said so far. */
export function total(sum: Sum): Pair {
  return plus(plus(sum.yi, sum.wan), plus(sum.section, tail(sum)));
}

function takeNumber(sum: Sum, token: Extract<Token, { type: 'number' }>): boolean {
  if (sum.pending || sum.approx || sum.halfSaid) return false;
  const after = sum.lastUnit > 0n;
  // 12万3456.78 is plain; in 1万2.5 the 2 could be two thousand.
  const unclear = token.fraction && token.low < 10n * UNIT;
  if (after && (unclear || token.high >= sum.lastUnit * UNIT)) return false;
  // 几 leads with at least two (几万), but 十几 begins at eleven.
  sum.pending = token.vague && !after ? [2n * UNIT, token.high] : [token.low, token.high];
  sum.short = token.digits.length <= 1 || (!token.arabic && token.low !== token.high);
  sum.pendingArabic = token.arabic;
  sum.vague ||= token.vague;
  return true;
}

function takeSmallUnit(sum: Sum, unit: bigint, first: boolean): boolean {
  if (unit >= sum.sectionUnit || sum.halfSaid) return false;
  if (!sum.pending) {
    if (sum.approx || !(unit === 10n || first)) return false;
    if (first && unit !== 10n) sum.implicit = true;
  }
  sum.section = plus(sum.section, times(sum.pending ?? [UNIT, UNIT], unit));
  sum.sectionUnit = unit;
  return true;
}

function takeBigUnit(sum: Sum, unit: bigint): boolean {
  if (sum.halfSaid && !sum.pending) return false;
  if (unit === WAN ? sum.wanClosed : sum.yiClosed) return false;
  // 一百五万 may be 105 or 150 of them: both are kept.
  const open: Pair = sum.pendingArabic || !sum.pending ? (sum.pending ?? ZERO) : [sum.pending[0], tail(sum)[1]];
  const amount = plus(sum.section, open);
  if (unit === WAN) {
    if (amount[1] === 0n) return false;
    sum.wan = times(amount, WAN);
    sum.wanClosed = true;
  } else {
    const all = plus(sum.wan, amount);
    if (all[1] === 0n) return false;
    sum.yi = times(all, YI);
    sum.wan = ZERO;
    sum.wanClosed = false;
    sum.yiClosed = true;
  }
  sum.section = ZERO;
  sum.sectionUnit = WAN;
  return true;
}

function takeUnit(sum: Sum, unit: bigint, first: boolean): boolean {
  if (!(unit >= WAN ? takeBigUnit(sum, unit) : takeSmallUnit(sum, unit, first))) return false;
  sum.pending = undefined;
  sum.lastUnit = unit;
  sum.zeroSaid = false;
  sum.point = undefined;
  sum.scaled = true;
  return true;
}

function takeHalf(sum: Sum, first: boolean): boolean {
  if (sum.pending || sum.halfSaid || sum.approx || !(first || sum.lastUnit >= 100n)) return false;
  if (first) sum.pending = [UNIT / 2n, UNIT / 2n];
  else sum.section = plus(sum.section, times([UNIT, UNIT], sum.lastUnit / 2n));
  sum.short = false;
  sum.halfSaid = true;
  return true;
}

/** 三点五: what follows 点 are decimals of all that stands before it. */
function takeFraction(sum: Sum, token: Token): boolean {
  const digits = fractionDigits(token);
  if (digits === undefined) return false;
  sum.point = `${sum.point ?? ''}${digits}`.slice(0, DECIMALS);
  const part = BigInt(sum.point.padEnd(DECIMALS, '0'));
  const base = plus(sum.section, sum.pending ?? ZERO);
  sum.pending = plus([base[0] - (base[0] % UNIT), base[1] - (base[1] % UNIT)], [part, part]);
  sum.pendingArabic = true;
  sum.section = ZERO;
  sum.sectionUnit = YI;
  sum.short = false;
  return true;
}

function isWhole(base: Pair, sum: Sum): boolean {
  return (base[1] > 0n || sum.pending !== undefined) && base[0] % UNIT === 0n;
}

function takeZero(sum: Sum, first: boolean): boolean {
  if (sum.pending || sum.zeroSaid || sum.approx) return false;
  if (first) sum.pending = ZERO;
  else sum.zeroSaid = true;
  return true;
}

/** Takes one token into the sum; false when the numeral ends before it. `previous`: the type of the token before. */
export function take(sum: Sum, token: Token, previous: Token['type'] | undefined): boolean {
  const first = previous === undefined;
  if (previous === 'point') return takeFraction(sum, token);
  switch (token.type) {
    case 'number':
      return sum.point === undefined ? takeNumber(sum, token) : takeFraction(sum, token);
    case 'zero':
      return sum.point !== undefined ? takeFraction(sum, token) : takeZero(sum, first);
    case 'unit':
      return takeUnit(sum, token.unit, first);
    case 'half':
      return takeHalf(sum, first);
    case 'point':
      return sum.point === undefined && !sum.approx && isWhole(plus(sum.section, sum.pending ?? ZERO), sum);
    case 'approx':
      if (first || sum.approx || (token.char === '把' && sum.pending)) return false;
      sum.approx = true;
      return true;
  }
}
