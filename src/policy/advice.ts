import { workbench, type Workbench } from './advice-demands.ts';
import { connected, MAX_ALTERNATIVES, smallestSets, type Budget, type Demand, type Step } from './advice-search.ts';
import { assess } from './assess.ts';
import type { Programme } from './compile.ts';
import { factAt, vocabularyPath, withFacts, type Facts, type Scalar } from './facts.ts';
import { readYuan, yuanNumber } from './money.ts';
import type { FactSpec } from './vocabulary.ts';

export interface AdviceChange {
  /** Concrete path, or `services` while none is named. */
  readonly fact: string;
  /** The value in the outside form (money in yuan, instants as ISO text); null when nothing can be done. */
  readonly to: string | number | boolean | null;
  readonly clause: string;
  readonly changeable: boolean;
  readonly text: string;
}

export interface Advice {
  readonly changes: readonly AdviceChange[];
}

/** What can be done about one way to become eligible: by all services, or by one of them. */
interface Plan {
  readonly sets: readonly (readonly Step[])[];
  /** Groups of demands for which nothing was found. */
  readonly blocked: readonly (readonly Demand[])[];
  readonly size: number;
}

/** Steps of the search over all ways together: what is not found by then is not told. */
const NODE_BUDGET = 4_000;

/**
 * The smallest sets of changes that make an ineligible application eligible, at most three of one size; empty for an
 * application that is not ineligible. Applying a set whose changes are all changeable makes `assess` say eligible.
 * When there is none, the one entry names the facts that stand in the way. Pure; `now` is a UTC instant in ms.
 */
export function advise(programme: Programme, facts: Facts, now: number): Advice[] {
  if (assess(programme, facts, now).eligibility !== 'ineligible') return [];
  const bench = workbench(programme, facts, now);
  const budget = { left: NODE_BUDGET };
  const memo = new Map<string, Step[][]>();
  const own = bench.applicant('changeable');
  const plan = (demands: readonly Demand[]): Plan => planFor(demands, bench, budget, memo);
  const steps = (sets: readonly (readonly Step[])[]): Advice[] =>
    sets.map((set) => ({ changes: set.map((step) => changeOf(programme, facts, step)) }));

  const ways: { readonly plan: Plan; readonly index: number | undefined }[] = [];
  const none = bench.noneNeeded('changeable');
  if (none.holds() || none.variables.length > 0) ways.push({ plan: plan([...own, none]), index: undefined });
  if (bench.serviceNeeded)
    for (const index of differing(facts)) {
      const demands = bench.service(index, 'changeable');
      ways.push({ plan: plan([...own, ...demands]), index });
    }

  const open = ways.filter((way) => way.plan.blocked.length === 0);
  const least = Math.min(...open.map((way) => way.plan.size));
  const best = open.filter((way) => way.plan.size === least).flatMap((way) => way.plan.sets);
  if (best.length > 0) return steps(best.slice(0, MAX_ALTERNATIVES));

  const needsService = bench.serviceNeeded && facts.services.length === 0;
  const alone = plan(own);
  if (needsService && alone.blocked.length === 0) {
    const { clause, says } = programme.files.services.needed;
    const missing: AdviceChange = { fact: 'services', to: null, clause, changeable: false, text: says };
    return steps(alone.sets).map(({ changes }) => ({ changes: [...changes, missing] }));
  }
  const nearest = ways
    .filter((way) => way.index !== undefined)
    .sort((a, b) => a.plan.blocked.length - b.plan.blocked.length)[0];
  return [{ changes: blockers(programme, facts, bench, nearest ?? { plan: alone, index: undefined }) }];
}

/** The facts with the changes of an advice made; a change that nobody can make is left out. */
export function withAdvice(programme: Programme, facts: Facts, advice: Advice): Facts {
  const assignments = advice.changes
    .filter((change) => change.changeable)
    .map(({ fact, to }) => ({ path: fact, value: inside(specAt(programme, fact), to) }));
  return withFacts(facts, assignments, programme.vocabulary);
}

