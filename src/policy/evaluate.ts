import type { Condition, Operand, Test } from './condition.ts';
import { addMonths, civilDateOf, isCivilDate, readInstant, type CivilDate } from './dates.ts';
import type { FactRecord, Facts, Scalar } from './facts.ts';
import { readYuan } from './money.ts';
import { SERVICE_PREFIX, type FactSpec, type Vocabulary } from './vocabulary.ts';

/** 1 = yes, 0 = unknown, −1 = no: `all` is the minimum, `any` the maximum, `not` the sign. */
export type Tri = 1 | 0 | -1;

/** What a condition is evaluated against. */
export interface Context {
  readonly facts: Facts;
  /** The service at hand, for conditions about one service. */
  readonly service: FactRecord | undefined;
  /** UTC instant (ms). */
  readonly now: number;
  readonly today: CivilDate;
  /** Results of the assessment, for warnings and documents. */
  readonly results: FactRecord;
  /** Results per service, in step with `facts.services`. */
  readonly serviceResults?: readonly FactRecord[];
  /** Negative events nobody was asked about are unknown here instead of none: so the interview finds what to ask. */
  readonly askEvents?: boolean;
  /** How the open points of the text are read here; unknown without one. */
  readonly readings?: (code: string) => Tri;
}

/** A compiled condition: fast to evaluate, and able to say which facts it turns on. */
export interface Compiled {
  readonly eval: (context: Context) => Tri;
  /** Concrete paths of the facts nobody gave on which the unknown outcome depends, in reading order. */
  readonly missing: (context: Context, index: number | undefined, into: Set<string>) => void;
  readonly source: Condition;
}

/** Raised while compiling: the text names what is wrong in words for whoever edits the file. */
export class ConditionFault extends Error {}

type Getter = (context: Context) => Scalar | undefined;

/** Compiles conditions of one programme. `definitions` are the named conditions that `use` may refer to. */
export function conditionCompiler(vocabulary: Vocabulary, definitions: Readonly<Record<string, Condition>>) {
  const done = new Map<string, Compiled>();
  const open = new Set<string>();
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

  function use(name: string): Compiled {
    const known = done.get(name);
    if (known) return known;
    const definition = definitions[name];
    if (!definition) throw new ConditionFault(`unknown definition ${name}`);
    if (open.has(name)) throw new ConditionFault(`definition ${name} refers to itself`);
    open.add(name);
    const compiled = compile(definition);
    open.delete(name);
    done.set(name, compiled);
    return compiled;
  }

  function group(parts: readonly Compiled[], source: Condition, pick: 'min' | 'max'): Compiled {
    const stop: Tri = pick === 'min' ? -1 : 1;
    return {
      source,
      eval: (c) => {
        let outcome: Tri = pick === 'min' ? 1 : -1;
        for (const part of parts) {
          const one = part.eval(c);
          if (one === stop) return stop;
          if (one === 0) outcome = 0;
        }
        return outcome;
      },
      missing: (c, index, into) => {
        for (const part of parts) if (part.eval(c) === 0) part.missing(c, index, into);
      },
    };
  }

  function overServices(part: Compiled, source: Condition, pick: 'min' | 'max'): Compiled {
    const each = (c: Context): Context[] =>
      c.facts.services.map((service, i) => {
        const more = c.serviceResults?.[i];
        return { ...c, service: more ? { ...service, ...more } : service };
      });
    const run = (c: Context): Tri => {
      let outcome: Tri = pick === 'min' ? 1 : -1;
      for (const one of each(c)) {
        const tri = part.eval(one);
        outcome = pick === 'min' ? (Math.min(outcome, tri) as Tri) : (Math.max(outcome, tri) as Tri);
      }
      return outcome;
    };
    return {
      source,
      eval: run,
      missing: (c, _index, into) => {
        each(c).forEach((one, i) => {
          if (part.eval(one) === 0) part.missing(one, i, into);
        });
      },
    };
  }

  function compile(condition: Condition): Compiled {
    if ('all' in condition) return group(condition.all.map(compile), condition, 'min');
    if ('any' in condition) return group(condition.any.map(compile), condition, 'max');
    if ('use' in condition) return use(condition.use);
    if ('some' in condition) return overServices(compile(condition.some), condition, 'max');
    if ('every' in condition) return overServices(compile(condition.every), condition, 'min');
    if ('not' in condition) {
      const part = compile(condition.not);
      return { source: condition, eval: (c) => -part.eval(c) as Tri, missing: part.missing };
    }
    if ('sure' in condition) {
      const part = compile(condition.sure);
      return { source: condition, eval: (c) => (part.eval(c) === 1 ? 1 : -1), missing: () => undefined };
    }
    if ('open' in condition) {
      const code = condition.open;
      return { source: condition, eval: (c) => c.readings?.(code) ?? 0, missing: () => undefined };
    }
    return compileTest(condition);
  }

  function compileTest(condition: Test): Compiled {
    const spec = factSpec(condition.fact);
    const get = getter(condition.fact);
    const add = (c: Context, index: number | undefined, path: string, one: FactSpec, into: Set<string>): void => {
      const source = derived.get(path);
      if (source) source.of.forEach((inner) => add(c, index, inner, factSpec(inner), into));
      else if (!one.computed && (!one.negativeEvent || c.askEvents))
        into.add(one.perService ? path.replace('[]', `[${String(index ?? 0)}]`) : path);
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

  return { compile };
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
      if (value === undefined || value === null || value === false) continue;
      const date = specs[i]?.type === 'instant' ? civilDateOf(value as number) : (value as string);
      return Number(part === 'year' ? date.slice(0, 4) : date.slice(5, 7));
    }
    return undefined;
  };
}

/**
 * A literal of a data file as a value of the fact's type.
 * @throws ConditionFault for a literal outside the fact's values, or of the wrong type.
 */
export function readLiteral(literal: string | number | boolean, spec: FactSpec): Scalar {
  const fault = (): never => {
    const allowed = spec.values ? ` (allowed: ${Object.keys(spec.values).join(', ')})` : '';
    throw new ConditionFault(`${String(literal)} is no value of ${spec.path}${allowed}`);
  };
  switch (spec.type) {
    case 'bool':
      return typeof literal === 'boolean' ? literal : fault();
    case 'choice':
      return typeof literal === 'string' && spec.values?.[literal] !== undefined ? literal : fault();
    case 'money':
      return readYuan(String(literal)) ?? fault();
    case 'count':
      return typeof literal === 'number' && Number.isSafeInteger(literal) ? literal : fault();
    case 'date':
      return typeof literal === 'string' && isCivilDate(literal) ? literal : fault();
    case 'instant':
      return (typeof literal === 'string' ? readInstant(literal) : undefined) ?? fault();
    case 'text':
    case 'texts':
      return typeof literal === 'string' ? literal : fault();
  }
}

/** Whether a path belongs to each service. */
export function isServicePath(path: string): boolean {
  return path.startsWith(SERVICE_PREFIX);
}
