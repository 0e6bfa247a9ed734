import {
  assess,
  estimate,
  NO_FACTS,
  portion,
  withFacts,
  type Fen,
  type Rate,
  type Scalar,
} from '../../policy/index.ts';
import type { FreeFile } from '../../policy/programme.ts';
import { cueIn } from '../../understanding/question/index.ts';
import { literalValue, type Guide } from '../guide.ts';
import type { Asked } from './asked.ts';
import type { Figure } from './said.ts';

/** One figure: what is had for an amount, under one reading of who the applicant is. */

export type Setup = NonNullable<FreeFile['estimate']>;
type Variant = Setup['variants'][number];

/** The variants that the message chooses: those with the longest word of theirs in it, else all. */
export function variantsOf(asked: Asked, setup: Setup): readonly Variant[] {
  const hits = setup.variants.map((variant) => ({
    variant,
    word: cueIn(
      asked.message.bare,
      [...variant.says].sort((a, b) => b.length - a.length),
    ),
  }));
  const longest = Math.max(0, ...hits.map(({ word }) => word?.length ?? 0));
  return longest === 0
    ? setup.variants
    : hits.filter(({ word }) => word?.length === longest).map(({ variant }) => variant);
}

function factsFor(guide: Guide, setup: Setup, variant: Variant, more: Readonly<Record<string, Scalar>>) {
  const { vocabulary } = guide.programme;
  const given = Object.entries({ ...setup.assume, ...variant.sets }).map(([path, value]) => ({
    path,
    value: literalValue(guide, path, value),
  }));
  const rest = Object.entries(more).map(([path, value]) => ({ path: path.replace('[]', '[0]'), value }));
  return withFacts(NO_FACTS, [...given, ...rest], vocabulary);
}

function percentOf(rate: Rate): string {
  return String(Number((rate.numerator * 10_000n) / rate.denominator) / 100);
}

/** Amounts in fen. */
export interface Sums {
  readonly paid: Fen;
  readonly invoice: Fen;
  readonly received: Fen;
  readonly voucher: Fen | undefined;
}

/** The figure of a variant; none where the rules give no rate for it. */
export function figureOf(asked: Asked, setup: Setup, variant: Variant, sums: Sums): Figure[] {
  const { guide, turn } = asked;
  const { paid, invoice, received, voucher } = sums;
  const given = setup.voucher === undefined || voucher === undefined ? {} : { [setup.voucher]: voucher };
  const limited = Object.keys(given).length > 0;
  const facts = factsFor(guide, setup, variant, {
    [setup.paid]: paid,
    [setup.invoice]: invoice,
    [setup.received]: received,
    ...given,
  });
  const found = estimate(guide.programme, facts, turn.now, assess(guide.programme, facts, turn.now));
  const rate = found.favourableRate;
  if (found.conditional === null || !rate) return [];
  const uncapped = portion(Math.min(paid, invoice), rate);
  const { lines, caps, limit } = guide.files.subsidy;
  const line = lines.find((one) => one.rates.length > 0);
  const clause = line?.rates.find((one) => one.rate === rate.text)?.clause ?? line?.clause ?? '';
  const cap = caps.find((one) => one.amount === found.favourableRoom + received) ?? (limited ? limit : undefined);
  return [
    {
      label: variant.label,
      amount: found.conditional,
      uncapped,
      percent: percentOf(rate),
      cap: found.conditional < uncapped && cap ? { label: cap.label, clause: cap.clause } : undefined,
      clause,
      shares: sharesOf(guide, found.conditional),
    },
  ];
}

function sharesOf(guide: Guide, amount: Fen): Figure['shares'] {
  const { split } = guide.files.subsidy;
  if (!split || split.provincial === 0 || split.municipal === 0) return undefined;
  const provincial = Math.floor((amount * split.provincial) / (split.provincial + split.municipal));
  return { provincial, municipal: amount - provincial, label: split.label };
}
