import { testCompiler } from './comparison.ts';
import type { Condition } from './condition.ts';
import { ConditionFault, ofService, type Compiled, type Context, type Tri } from './context.ts';
import { SERVICE_PREFIX, type Vocabulary } from './vocabulary.ts';

export { ConditionFault, type Compiled, type Context, type Tri } from './context.ts';
export { readLiteral } from './literal.ts';

export interface ConditionCompiler {
  /** @throws ConditionFault for an unknown fact or definition, and a literal that is no value of its fact. */
  readonly compile: (condition: Condition) => Compiled;
}

/** Compiles conditions of one programme. `definitions` are the named conditions that `use` may refer to. */
export function conditionCompiler(
  vocabulary: Vocabulary,
  definitions: Readonly<Record<string, Condition>>,
): ConditionCompiler {
  const done = new Map<string, Compiled>();
  const open = new Set<string>();
  const compileTest = testCompiler(vocabulary);

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

  /** The contexts of all services, made once per context: many conditions look at every service. */
  function expanded(c: Context): readonly Context[] {
    if (c.expanded) return c.expanded;
    const made = c.facts.services.map((service, i) => {
      const more = c.serviceResults?.[i];
      return ofService(c, more ? { ...service, ...more } : service);
    });
    c.expanded = made;
    return made;
  }

  function overServices(part: Compiled, source: Condition, pick: 'min' | 'max'): Compiled {
    const each = expanded;
    const run = (c: Context): Tri => {
      // Services nobody named are unknown; an empty list that was given is complete.
      if (!c.facts.servicesGiven && c.facts.services.length === 0) return 0;
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

  return { compile };
}

/** Whether a path belongs to each service. */
export function isServicePath(path: string): boolean {
  return path.startsWith(SERVICE_PREFIX);
}
