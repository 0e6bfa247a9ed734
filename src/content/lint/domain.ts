import type { Condition, Test } from '../../policy/condition.ts';
import { addDays, addMonths, readInstant } from '../../policy/dates.ts';
import type { Scalar } from '../../policy/facts.ts';
import { readLiteral } from '../../policy/literal.ts';
import type { FactSpec, Vocabulary } from '../../policy/vocabulary.ts';
import { comparedFacts, isTest, literalsOf, partsOf, type Definitions } from './tree.ts';

/**
 * What a condition turns on, with the values that can make a difference: the named ones and one other for choices, both
 * sides of each boundary for ordered types, "not given", and "none" where there is such a thing. To try all
 * combinations is then as good as a proof.
 */
export interface Variable {
  readonly kind: 'fact' | 'open' | 'services';
  /** Path of the fact, code of the open point, or the text of a part about the services. */
  readonly key: string;
  readonly values: readonly (Scalar | undefined)[];
}

/** A point inside the range of each ordered type, for facts that are compared with nothing but one another. */
const ANCHORS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ['date', '2026-06-15'],
  ['money', 100],
  ['count', 2026],
  ['instant', readInstant('2026-06-15T12:00:00+08:00') ?? 0],
]);

const monthsOf = (test: Test): number => (test.plus_years ?? 0) * 12 + (test.plus_months ?? 0);

function around(value: Scalar): Scalar[] {
  if (typeof value === 'string') return [addDays(value, -1), value, addDays(value, 1)];
  return typeof value === 'number' ? [value - 1, value, value + 1] : [value];
}

/** The key under which a part about the services is one variable: other services may satisfy other such parts. */
export function servicesKey(condition: Condition): string {
  return JSON.stringify(condition);
}

/** The variables on which a condition turns. */
export function variablesOf(condition: Condition, definitions: Definitions, vocabulary: Vocabulary): Variable[] {
  const found = new Map<string, Variable>();
  const tests: Test[] = [];
  const derived = new Map(vocabulary.derived.map((one) => [one.path, one]));
  const specOf = (path: string): FactSpec | undefined => vocabulary.facts.get(path);

  function collect(node: Condition): void {
    if (isTest(node)) tests.push(node);
    else if ('open' in node) found.set(`open ${node.open}`, { kind: 'open', key: node.open, values: [0, 1, -1] });
    else if ('some' in node || 'every' in node) {
      const key = servicesKey(node);
      found.set(key, { kind: 'services', key, values: [0, 1, -1] });
    } else for (const { part } of partsOf(node, definitions)) collect(part);
  }
  collect(condition);

  // Facts that are compared with one another share their boundaries, and so do all of their type: simple, and enough.
  const linked = new Set(tests.filter((test) => comparedFacts(test).length > 0).map((test) => specOf(test.fact)?.type));
  const testsFor = (path: string, type: string): Test[] =>
    tests.filter((test) => test.fact === path || (linked.has(type as never) && specOf(test.fact)?.type === type));

  function literals(path: string, type: string): Scalar[] {
    return testsFor(path, type).flatMap((test) => {
      const own = specOf(test.fact);
      return own ? literalsOf(test).map((literal) => readLiteral(literal, own)) : [];
    });
  }

  function ordered(path: string, type: string, anchor: Scalar): Scalar[] {
    const points = literals(path, type);
    const values = (points.length === 0 || linked.has(type as never) ? [...points, anchor] : points).flatMap(around);
    if (type !== 'date') return values;
    const moves = new Set([...testsFor(path, type).map(monthsOf), ...(linked.has('date') ? [0] : [])]);
    return [...moves].flatMap((months) => values.map((value) => addMonths(String(value), -months)));
  }

  function given(spec: FactSpec): Scalar[] {
    if (spec.type === 'bool') return [true, false];
    const anchor = ANCHORS.get(spec.type);
    if (anchor !== undefined) return ordered(spec.path, spec.type, anchor);
    const named = new Set(literals(spec.path, spec.type));
    if (spec.type !== 'choice' || spec.open) return [...named, 'any other'];
    return [
      ...named,
      ...Object.keys(spec.values ?? {})
        .filter((value) => !named.has(value))
        .slice(0, 1),
    ];
  }

  /** A year or month is computed from dates: those in and around the years it is compared with. */
  function datesFor(of: string, part: 'year' | 'month', type: string): Scalar[] {
    const wanted = new Set([...literals(of, 'count'), 2026].flatMap(around).map(Number));
    const dates = [...wanted].flatMap((value) => {
      if (part === 'year') return value > 1900 && value < 2199 ? [`${value}-06-15`] : [];
      return value >= 1 && value <= 12 ? [`2026-${String(value).padStart(2, '0')}-15`] : [];
    });
    return type === 'instant' ? dates.map((date) => readInstant(`${date}T12:00:00+08:00`) ?? 0) : dates;
  }

  function add(path: string, values?: (spec: FactSpec) => Scalar[]): void {
    const spec = specOf(path);
    if (!spec) return;
    const source = derived.get(path);
    if (source) {
      for (const inner of source.of) add(inner, ({ type }) => datesFor(path, source.part, type));
      return;
    }
    const known = found.get(path)?.values ?? absent(spec);
    found.set(path, { kind: 'fact', key: path, values: [...new Set([...known, ...(values ?? given)(spec)])] });
  }

  for (const test of tests) for (const path of [test.fact, ...comparedFacts(test)]) add(path);
  return [...found.values()];
}

/** The clock is always given; `false` is "none" for events, and for what belongs to something not held. */
function absent(spec: FactSpec): (Scalar | undefined)[] {
  if (spec.path === 'today' || spec.path === 'now') return [];
  return spec.negativeEvent || spec.member !== undefined ? [undefined, false] : [undefined];
}
