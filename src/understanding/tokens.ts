/** Cuts a numeral, Chinese or mixed (18万5, 二十来, 三点五), into tokens. Works on normalised text. */

/** A number as an integer count of 10^-12, so that no binary fraction is ever involved. */
export type Fixed = bigint;
export const DECIMALS = 12;
export const UNIT: Fixed = 10n ** 12n;

export type Token = { readonly start: number; readonly end: number } & (
  | {
      readonly type: 'number';
      readonly low: Fixed;
      readonly high: Fixed;
      /** The digits as decimal text, for what follows 点. */
      readonly digits: string;
      readonly arabic: boolean;
      readonly fraction: boolean;
      readonly vague: boolean;
    }
  | { readonly type: 'zero' }
  | { readonly type: 'unit'; readonly unit: bigint; readonly letter: boolean }
  | { readonly type: 'point' }
  | { readonly type: 'half' }
  | { readonly type: 'approx'; readonly char: string }
);

const ARABIC =
  /\d{1,3}(?:,\d{3}){1,12}(?![\d,])(?:\.\d+)?|(?<![\d.,:/-])\d{1,3}(?: \d{3}){1,12}(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+/y;

const DIGIT: ReadonlyMap<string, number> = new Map(
  [...['零〇', '一壹弌', '二贰两弍', '三叁弎参', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].entries()].flatMap(
    ([value, chars]) => Array.from(chars, (char): [string, number] => [char, value]),
  ),
);
const SMALL: ReadonlyMap<string, bigint> = new Map([
  ['十', 10n],
  ['拾', 10n],
  ['百', 100n],
  ['佰', 100n],
  ['千', 1000n],
  ['仟', 1000n],
  ['万', 10_000n],
  ['亿', 100_000_000n],
]);
const LETTER: ReadonlyMap<string, bigint> = new Map([
  ['w', 10_000n],
  ['k', 1000n],
]);
/** 俩 and 仨 are numbers that already hold their measure word. */
const WHOLE: ReadonlyMap<string, bigint> = new Map([
  ['俩', 2n],
  ['仨', 3n],
]);
const APPROX_BUT_WORD: ReadonlyMap<string, RegExp> = new Map([
  ['多', /[少久次]/],
  ['余', /[额下款]/],
  ['来', /[自源不到了料历]/],
  ['把', /[^人块个元]/],
]);
const MAX_DIGITS = 40;

/** The value of one Chinese digit; undefined for anything else. */
export function digitOf(char: string): number | undefined {
  return DIGIT.get(char);
}

function fixedOf(digits: string): Fixed {
  const [whole = '', fraction = ''] = digits.split('.');
  const kept = fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0');
  // What lies beyond twelve decimals only matters as "not exact": it is kept as the last unit.
  const sticky = /[1-9]/.test(fraction.slice(DECIMALS)) ? 1n : 0n;
  return BigInt(whole.slice(0, MAX_DIGITS) || '0') * UNIT + BigInt(kept) + sticky;
}

function arabic(text: string, at: number): Token | undefined {
  ARABIC.lastIndex = at;
  const found = ARABIC.exec(text)?.[0];
  if (found === undefined) return undefined;
  const digits = found.replace(/[, ]/g, '');
  const value = fixedOf(digits);
  const fraction = digits.includes('.');
  const end = at + found.length;
  return { type: 'number', low: value, high: value, digits, arabic: true, fraction, vague: false, start: at, end };
}

/** 两三, 五六 and 三五 mean "between"; 二五 or 一二三 are read digit by digit. */
function isBetween(run: readonly number[]): boolean {
  const [a = 0, b = 0] = run;
  return run.length === 2 && a > 0 && (b - a === 1 || (a === 3 && b === 5));
}

function chinese(text: string, at: number): Token | undefined {
  const run: number[] = [];
  for (let digit = DIGIT.get(text.charAt(at)); digit !== undefined; digit = DIGIT.get(text.charAt(at + run.length))) {
    run.push(digit);
  }
  if (run.length === 0) return undefined;
  const shape = { type: 'number', arabic: false, fraction: false, vague: false, start: at } as const;
  if (run[0] === 0 && run.length <= 2) return { type: 'zero', start: at, end: at + 1 };
  const digits = run.join('');
  const end = at + run.length;
  if (!isBetween(run)) return { ...shape, low: fixedOf(digits), high: fixedOf(digits), digits, end };
  return { ...shape, low: fixedOf(String(run[0])), high: fixedOf(String(run[1])), digits, end };
}

function unit(text: string, at: number): Token | undefined {
  const start = at;
  let from = at;
  if (text.charAt(from) === ' ') from += 1;
  if (text.charAt(from) === '个' && /[万亿wW]/.test(text.charAt(from + 1))) from += 1;
  const char = text.charAt(from);
  const letter = LETTER.get(char.toLowerCase());
  if (letter !== undefined) {
    if (/[a-z]/i.test(text.charAt(from + 1))) return undefined;
    return { type: 'unit', unit: letter, letter: true, start, end: from + 1 };
  }
  const value = SMALL.get(char);
  return value === undefined ? undefined : { type: 'unit', unit: value, letter: false, start, end: from + 1 };
}

function special(text: string, at: number): Token | undefined {
  const start = at;
  const end = at + 1;
  const char = text.charAt(at);
  const whole = WHOLE.get(char);
  const shape = { type: 'number', arabic: false, fraction: false, start, end } as const;
  if (whole !== undefined) {
    return { ...shape, low: whole * UNIT, high: whole * UNIT, digits: String(whole), vague: false };
  }
  const some = char === '几' || (char === '数' && /[十百千万亿]/.test(text.charAt(end)));
  if (some) {
    return { ...shape, low: UNIT, high: 9n * UNIT, digits: '', vague: true };
  }
  if (char === '点') return { type: 'point', start, end };
  if (char === '半') return { type: 'half', start, end };
  // After a number these are "about", unless they begin a word of their own (来自, 余额).
  const word = APPROX_BUT_WORD.get(char);
  return word === undefined || word.test(text.charAt(end)) ? undefined : { type: 'approx', char, start, end };
}

/** The token that begins at `at`, or undefined. */
export function tokenAt(text: string, at: number): Token | undefined {
  // The sticky pattern is the dear one, so it is tried only where it can match.
  const found = /[\d.]/.test(text.charAt(at)) ? arabic(text, at) : undefined;
  return found ?? chinese(text, at) ?? unit(text, at) ?? special(text, at);
}

/** The decimal digits a token stands for after 点; undefined when it stands for none. */
export function fractionDigits(token: Token): string | undefined {
  if (token.type === 'zero') return '0';
  if (token.type !== 'number' || token.fraction || token.vague) return undefined;
  return token.digits;
}
