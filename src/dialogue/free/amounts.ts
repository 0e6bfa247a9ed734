import type { Fen } from '../../policy/index.ts';
import { findMoney } from '../../understanding/index.ts';
import { cueIn } from '../../understanding/question/index.ts';
import { LEAST_AMOUNT } from '../meaning.ts';
import { has, type Asked } from './asked.ts';
import { expectedRole } from './expected.ts';
import { pieceAfter, pieceBefore, roleOf, ROLES, type AmountRole } from './roles.ts';
import { timesOf } from './times.ts';
import { bareWritten, isPriced, isSpent, writtenOut } from './written.ts';

/** The amounts of a question, sorted by what their words say of them. */
export interface Amounts {
  /** Paid, after what was given back or is still owed. */
  readonly spent: readonly Fen[];
  readonly invoiced: readonly Fen[];
  /** Of this year's subsidy. */
  readonly received: Fen;
  /** Accepted by the reviewers. */
  readonly recognised: Fen | undefined;
  /** The limit of the voucher that was granted. */
  readonly voucher: Fen | undefined;
  /** The subsidy somebody wishes for, or another amount that can be one. */
  readonly wanted: Fen | undefined;
  /** The subsidy that is named beside what was spent. */
  readonly expected: Fen | undefined;
  /** What was agreed or invoiced is named beside what was paid. */
  readonly differs: boolean;
  /** Of what is not paid for at all, beside something else, and the word that says so. */
  readonly excluded: { readonly sum: Fen; readonly word: string } | undefined;
  readonly foreign: boolean;
  /** Called approximate, or a range: the greatest is taken. */
  readonly rough: boolean;
  /** What stands in the message beside the amounts. */
  readonly beside: string;
}

const FOREIGN = /外币|人民币金额/;
/** A short statement that ends with its only number (某市 查新2500). */
const ONE_FIGURE = /^\D{3,}(?!(?:19|20)\d\d$)\d{4,6}$/;
const SHORT = 16;
const ALONE = /^[1-9]\d{3,6}(?:\.\d{1,2})?$/;

/** What stands between amounts of one kind. */
const LISTED = /^(?:元|块钱?|块)? ?(?:[,，、+＋;；]|和|跟|与|加|还有)? ?$/;
/** 一项, 一笔 before each of several amounts. */
const ONE_OF = /一(?:项|笔|个|份|张|次|单|家|批)[^\d]{0,6}$/;
/** Only of these roles an amount can be a price of one of several. */
const TIMED: ReadonlySet<AmountRole> = new Set(['spent', 'agreed', 'invoiced']);

/** 其中5万: a part of another amount. */
const PART_OF =
  /其中|里面|里头|里边|当中|包括|包含|含|^ ?[^\d\s,，]{0,4}(?:里|中(?=有|的|是|$)|内(?=有|的|$))|^[ ,，]?有$/;
/** 付了一半: of a contract or an invoice, half was paid. */
const HALF_PAID = /(?:付|打|转|给|交)(?:了|过)?一半|一半(?:没付|未付|的?款)/;

/** 去年给了20万 今年还能报多少: what was given in another year, when what is left is asked for. */
const GIVEN = /给了? ?$/;

interface Excluded {
  readonly sum: Fen;
  readonly inside: Fen;
  readonly word: string;
}

interface Sorted {
  readonly sums: Readonly<Record<AmountRole, readonly Fen[]>>;
  readonly excluded: Excluded | undefined;
  readonly total: Fen | undefined;
  readonly expected: Fen | undefined;
  readonly foreign: boolean;
  readonly rough: boolean;
  readonly beside: string;
}

