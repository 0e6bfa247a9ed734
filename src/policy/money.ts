/** Money as integer fen. A yuan amount is read from its decimal text; no binary float takes part in any calculation. */

/** An amount in fen (1/100 yuan), a safe integer. */
export type Fen = number;

/** A rate or factor as an exact fraction. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** The decimal text the rate was written in. */
  readonly text: string;
}

const YUAN = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;
const DECIMAL = /^\d{1,6}(?:\.\d{1,8})?$/;

/** Reads a yuan amount with at most two decimals as fen; undefined for an exponent, more decimals or anything else. */
export function readYuan(text: string): Fen | undefined {
  const parts = YUAN.exec(text);
  if (!parts) return undefined;
  const fen = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
  return parts[1] === '-' ? -fen : fen;
}

/** Fen as a JSON number in yuan; exact to the printed digit up to 10¹³ yuan. */
export function yuanNumber(fen: Fen): number {
  return Number(yuanText(fen));
}

/** Fen as plain yuan text without grouping: 50000, 99999.99. */
export function yuanText(fen: Fen): string {
  const abs = Math.abs(fen);
  const cents = abs % 100;
  const text = String((abs - cents) / 100) + (cents === 0 ? '' : '.' + String(cents).padStart(2, '0'));
  return fen < 0 ? `-${text}` : text;
}

/** Fen as text for people: 50,000元, 99,999.99元. */
export function yuanForPeople(fen: Fen): string {
  const [whole = '', cents] = yuanText(fen).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (cents === undefined ? '' : `.${cents}`) + '元';
}

/** Reads a decimal such as 0.5 as an exact fraction; undefined when it is none. */
export function readRate(text: string): Rate | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const [whole = '0', part = ''] = text.split('.');
  return { numerator: BigInt(whole + part), denominator: 10n ** BigInt(part.length), text };
}

/** amount × rate, rounded down to the fen: a ceiling may not be exceeded. */
export function portion(fen: Fen, rate: Rate): Fen {
  return Number((BigInt(fen) * rate.numerator) / rate.denominator);
}

/** Whether rate `a` is smaller than `b`. */
export function rateBelow(a: Rate, b: Rate): boolean {
  return a.numerator * b.denominator < b.numerator * a.denominator;
}
