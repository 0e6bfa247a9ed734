import type { Fen } from '../../policy/index.ts';
import { findMoney } from '../../understanding/index.ts';
import { distanceTo, nearest } from '../../understanding/question/index.ts';
import { LEAST_AMOUNT } from '../meaning.ts';
import { has, type Asked } from './asked.ts';

/** The amounts of a question, sorted by what their words say of them. */
export interface Amounts {
  readonly spent: readonly Fen[];
  readonly invoiced: readonly Fen[];
  readonly received: Fen;
  /** Agreed in a contract, or wished for. */
  readonly other: readonly Fen[];
  readonly foreign: boolean;
  /** Called approximate, or a range: the greatest is taken. */
  readonly rough: boolean;
}

/** A bare number of at least four digits is an amount once a figure is asked for (花了18000能补多少). */
const BARE = /(^|[^\d.年\-/])([1-9]\d{3,8})(?![\d.年月日号人%\-/:万千亿元块])/g;
/** 18万能补多少, 260w 拿多少, 6个亿: written so that the unit is not taken for part of the next word. */
const UNIT_SAID =
  /([\d半几一二三四五六七八九十百千])(万|w)(?=[^元块\da-z一二三四五六七八九半多余来亿美欧英日港台韩刀新]|$)/g;
const SPOKEN_UNIT = /([\d半几一二三四五六七八九十百千])个(?=[亿万])/g;
const FOREIGN = /外币|人民币金额/;

/** The text with its amounts written out, as the reader of amounts expects them. */
export function writtenOut(text: string): string {
  return text.replace(SPOKEN_UNIT, '$1').replace(UNIT_SAID, '$1万元');
}

/** Sorts the amounts of a question. Linear in its length. */
export function amountsOf(asked: Asked): Amounts {
  const { cues } = asked;
  const asks = has(asked, cues.estimate);
  const plain = writtenOut(asked.message.text);
  const text = asks ? plain.replace(BARE, '$1$2元') : plain;
  const lists = {
    received: cues.received,
    invoiced: cues.invoiced,
    agreed: cues.agreed,
    other: cues.other_amount,
    spent: cues.spent,
  };
  const sorted = {
    received: [] as Fen[],
    invoiced: [] as Fen[],
    agreed: [] as Fen[],
    other: [] as Fen[],
    spent: [] as Fen[],
  };
  let foreign = false;
  let rough = false;
  let total: Fen | undefined;
  for (const { reading, span } of findMoney(text)) {
    if (reading.kind === 'rejected') {
      foreign ||= FOREIGN.test(reading.why);
      continue;
    }
    if (reading.kind === 'none') continue;
    const value = reading.kind === 'read' ? reading.value : reading.options.at(-1)?.value;
    if (value === undefined || value < LEAST_AMOUNT) continue;
    rough ||= reading.kind === 'doubtful';
    const kind = nearest(text, span, lists) ?? 'spent';
    if (kind === 'spent' && (distanceTo(text, span, cues.total) ?? 9) < 2) total = value;
    sorted[kind].push(value);
  }
  const paid = total === undefined ? sorted.spent : [total];
  const nothing = paid.length + sorted.invoiced.length === 0;
  return {
    spent: nothing ? sorted.agreed : paid,
    invoiced: sorted.invoiced,
    received: sum(sorted.received),
    other: sorted.other,
    foreign,
    rough,
  };
}

/** The sum of amounts in fen. */
export function sum(amounts: readonly Fen[]): Fen {
  return amounts.reduce((all, one) => all + one, 0);
}
