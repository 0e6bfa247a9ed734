import { assess, contextOf, type Assessment, type Options } from './assess.ts';
import type { Guarded, Programme } from './compile.ts';
import { estimate } from './estimate.ts';
import { ofService, type Context, type Tri } from './context.ts';
import type { FactRecord, Facts } from './facts.ts';
import { analysisOf } from './leaves.ts';
import { rateBelow, type Fen } from './money.ts';
import { isServicePath } from './evaluate.ts';

/** An amount that fills every cap. */
export const HUGE: Fen = 10_000_000_000_000;

/** A range that holds the firm figure of every completion of the facts, and what is still open in it. */
export interface Span {
  readonly low: Fen;
  readonly high: Fen;
  /** Concrete paths of facts that may still matter, in reading order. */
  readonly facts: readonly string[];
  /** Readings that may still matter. */
  readonly codes: readonly string[];
}

const SETTLED: Span = { low: 0, high: 0, facts: [], codes: [] };

type When = { readonly when: { readonly eval: (c: Context) => Tri } | undefined };
const holds = ({ when }: When, context: Context): Tri => when?.eval(context) ?? 1;

/** The entries that can still be the least certain one: it alone when some are certain and none open is below it. */
function contenders<T>(entries: readonly Guarded<T>[], c: Context, below: (a: T, b: T) => boolean) {
  let least: Guarded<T> | undefined;
  for (const entry of entries) if (holds(entry, c) === 1 && (!least || below(entry.value, least.value))) least = entry;
  const open = entries.filter((entry) => holds(entry, c) === 0 && (!least || below(entry.value, least.value)));
  return { least, open };
}

const fenBelow = (a: Fen, b: Fen): boolean => a < b;

/** The facts with unknown base amounts filled in; an amount that is none unless given (an event) stays out. */
function filled(programme: Programme, facts: Facts, amount: Fen): Facts {
  const bases = unknownBases(programme);
  const fill = (service: FactRecord): FactRecord => {
    const open = bases.filter((path) => typeof service[path] !== 'number');
    return open.length === 0 ? service : { ...service, ...Object.fromEntries(open.map((path) => [path, amount])) };
  };
  return { ...facts, services: facts.services.map(fill) };
}

function unknownBases(programme: Programme): string[] {
  const all = programme.lines.flatMap((line) => line.file.base.map((base) => base.fact));
  return [...new Set(all)].filter((path) => programme.vocabulary.facts.get(path)?.negativeEvent === false);
}

/**
 * The range of the firm figure for partial facts under a relaxed programme, and what it turns on. Each end holds for
 * every completion; with nothing left open both are the figure itself.
 */
export function spanOf(programme: Programme, facts: Facts, now: number, options: Options): Span {
  const assessment = assess(programme, facts, now, options);
  if (assessment.eligibility === 'ineligible') return SETTLED;
  const context = contextOf(facts, now, options);
  const open = openPoints(programme, facts, context, assessment);
  const figure = (of: Programme, amount: Fen) => estimate(of, filled(of, facts, amount), now, assessment, options);
  if (open.facts.length + open.codes.length === 0) {
    const firm = figure(programme, 0).firm ?? 0;
    return { low: firm, high: firm, ...open };
  }
  // Conditions on amounts see the filled amounts: then only the caps themselves are safe.
  const mixed = amountsDecide(programme, facts);
  const most = Math.max(0, ...programme.caps.map((cap) => cap.value));
  const high = mixed ? most : (figure(tightened(programme, context), HUGE).conditional ?? most);
  const certain = assessment.eligibility === 'eligible' && !mixed && ratesCertain(programme, context);
  return { low: certain ? (figure(programme, 0).firm ?? 0) : 0, high, ...open };
}

/**
 * The programme with only the caps and rates that can still decide, and without what may not count against them: its
 * favourable figure is the least that is certainly high enough.
 */
