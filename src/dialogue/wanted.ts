import { civilDateOf } from '../policy/index.ts';
import { findDates, findMoney, fold, isQuestion } from '../understanding/index.ts';
import type { Guide } from './guide.ts';
import { LEAST_AMOUNT, meantBy } from './meaning.ts';
import type { Turn } from './turn.ts';

/** How corrections are worded: what was wrong, and what is to stand there. */

/** 不是20万 is an amount denied; a stop makes it a correction. */
const MARKED =
  /^(?:(?:刚才|刚刚|前面|上面|我|是我)?(?:[写说打填答输选弄搞记看][的得]?错了?|错了|不对|更正(?:一下)?|纠正(?:一下)?)[,.。;:!、~ ]*|不是[,.。;!、~ ]+){1,3}/;
const STRONG = /错了|更正|纠正/;
const CHANGED = /^(.{0,14}?)(?:改成|改为|更正为|修改为)(.{1,40})$/;
const MEANT = /^(.{0,14}?)(?:应该?是|应为|其实是|实际是)(.{1,40})$/;
/** Who wants others, or papers, changed asks for something else. */
const OTHERS = /帮|让|叫|请|找|能|可以|可不|机构|对方|报告|合同|日期写|怎|吗|别|偷|假|一下数据/;
/** A correction, or a statement of one fact, is no longer. */
export const MOST = 60;

/** A correction as it was said. */
export interface Wanted {
  /** Where the fact is named. */
  readonly named: string;
  /** What is to stand there. */
  readonly value: string;
  /** The person says that something was wrong. */
  readonly marked: boolean;
  readonly strong: boolean;
}

/** What a message wants changed; undefined when it corrects nothing. */
export function wantedOf(text: string): Wanted | undefined {
  if (text.length > MOST || isQuestion(text) || OTHERS.test(text)) return undefined;
  const mark = MARKED.exec(text)?.[0] ?? '';
  const rest = text.slice(mark.length).trim();
  const changed = CHANGED.exec(rest) ?? (mark === '' ? null : MEANT.exec(rest));
  if (changed) {
    const [, named = '', value = ''] = changed;
    return { named: `${named}${value}`, value, marked: mark !== '', strong: true };
  }
  if (mark === '' || rest === '') return undefined;
  return { named: rest, value: rest.replace(/^应?是/, ''), marked: true, strong: STRONG.test(mark) };
}

/** A value in a text: an amount (fen) or a day. */
export interface Value {
  readonly type: 'money' | 'date';
  readonly value: number | string;
  readonly span: readonly [number, number];
}

/** The only amount or day of a text; undefined when there is none, or more. */
export function valueIn(turn: Turn, text: string): Value | undefined {
  const dates = findDates(text, civilDateOf(turn.now), { prefer: 'past' }).filter(
    ({ reading }) => reading.kind === 'read',
  );
  const [money, other] = findMoney(text);
  if (dates.length === 1 && !money) {
    const { reading, span } = dates[0] ?? {};
    return reading?.kind === 'read' && span ? { type: 'date', value: reading.value, span } : undefined;
  }
  if (!money || other || dates.length > 0 || money.reading.kind !== 'read') return undefined;
  if (money.reading.value > 0 && money.reading.value < LEAST_AMOUNT) return undefined;
  return { type: 'money', value: money.reading.value, span: money.span };
}

/** The fact that a text names, by its label or by the words that stand beside such a value. */
export function namedFact(guide: Guide, text: string, value: Value): string | undefined {
  const { free } = guide.programme.files.questions;
  for (const [path, spec] of guide.programme.vocabulary.facts)
    if (spec.type === value.type && spec.label.length > 2 && fold(text).includes(fold(spec.label))) return path;
  return meantBy(text, value.span, value.type === 'money' ? free.amounts : free.dates, free.never);
}
