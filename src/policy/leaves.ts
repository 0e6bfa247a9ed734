import type { Programme, Rule } from './compile.ts';
import type { Condition, Operand, Test } from './condition.ts';
import { readLiteral } from './literal.ts';
import type { Scalar } from './facts.ts';
import { SERVICE_PREFIX, type Vocabulary } from './vocabulary.ts';

/** A fact that a condition turns on. */
export interface LeafFact {
  /** The vocabulary's path. */
  readonly path: string;
  /** The paths at which a value can be put: for a list member or an attribute, all attributes, as they set one another. */
  readonly settable: readonly string[];
  /** It stands under `some` or `every`: the fact of any service counts, not only that of the service at hand. */
  readonly everyService: boolean;
}

/** What a condition turns on: facts (computed ones replaced by their sources) and open points of the text. */
export interface Leaves {
  readonly facts: readonly LeafFact[];
  readonly codes: readonly string[];
}

/** What a fact is compared with, so that values on both sides of every boundary can be made. */
export interface Comparison {
  readonly with: { readonly value: Scalar } | { readonly fact: string };
  /** Months to add to the other side to reach the boundary of this fact. */
  readonly months: number;
  /** The comparison is about the year or month of this date. */
  readonly part: 'year' | 'month' | undefined;
}

/** The static analysis of a programme's rules and sums. */
export interface Analysis {
  readonly rules: ReadonlyMap<Rule, Leaves>;
  readonly needed: Leaves;
  /** Caps, rates, lines, limit and receipts taken together. */
  readonly sums: Leaves;
  readonly comparisons: ReadonlyMap<string, readonly Comparison[]>;
}

type Definitions = Readonly<Record<string, Condition>>;

/** Calls `visit` for every test and every open point of a condition, following `use`. */
function walk(
  condition: Condition,
  definitions: Definitions,
  visit: (leaf: Test | { open: string }, everyService: boolean) => void,
  everyService = false,
): void {
  const into = (one: Condition, every = everyService): void => walk(one, definitions, visit, every);
  if ('all' in condition) for (const one of condition.all) into(one);
  else if ('any' in condition) for (const one of condition.any) into(one);
  else if ('not' in condition) into(condition.not);
  else if ('sure' in condition) into(condition.sure);
  else if ('some' in condition) into(condition.some, true);
  else if ('every' in condition) into(condition.every, true);
  else if ('use' in condition) {
    const definition = definitions[condition.use];
    if (definition) into(definition);
  } else visit(condition, everyService);
}

function operands(test: Test): Operand[] {
  const single = [test.is, test.from, test.to, test.above, test.below].filter((one) => one !== undefined);
  return [...single, ...(test.in ?? [])];
}

/** The facts behind a path: the sources of a computed one, else itself; none for the clock and for results. */
function sources(path: string, vocabulary: Vocabulary): readonly string[] {
  const derived = vocabulary.derived.find((entry) => entry.path === path);
  if (derived) return derived.of.flatMap((one) => sources(one, vocabulary));
  return vocabulary.facts.get(path)?.computed === false ? [path] : [];
}

function settable(path: string, vocabulary: Vocabulary): readonly string[] {
  const member = vocabulary.facts.get(path)?.member ?? path;
  const bracket = member.startsWith(SERVICE_PREFIX) ? -1 : member.indexOf('[');
  const list = bracket < 0 ? undefined : vocabulary.lists.get(member.slice(0, bracket));
  return list && list.attributes.length > 0 ? list.attributes.map((name) => `${member}.${name}`) : [path];
}

function leavesOf(
  conditions: readonly (Condition | undefined)[],
  definitions: Definitions,
  vocabulary: Vocabulary,
): Leaves {
  const facts = new Map<string, LeafFact>();
  const codes = new Set<string>();
  for (const condition of conditions)
    if (condition)
      walk(condition, definitions, (leaf, everyService) => {
        if ('open' in leaf) {
          codes.add(leaf.open);
          return;
        }
        const named = [leaf.fact, ...operands(leaf).flatMap((one) => (typeof one === 'object' ? [one.fact] : []))];
        for (const path of named.flatMap((one) => sources(one, vocabulary)))
          if (!facts.get(path)?.everyService)
            facts.set(path, { path, settable: settable(path, vocabulary), everyService });
      });
  return { facts: [...facts.values()], codes: [...codes] };
}

function compare(test: Test, vocabulary: Vocabulary, into: Map<string, Comparison[]>): void {
  const note = (path: string, comparison: Comparison): void => {
    const derived = vocabulary.derived.find((entry) => entry.path === path);
    for (const source of derived?.of ?? [path]) {
      const known = into.get(source) ?? [];
      into.set(source, [...known, derived ? { ...comparison, part: derived.part } : comparison]);
    }
  };
  const spec = vocabulary.facts.get(test.fact);
  if (!spec) return;
  const months = (test.plus_years ?? 0) * 12 + (test.plus_months ?? 0);
  for (const operand of operands(test)) {
    if (typeof operand === 'object') {
      note(test.fact, { with: operand, months: -months, part: undefined });
      note(operand.fact, { with: { fact: test.fact }, months, part: undefined });
    } else note(test.fact, { with: { value: readLiteral(operand, spec) }, months: -months, part: undefined });
  }
}

function analyse(programme: Programme): Analysis {
  const { files, vocabulary } = programme;
  const shared = { ...files.conditions.define, ...files.services.define };
  const comparisons = new Map<string, Comparison[]>();
  const rules = new Map<Rule, Leaves>();
  const look = (conditions: readonly (Condition | undefined)[], definitions: Definitions = shared): Leaves => {
    for (const condition of conditions)
      if (condition)
        walk(condition, definitions, (leaf) => {
          if (!('open' in leaf)) compare(leaf, vocabulary, comparisons);
        });
    return leavesOf(conditions, definitions, vocabulary);
  };
  for (const rule of [...programme.applicantRules, ...programme.serviceRules])
    rules.set(rule, look([rule.file.require, rule.file.when]));
  const { subsidy } = files;
  const guards = [
    ...subsidy.lines.flatMap((line) => [line.when, line.where, ...line.rates.map((rate) => rate.when)]),
    ...[...subsidy.caps, ...subsidy.receipts].map((entry) => entry.when),
    subsidy.limit?.when,
  ];
  return {
    rules,
    needed: look([files.services.needed.when]),
    sums: look(guards, { ...shared, ...subsidy.define }),
    comparisons,
  };
}

const analyses = new WeakMap<Programme, Analysis>();

/** The analysis of a programme; made once per compiled programme. */
export function analysisOf(programme: Programme): Analysis {
  const known = analyses.get(programme);
  if (known) return known;
  const made = analyse(programme);
  analyses.set(programme, made);
  return made;
}