function tightened(programme: Programme, context: Context): Programme {
  const keep = <T>(entries: readonly Guarded<T>[], below: (a: T, b: T) => boolean): readonly Guarded<T>[] => {
    const { least } = contenders(entries, context, below);
    return least ? [least] : entries;
  };
  const certain = (entry: When): boolean => holds(entry, context) === 1;
  const limit = programme.limit && certain(programme.limit) ? programme.limit : undefined;
  return {
    ...programme,
    limit,
    receipts: programme.receipts.filter(certain),
    caps: keep(programme.caps, fenBelow),
    lines: programme.lines.map((line) => ({ ...line, rates: keep(line.rates, rateBelow) })),
  };
}

function ratesCertain(programme: Programme, context: Context): boolean {
  const certain = (entries: readonly When[]): boolean => entries.some((entry) => holds(entry, context) === 1);
  return certain(programme.caps) && programme.lines.every((line) => line.rates.length === 0 || certain(line.rates));
}

function amountsDecide(programme: Programme, facts: Facts): boolean {
  const bases = new Set(unknownBases(programme));
  return (
    analysisOf(programme).sums.facts.some(({ path }) => bases.has(path)) &&
    facts.services.some((service) => [...bases].some((path) => typeof service[path] !== 'number'))
  );
}

/** What the verdict or the figure may still turn on. */
function openPoints(
  programme: Programme,
  facts: Facts,
  context: Context,
  assessment: Assessment,
): Pick<Span, 'facts' | 'codes'> {
  const paths = new Set<string>();
  const codes = new Set<string>();
  const analysis = analysisOf(programme);
  const note = (
    test: When['when'] & Pick<Missing, 'missing'>,
    at: Context,
    index: number | undefined,
    named: readonly string[],
  ): void => {
    test.missing(at, index, paths);
    const read = (code: string, tri: Tri): Tri =>
      test.eval({ ...at, readings: (one) => (one === code ? tri : (at.readings?.(one) ?? 0)) });
    for (const code of named)
      if ((context.readings?.(code) ?? 0) === 0 && read(code, 1) !== read(code, -1)) codes.add(code);
  };
  for (const { rule, index } of assessment.unknown) {
    if (index !== undefined && assessment.statuses[index] === 'excluded') continue;
    const at = index === undefined ? context : ofService(context, facts.services[index]);
    note(rule.test, at, index, analysis.rules.get(rule)?.codes ?? []);
  }
  const sums = analysis.sums.codes;
  const guard = (entry: Guarded<unknown> | { when: Guarded<unknown>['when'] }, at = context, index?: number): void => {
    if (entry.when?.eval(at) === 0) note(entry.when, at, index, sums);
  };
  guard({ when: programme.serviceNeeded });
  contenders(programme.caps, context, fenBelow).open.forEach((entry) => guard(entry));
  for (const line of programme.lines) {
    if (holds(line, context) === -1) continue;
    guard(line);
    contenders(line.rates, context, rateBelow).open.forEach((entry) => guard(entry));
    facts.services.forEach((service, index) => {
      const status = assessment.statuses[index];
      const at = ofService(context, service);
      if (status === undefined || status === 'excluded' || holds({ when: line.where }, at) === -1) return;
      guard({ when: line.where }, at, index);
      for (const { fact } of line.file.base)
        if (typeof service[fact] !== 'number' && programme.vocabulary.facts.get(fact)?.negativeEvent === false)
          paths.add(fact.replace('[]', `[${String(index)}]`));
    });
  }
  const amount = (path: string): void => {
    if (typeof facts.top[path] !== 'number' && !isServicePath(path)) paths.add(path);
  };
  for (const receipt of programme.receipts) {
    guard(receipt);
    if (holds(receipt, context) !== -1) amount(receipt.value);
  }
  const { limit } = programme;
  if (limit) guard(limit);
  if (limit && holds(limit, context) !== -1) amount(limit.fact);
  return { facts: [...paths], codes: [...codes] };
}

interface Missing {
  readonly missing: (context: Context, index: number | undefined, into: Set<string>) => void;
}
