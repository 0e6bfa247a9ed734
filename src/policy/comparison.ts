import type { Operand, Test } from './condition.ts';
import { ConditionFault, type Compiled, type Context, type Getter, type Tri } from './context.ts';
import { addMonths, civilDateOf, type CivilDate } from './dates.ts';
import { placeOf, type Scalar } from './facts.ts';
import { readLiteral } from './literal.ts';
import type { FactSpec, Vocabulary } from './vocabulary.ts';

/** Compiles the leaves of the condition language: one fact against literals or other facts. */
export function testCompiler(vocabulary: Vocabulary): (condition: Test) => Compiled {
  const derived = new Map(vocabulary.derived.map((entry) => [entry.path, entry]));

  function factSpec(path: string): FactSpec {
    const found = vocabulary.facts.get(path);
    if (!found) throw new ConditionFault(`unknown fact ${path}`);
    return found;
  }

  function getter(path: string): Getter {
    const spec = factSpec(path);
    const source = derived.get(path);
    if (source) return derivedGetter(source.of.map(getter), source.of.map(factSpec), source.part);
    if (path === 'now') return (c) => c.now;
    if (path === 'today') return (c) => c.today;
    if (path.startsWith('result.')) return (c) => c.results[path];
    if (spec.negativeEvent) {
      const raw: Getter = spec.perService ? (c) => c.service?.[path] : (c) => c.facts.top[path];
      return (c) => {
        const value = raw(c);
        return value === undefined && c.askEvents ? undefined : (value ?? false);
      };
    }
    if (spec.perService) return (c) => c.service?.[path];
    const { member } = spec;
    if (member === undefined) return (c) => c.facts.top[path];
    return (c) => (c.facts.top[member] === false ? false : c.facts.top[path]);
  }

  function compileTest(condition: Test): Compiled {
    const spec = factSpec(condition.fact);
    const get = getter(condition.fact);
    const add = (c: Context, index: number | undefined, path: string, one: FactSpec, into: Set<string>): void => {
      const source = derived.get(path);
      if (source) source.of.forEach((inner) => add(c, index, inner, factSpec(inner), into));
      else if (!one.computed && (!one.negativeEvent || c.askEvents))
        into.add(one.perService ? placeOf(path, index ?? 0) : path);
    };
    if (condition.known !== undefined) {
      const wanted = condition.known;
      const none = spec.type === 'bool' ? undefined : false;
      const known = (value: Scalar | undefined): boolean => value !== undefined && value !== null && value !== none;
      return {
        source: condition,
        eval: (c) => {
          const value = get(c);
          if (spec.negativeEvent && value === undefined) return 0;
          return known(value) === wanted ? 1 : -1;
        },
        missing: (c, index, into) => add(c, index, condition.fact, spec, into),
      };
    }
    const tests = comparisons(condition, spec);
    const move = mover(condition, spec);
    const others = operandsOf(condition).map((path) => ({ path, get: getter(path), spec: factSpec(path) }));
    const absent = (value: Scalar | undefined): boolean => value === undefined || value === null;
    return {
      source: condition,
      eval: (c) => {
        const value = get(c);
        if (value === undefined || value === null) return 0;
        // `false` on anything but a yes/no fact is "there is none": it equals nothing and lies in no range.
        if (value === false && spec.type !== 'bool') return -1;
        const moved = move ? move(value as string) : value;
        let outcome: Tri = 1;
        for (const test of tests) {
          const one = test(moved, c);
          if (one === -1) return -1;
          if (one === 0) outcome = 0;
        }
        return outcome;
      },
      missing: (c, index, into) => {
        if (absent(get(c))) add(c, index, condition.fact, spec, into);
        for (const other of others) if (absent(other.get(c))) add(c, index, other.path, other.spec, into);
      },
    };
  }

  function comparisons(condition: Test, spec: FactSpec): ((value: Scalar, c: Context) => Tri)[] {
    const tests: ((value: Scalar, c: Context) => Tri)[] = [];
    const against = (operand: Operand | undefined, holds: (a: Scalar, b: Scalar) => boolean): void => {
      if (operand === undefined) return;
      if (typeof operand === 'object') {
        const get = getter(operand.fact);
        tests.push((value, c) => {
          const other = get(c);
          if (other === undefined || other === null) return 0;
          if (other === false) return spec.type === 'bool' && holds(value, other) ? 1 : -1;
          return holds(value, other) ? 1 : -1;
        });
        return;
      }
      const literal = readLiteral(operand, spec);
      tests.push((value) => (holds(value, literal) ? 1 : -1));
    };
    against(condition.is, (a, b) => a === b);
    if (condition.in) {
      const values = new Set(condition.in.map((one) => readLiteral(one, spec)));
      tests.push((value) => (values.has(value) ? 1 : -1));
    }
    against(condition.from, (a, b) => (a as string) >= (b as string));
    against(condition.to, (a, b) => (a as string) <= (b as string));
    against(condition.above, (a, b) => (a as string) > (b as string));
    against(condition.below, (a, b) => (a as string) < (b as string));
    if (tests.length === 0) throw new ConditionFault(`the test of ${condition.fact} compares with nothing`);
    return tests;
  }

  return compileTest;
}

function operandsOf(condition: Test): string[] {
  const values = [condition.is, condition.from, condition.to, condition.above, condition.below];
  return values.flatMap((value) => (typeof value === 'object' ? [value.fact] : []));
}

function mover(condition: Test, spec: FactSpec): ((date: CivilDate) => CivilDate) | undefined {
  const months = (condition.plus_years ?? 0) * 12 + (condition.plus_months ?? 0);
  if (months === 0) return undefined;
  if (spec.type !== 'date') throw new ConditionFault(`${spec.path} is no date, years or months cannot be added`);
  return (date) => addMonths(date, months);
}

function derivedGetter(sources: readonly Getter[], specs: readonly FactSpec[], part: 'year' | 'month'): Getter {
  return (c) => {
    for (const [i, get] of sources.entries()) {
      const value = get(c);
      // Whoever was not asked yet might still name the first of the dates.
      if (value === undefined && c.askEvents) return undefined;
      if (value === undefined || value === null || value === false) continue;
      const date = specs[i]?.type === 'instant' ? civilDateOf(value as number) : (value as string);
      return Number(part === 'year' ? date.slice(0, 4) : date.slice(5, 7));
    }
    return undefined;
  };
}