/** Services that differ from one another; twins have the same advice. */
function differing(facts: Facts): number[] {
  const seen = new Set<string>();
  return facts.services.flatMap((service, index) => {
    const key = JSON.stringify(Object.entries(service).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (seen.has(key)) return [];
    seen.add(key);
    return [index];
  });
}

function planFor(demands: readonly Demand[], bench: Workbench, budget: Budget, memo: Map<string, Step[][]>): Plan {
  let sets: Step[][] = [[]];
  let size = 0;
  const blocked: Demand[][] = [];
  for (const group of connected(demands)) {
    const failing = group.filter((demand) => !demand.holds());
    if (failing.length === 0) continue;
    const key = group.map((demand) => demand.id).join(' ');
    // A demand that cannot be met alone cannot be met with others: seen at once, without trying the whole group.
    const hopeless = failing.filter((demand) => found([demand], demand.id).length === 0);
    const smallest = hopeless.length > 0 ? [] : found(group, key);
    const [first] = smallest;
    if (!first) {
      blocked.push(hopeless.length > 0 ? hopeless : group);
      continue;
    }
    size += first.length;
    sets = smallest.flatMap((one) => sets.map((before) => [...before, ...one])).slice(0, MAX_ALTERNATIVES);
  }
  return { sets, blocked, size };

  function found(group: readonly Demand[], key: string): Step[][] {
    const known = memo.get(key);
    if (known) return known;
    const made = smallestSets(group, bench.apply, budget);
    memo.set(key, made);
    return made;
  }
}

/** The facts in the way: those that would have to differ and cannot. */
function blockers(
  programme: Programme,
  facts: Facts,
  bench: Workbench,
  way: { readonly plan: Plan; readonly index: number | undefined },
): AdviceChange[] {
  const free = [...bench.applicant('any'), ...(way.index === undefined ? [] : bench.service(way.index, 'any'))];
  const changes = new Map<string, AdviceChange>();
  for (const group of way.plan.blocked) {
    const ids = new Set(group.map((demand) => demand.id));
    const demands = free.filter((demand) => ids.has(demand.id));
    const [set = []] = smallestSets(demands, bench.apply, { left: NODE_BUDGET });
    const fixed = set.filter((step) => !bench.isOpen(step.path));
    const failing = demands.filter((demand) => !demand.holds());
    // Nothing at all would help (the text itself is open): name what the demand turns on.
    const named = fixed.length > 0 ? fixed : failing.flatMap((demand) => known(facts, demand));
    for (const { path, demand } of named) {
      const text = specAt(programme, path)?.fixed ?? demand.says;
      if (!changes.has(path))
        changes.set(path, { fact: path, to: null, clause: demand.clause, changeable: false, text });
    }
  }
  return [...changes.values()];
}

function known(facts: Facts, demand: Demand): { path: string; demand: Demand }[] {
  const given = demand.variables.filter(({ path }) => (factAt(facts, path) ?? null) !== null);
  const named = given.length > 0 ? given : demand.variables;
  return named.slice(0, 1).map(({ path }) => ({ path, demand }));
}

const specAt = (programme: Programme, path: string): FactSpec | undefined =>
  programme.vocabulary.facts.get(vocabularyPath(path));

function changeOf(programme: Programme, facts: Facts, { path, value, demand }: Step): AdviceChange {
  const spec = specAt(programme, path);
  const held = spec?.member === undefined || facts.top[spec.member] !== false;
  const unknown = held && (factAt(facts, path) ?? null) === null;
  const text = !unknown && spec?.change ? spec.change.text : `先确认：${spec?.label ?? path}`;
  return { fact: path, to: outside(spec, value), clause: demand.clause, changeable: true, text };
}

function outside(spec: FactSpec | undefined, value: Scalar): AdviceChange['to'] {
  if (typeof value !== 'number') return value;
  if (spec?.type === 'money') return yuanNumber(value);
  return spec?.type === 'instant' ? new Date(value).toISOString() : value;
}

function inside(spec: FactSpec | undefined, value: AdviceChange['to']): Scalar {
  if (spec?.type === 'money' && typeof value === 'number') return readYuan(String(value)) ?? value;
  return spec?.type === 'instant' && typeof value === 'string' ? Date.parse(value) : value;
}
