import { readNumber, type Span } from '../../understanding/index.ts';

/** 每月付1万 付了一年: a payment that comes back, and for how long. */

const BEFORE = 12;
const EVERY_BEFORE = /(?:每个?|一个|(?:^|[\s,，。]))(月|季度|季|年)[^\d\s,，。]{0,5} ?$/;
const EVERY_AFTER = /^(?:元|块钱?)? ?(?:\/|每个?|一个|一(?=月|季))(月|季度|季|年)/;
/** 一年2万 says when as often as how much; 每年 says how much. */
const YEARLY = /(?:每|\/)个?年|年[付费交缴]/;
const MONTHS: Readonly<Record<string, number>> = { 月: 1, 季: 3, 季度: 3, 年: 12 };
const LASTING = /(?<![\d.第前])(\d{1,2}|[一二两三四五六七八九十]{1,3})(?: ?(个半?月|个季度|季度|年半?))|(半年)/g;
/** Only of what was paid it is said for how long: 成立了半年 is something else. */
const PAID_FOR = /(?:[付交花用做租打缴转给签买](?:了|过|满|够|出去)?|连续?|一?共|总共|合计|持续|干了|乘以?|[x*×]) ?$/;
const BESIDE = /^[\s,，]?$/;
const MOST = 60;

/** How many times the amount at a span was paid; undefined when it is no payment that comes back. */
export function monthsOf(text: string, [from, to]: Span): number | undefined {
  const before = text.slice(Math.max(0, from - BEFORE), from);
  const after = EVERY_AFTER.exec(text.slice(to, to + 8));
  const every = EVERY_BEFORE.exec(before) ?? after;
  if (!every) return undefined;
  const period = MONTHS[every[1] ?? ''] ?? 0;
  if (period === 12 && !YEARLY.test(every[0])) return undefined;
  const end = every === after ? to + after[0].length : to;
  const start = every === after ? from : from - every[0].length;
  for (const lasting of [...text.matchAll(LASTING)]) {
    if (lasting.index >= start && lasting.index < end) continue;
    const lead = text.slice(0, lasting.index);
    const beside = lasting.index >= end && BESIDE.test(text.slice(end, lasting.index).replace(/^元/, ''));
    if (!beside && !PAID_FOR.test(lead)) continue;
    const times = lengthOf(lasting) / period;
    if (Number.isInteger(times) && times >= 1 && times <= MOST) return times;
  }
  return undefined;
}

/** In months; not a number where it cannot be read. */
function lengthOf([, count = '', unit = '', half]: RegExpExecArray): number {
  if (half !== undefined) return 6;
  const reading = readNumber(count);
  if (reading.kind !== 'read') return Number.NaN;
  if (unit.includes('季度')) return reading.value * 3;
  if (unit.startsWith('年')) return reading.value * 12 + (unit === '年半' ? 6 : 0);
  return reading.value;
}
