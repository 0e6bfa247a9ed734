/** Reads whole numbers of people and things: 60人, 六十多号人, 一百二. */
import { surroundings } from './around.ts';
import { numeralAt, numeralOrRangeAt } from './numerals.ts';
import type { Numeral } from './numerals.ts';
import { NONE, doubtful, read, rejected } from './reading.ts';
import type { Option, Reading } from './reading.ts';
import { fold, isQuestion, normalise } from './text.ts';
import { UNIT } from './tokens.ts';

export interface CountOptions {
  /** Greatest number believed; ten million by default. */
  readonly max?: number;
  /** 没有 and 无 mean zero. */
  readonly zeroWords?: boolean;
}

const MAX = 10_000_000;
const SENTENCE = 60;
const COUNTER = / ?(?:号人|来人|口人|把人|个人|个员工|名员工|个|人|名|位|口|家|项|件|份|次|台|套|笔|条|张)/y;
const FILLER = /员工人数|从业人员|职工人数|全职|在职|在册|员工|职工|人员|人数|团队|参保|社保|正式|数量|人|号/g;
const ZERO_WORDS: ReadonlySet<string> = new Set(
  '没有 无 没 没人 一个没有 一个都没有 一个也没有 还没有 暂无'.split(' '),
);

interface Counted extends Numeral {
  readonly negative: boolean;
  readonly named: boolean;
}

function countsIn(text: string): Counted[] {
  const found: Counted[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = /[-负]/.test(text.charAt(at)) && !/[\d一-龥]/.test(text.charAt(at - 1)) ? 1 : 0;
    const numeral = numeralOrRangeAt(text, at + sign);
    if (numeral) {
      COUNTER.lastIndex = numeral.end;
      const counter = COUNTER.exec(text)?.[0] ?? '';
      const end = numeral.end + counter.length;
      // 60% and 60.5.3 are no counts, 2025年 and 3万 yuan neither.
      const broken = /^(?:[.,:/-]?\d|[%‰年月日元块半])/.test(text.slice(end, end + 2));
      const named = counter !== '' && !broken;
      if (!broken) found.push({ ...numeral, start: at, end, negative: sign > 0, named });
      at = end;
    } else {
      at = numeralAt(text, at)?.end ?? at + 1;
    }
  }
  return found;
}

function judge(count: Counted, max: number): Reading<number> {
  if (count.negative) return rejected('数量不能是负数，请重新填写。');
  if (count.vague) return doubtful([], '这是个大概的数，请给一个确切的数。');
  if (count.low % UNIT !== 0n || count.high % UNIT !== 0n) return rejected('请填整数，不要带小数。');
  if (count.high > BigInt(max) * UNIT) return rejected(`这个数太大了（超过${max}），请核对一下。`);
  const option = (value: bigint): Option<number> => ({ value: Number(value / UNIT), label: String(value / UNIT) });
  if (count.low !== count.high) {
    return doubtful([option(count.low), option(count.high)], '这是一个范围，请给一个确切的数。');
  }
  // 上百人 and 百来人 count nothing exactly.
  return read(Number(count.low / UNIT), [count.start, count.end], count.approx || count.implicit);
}

/**
 * Reads an answer that is a count; `approx` for 六十多 and 两百来人. In a longer sentence it takes the one number
 * that has a measure word. Ranges and bounds are doubtful, negative numbers and fractions rejected.
 */
export function readCount(text: string, options: CountOptions = {}): Reading<number> {
  const clean = normalise(text);
  if (options.zeroWords && ZERO_WORDS.has(fold(clean))) return read(0, [0, clean.length]);
  const found = countsIn(clean);
  const [first] = found;
  if (!first) return NONE;
  const max = options.max ?? MAX;
  const around = surroundings(clean.slice(0, first.start), clean.slice(first.end), FILLER);
  if (found.length > 1 || around === 'other') {
    if (clean.length > SENTENCE || isQuestion(clean)) return NONE;
    const named = found.filter((count) => count.named);
    const [only] = named;
    if (!only || named.length === 1) return only ? judge(only, max) : NONE;
    const readings = named.map((count) => judge(count, max));
    const values = new Set(readings.flatMap((reading) => (reading.kind === 'read' ? [reading.value] : [])));
    const options = [...values].map((value) => ({ value, label: String(value) }));
    return doubtful(options, '您说了不止一个数，请确认是哪一个。');
  }
  const reading = judge(first, max);
  if (reading.kind !== 'read' || around === 'plain') return reading;
  if (around === 'approx') return read(reading.value, reading.span, true);
  const option = { value: reading.value, label: String(reading.value) };
  return doubtful([option], '这是一个上限或下限，请给一个确切的数。');
}
