import { readNumber, type Span } from '../../understanding/index.ts';
import { monthsOf } from './monthly.ts';
import { PIECE } from './written.ts';

/** How often an amount was spent: prices of one of several, payments that come back every month. */

const DIGITS = '[\\d一二两三四五' + '六七八九十百]';
const EACH_BEFORE = new RegExp(`(?:每一?|单|平均一?|一)(?:${PIECE})?[^\\d\\s,\\uff0c\\u3002元]{0,5} ?$`);
const ONE_BEFORE = new RegExp(`(?:每|一(?:${PIECE})|单价)`);
const SURE_BEFORE = /每|单价/;
/** 18万一项7万: between amounts, 一项 belongs to the next one. */
const EACH_AFTER_SURE = new RegExp(`^(?:元|块钱?)? ?(?:/|每)(?:${PIECE})`);
const EACH_AFTER = new RegExp(`^(?:元|块钱?)? ?(?:/|每|一)(?:${PIECE})`);
const COUNT = new RegExp(`(${DIGITS}{1,5}) ?(?:多)?(?:${PIECE})`, 'g');
const ALIKE = /各(?:是|付|花|自)? ?$/;
const AND = /[和跟与、及]/g;
const TIMES = /(?:^|[^\d.第])(\d{1,2}|[两三四五六七八九十])(?:个|份|笔|张)$/;

/**
 * How many times the amount at a span was spent: 3份 每份2000 is three times, 检测和查新各5万 twice. `several`: it stands in
 * a row of amounts, which a number before them counts (两笔6万跟9万).
 */
export function timesOf(text: string, [from, to]: Span, several = false): number {
  const monthly = monthsOf(text, [from, to]);
  if (monthly !== undefined) return monthly;
  const before = text.slice(Math.max(0, from - 12), from);
  if (ALIKE.test(before)) {
    const parts = text.slice(Math.max(0, from - 20), from);
    return countIn(parts) ?? 1 + (parts.match(AND)?.length ?? 0);
  }
  // 一项18万一项7万 are two amounts, 每项18万 is a price.
  const one = several ? SURE_BEFORE : ONE_BEFORE;
  const each =
    (EACH_BEFORE.test(before) && one.test(before)) ||
    (several ? EACH_AFTER_SURE : EACH_AFTER).test(text.slice(to, to + 6));
  if (each) return countIn(`${text.slice(0, from)} ${text.slice(to)}`) ?? 1;
  const direct = several ? undefined : TIMES.exec(before)?.[1];
  return direct === undefined ? 1 : (numberOf(direct) ?? 1);
}

function countIn(text: string): number | undefined {
  for (const found of text.matchAll(COUNT)) {
    const count = numberOf(found[1] ?? '');
    if (count !== undefined && count > 1 && count < 10_000) return count;
  }
  return undefined;
}

function numberOf(text: string): number | undefined {
  const reading = readNumber(text);
  return reading.kind === 'read' ? reading.value : undefined;
}