function sorted(asked: Asked, notPaid: readonly string[]): Sorted {
  const { cues } = asked;
  const plain = writtenOut(asked.message.text);
  const figures =
    has(asked, cues.estimate) ||
    ALONE.test(plain.trim()) ||
    isPriced(plain) ||
    isSpent(plain) ||
    findMoney(plain).length > 1 ||
    (plain.length <= SHORT && ONE_FIGURE.test(plain));
  const text = figures ? bareWritten(plain) : plain;
  const sums = Object.fromEntries(ROLES.map((role) => [role, [] as Fen[]])) as unknown as Record<AmountRole, Fen[]>;
  const found = findMoney(text);
  let foreign = false;
  let rough = false;
  let total: Fen | undefined;
  let expected: Fen | undefined;
  let beside = '';
  let last: AmountRole | undefined;
  let excluded: Excluded | undefined;
  const lists: Readonly<Record<AmountRole | 'excluded', readonly string[]>> = {
    ...cues.amounts,
    excluded: found.length > 1 ? notPaid : [],
  };
  found.forEach(({ reading, span }, at) => {
    const low = found[at - 1]?.span[1] ?? 0;
    const high = found[at + 1]?.span[0] ?? text.length;
    const listed = at > 0 && LISTED.test(text.slice(low, span[0]));
    beside += text.slice(low, span[0]);
    if (reading.kind === 'rejected') {
      foreign ||= FOREIGN.test(reading.why);
      return;
    }
    if (reading.kind === 'none') return;
    const one = reading.kind === 'read' ? reading.value : reading.options.at(-1)?.value;
    if (one === undefined || one < LEAST_AMOUNT) return;
    rough ||= reading.kind === 'doubtful';
    // 两张票 3.6万 1.85万: what stands in a row is of one kind.
    const touching = pieceBefore(text.slice(low, span[0]));
    const before = text.slice(low, span[0]);
    const after = text.slice(span[1], high);
    const reckoned = expectedRole(asked, before, after, at === 0);
    const near =
      (cueIn(PART_OF.test(before) ? `${touching} ${pieceAfter(after)}` : touching, lists.excluded) === undefined
        ? undefined
        : 'excluded') ??
      reckoned ??
      roleOf(text, span, [low, high], lists) ??
      (listed || (at > 0 && ONE_OF.test(before)) ? last : undefined) ??
      'spent';
    // 拢共230万: a sum is what was spent, whatever else stands around it.
    const role = (near === 'other' || near === 'wanted') && isTotal(before, cues.total) ? 'spent' : near;
    if (reckoned === 'wanted') expected = one;
    if (role === 'excluded') {
      const word = cueIn(text.slice(low, high), notPaid) ?? '';
      const inside = PART_OF.test(before) ? one : 0;
      excluded = { sum: (excluded?.sum ?? 0) + one, inside: (excluded?.inside ?? 0) + inside, word };
      return;
    }
    last = role;
    const several =
      listed ||
      (at + 1 < found.length && LISTED.test(text.slice(span[1], high))) ||
      (found.length > 1 && ONE_OF.test(before));
    if (role === 'spent' && isTotal(before, cues.total)) total = one;
    const past =
      cueIn(before, cues.other_year) !== undefined &&
      (role === 'received' || (GIVEN.test(before) && has(asked, cues.room)));
    sums[past ? 'other' : role].push(TIMED.has(role) ? one * timesOf(text, span, several) : one);
  });
  beside += text.slice(found.at(-1)?.span[1] ?? 0);
  return { sums, excluded, total, expected, foreign, rough, beside: beside.replace(/[^\p{L}\p{N}]/gu, '') };
}

const BETWEEN = /(?:花|付|交|是|用|了|的|费|掉|出去|支付|:| ){1,6}$/;

/** 一共花了 stands before the sum; 一共能报多少 behind the last part of it is no sum. */
function isTotal(before: string, words: readonly string[]): boolean {
  const lead = before.replace(BETWEEN, '');
  return words.some((word) => before.endsWith(word) || lead.endsWith(word));
}

/** Sorts the amounts of a question. Linear in its length. */
export function amountsOf(asked: Asked, notPaid: readonly string[] = []): Amounts {
  const { sums, excluded, total, expected, foreign, rough, beside } = sorted(asked, notPaid);
  // With nothing beside it, what is not paid for is all there is: its own answer says so.
  if (excluded && sums.spent.length + sums.invoiced.length + sums.agreed.length === 0) return amountsOf(asked);
  const part = total === undefined ? (excluded?.inside ?? 0) : (excluded?.sum ?? 0);
  const less = sum(sums.refunded) + sum(sums.deducted) + part;
  const said = total === undefined ? sums.spent : [total];
  // A contract counts when nobody says what was paid; then what is owed is taken off it.
  const owing = said.length > 0 ? 0 : sum(sums.unpaid);
  const half = said.length === 0 && HALF_PAID.test(asked.message.text) ? 0.5 : 1;
  const agreed = said.length + sums.invoiced.length === 0 ? sums.agreed.map((one) => Math.floor(one * half)) : [];
  const paid = said.length > 0 ? said : agreed;
  const invoiced = paid.length === 0 && less + owing > 0 ? [] : sums.invoiced;
  const base = paid.length > 0 ? paid : invoiced.length === 0 ? sums.invoiced : [];
  const off = less + owing;
  return {
    spent: off > 0 && base.length > 0 ? [Math.max(0, sum(base) - off)] : base,
    invoiced: off > 0 ? [] : invoiced,
    received: sum(sums.received),
    recognised: sums.recognised.length > 0 ? sum(sums.recognised) : undefined,
    voucher: sums.voucher.at(-1),
    wanted: sums.wanted.at(-1) ?? sums.other.at(-1) ?? sums.voucher.at(-1),
    expected,
    differs: sums.spent.length > 0 && sums.agreed.length + sums.invoiced.length > 0,
    excluded: excluded && { sum: excluded.sum, word: excluded.word },
    foreign,
    rough,
    beside,
  };
}

/** The sum of amounts in fen. */
export function sum(amounts: readonly Fen[]): Fen {
  return amounts.reduce((all, one) => all + one, 0);
}
