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
import { asksSomething, cueIn } from '../../understanding/question/index.ts';
import { literalValue, type Guide } from '../guide.ts';
import { amountsOf, sum, type Amounts } from './amounts.ts';
import { has, type Asked } from './asked.ts';
import type { Candidate, Figure, Inverse, Said } from './said.ts';

/** 花了18万能补多少: the ceiling for an amount, under each reading of who the applicant is that the message leaves open. */

const ASKED = 0.96;
const STATED = 0.88;
/** With an amount in passing and no word that asks for a figure. */
const IN_PASSING = 0.3;
const SHORT = 24;

type Setup = NonNullable<FreeFile['estimate']>;
type Variant = Setup['variants'][number];

/** The estimate, when the message names what was paid. */
export function moneyCandidate(asked: Asked): Candidate | undefined {
  const setup = asked.guide.files.free.estimate;
  if (!setup) return undefined;
  const { guide, cues } = asked;
  const amounts = amountsOf(asked);
  const asks = has(asked, cues.estimate);
  if (amounts.foreign) return { said: { kind: 'plain', ...setup.foreign }, guide, strength: ASKED };
  const wanted = amounts.other.at(-1);
  if (wanted !== undefined && has(asked, cues.inverse))
    return { said: inverse(asked, setup, wanted), guide, strength: ASKED };
  if (amounts.spent.length + amounts.invoiced.length === 0) return undefined;
  const stated = asked.message.bare.length <= SHORT && !asksSomething(asked.message.text);
  const strength = asks ? ASKED : stated && has(asked, cues.spent) ? STATED : has(asked, cues.spent) ? IN_PASSING : 0;
  if (strength === 0) return undefined;
  return { said: told(asked, setup, amounts), guide, strength };
}

/** The variants that the message chooses: those with the longest word of theirs in it, else all. */
function variantsOf(asked: Asked, setup: Setup): readonly Variant[] {
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

function told(asked: Asked, setup: Setup, amounts: Amounts): Said {
  const invoice = amounts.invoiced.length > 0 ? sum(amounts.invoiced) : sum(amounts.spent);
  const paid = amounts.spent.length > 0 ? sum(amounts.spent) : invoice;
  const figures = variantsOf(asked, setup).flatMap((variant) =>
    figureOf(asked, setup, variant, paid, invoice, amounts.received),
  );
  return {
    kind: 'estimate',
    paid: Math.min(paid, invoice),
    received: amounts.received,
    rough: amounts.rough,
    figures: distinct(figures),
    says: setup.says,
  };
}

/** Readings that come to the same are told once, under the first. */
function distinct(figures: readonly Figure[]): Figure[] {
  const [first] = figures;
  return first && figures.every((one) => one.amount === first.amount && one.percent === first.percent)
    ? [first]
    : [...figures];
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

function figureOf(asked: Asked, setup: Setup, variant: Variant, paid: Fen, invoice: Fen, received: Fen): Figure[] {
  const { guide, turn } = asked;
  const facts = factsFor(guide, setup, variant, {
    [setup.paid]: paid,
    [setup.invoice]: invoice,
    [setup.received]: received,
  });
  const sums = estimate(guide.programme, facts, turn.now, assess(guide.programme, facts, turn.now));
  const rate = sums.favourableRate;
  if (sums.conditional === null || !rate) return [];
  const uncapped = portion(Math.min(paid, invoice), rate);
  const line = guide.files.subsidy.lines.find((one) => one.rates.length > 0);
  const clause = line?.rates.find((one) => one.rate === rate.text)?.clause ?? line?.clause ?? '';
  const cap = guide.files.subsidy.caps.find((one) => one.amount === sums.favourableRoom + received);
  return [
    {
      label: variant.label,
      amount: sums.conditional,
      uncapped,
      percent: percentOf(rate),
      cap:
        sums.conditional < uncapped && cap ? { label: cap.label, clause: cap.clause, amount: cap.amount } : undefined,
      clause,
      shares: sharesOf(guide, sums.conditional),
    },
  ];
}

function sharesOf(guide: Guide, amount: Fen): Figure['shares'] {
  const { split } = guide.files.subsidy;
  if (!split || split.provincial === 0 || split.municipal === 0) return undefined;
  const provincial = Math.floor((amount * split.provincial) / (split.provincial + split.municipal));
  return { provincial, municipal: amount - provincial, label: split.label };
}

/** What has to be spent for a subsidy of this height. */
function inverse(asked: Asked, setup: Setup, wanted: Fen): Said {
  const figures = variantsOf(asked, setup).flatMap((variant): Inverse[] => {
    const [probe] = figureOf(asked, setup, variant, wanted * 100, wanted * 100, 0);
    if (!probe) return [];
    const ceiling = probe.amount;
    const percent = Number(probe.percent);
    const goal = Math.min(wanted, ceiling);
    return [
      {
        label: variant.label,
        percent: probe.percent,
        spend: Math.ceil((goal * 100) / percent),
        clause: probe.clause,
        cap: wanted > ceiling ? probe.cap : undefined,
      },
    ];
  });
  const [first] = figures;
  const same = first && figures.every((one) => one.spend === first.spend && one.cap === first.cap);
  return { kind: 'inverse', wanted, figures: same ? [first] : figures };
}
