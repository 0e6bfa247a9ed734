import { contextOf } from '../../policy/assess.ts';
import type { Condition } from '../../policy/condition.ts';
import type { Compiled, Context, Tri } from '../../policy/context.ts';
import { readInstant } from '../../policy/dates.ts';
import { conditionCompiler, isServicePath } from '../../policy/evaluate.ts';
import type { Scalar } from '../../policy/facts.ts';
import type { Vocabulary } from '../../policy/vocabulary.ts';
import { servicesKey, variablesOf, type Variable } from './domain.ts';
import { isTest, type Definitions } from './tree.ts';

/** Beyond this many combinations nothing is tried: the parts are small enough and looked at on their own. */
const MOST = 20_000;

type Values = Record<string, Scalar | undefined>;

interface World {
  readonly context: Context;
  readonly services: ReadonlyMap<string, Tri>;
}

type Evaluate = (world: World) => Tri;

/**
 * The outcomes that conditions can have together, one tuple for each combination of values that makes a difference;
 * undefined when there are too many combinations.
 */
export function outcomesOf(
  conditions: readonly Condition[],
  definitions: Definitions,
  vocabulary: Vocabulary,
): Tri[][] | undefined {
  const variables = variablesOf({ all: [...conditions] }, definitions, vocabulary);
  const product = variables.reduce((size, one) => size * one.values.length, 1);
  if (product > MOST) return undefined;
  const evaluators = conditions.map((one) => evaluator(one, definitions, vocabulary));
  const found = new Map<string, Tri[]>();
  for (let number = 0; number < product; number += 1) {
    const world = worldOf(variables, number);
    const outcomes = evaluators.map((evaluate) => evaluate(world));
    found.set(outcomes.join(), outcomes);
  }
  return [...found.values()];
}

/** The combination with this number, in the way of a mixed-radix counter. */
function worldOf(variables: readonly Variable[], number: number): World {
  const top: Values = {};
  const service: Values = {};
  const results: Values = {};
  const clock: Values = {};
  const open = new Map<string, Tri>();
  const services = new Map<string, Tri>();
  let rest = number;
  for (const { kind, key, values } of variables) {
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    if (kind === 'open') open.set(key, value as Tri);
    else if (kind === 'services') services.set(key, value as Tri);
    else if (key === 'now' || key === 'today') clock[key] = value;
    else (isServicePath(key) ? service : key.startsWith('result.') ? results : top)[key] = value;
  }
  const now = typeof clock.now === 'number' ? clock.now : (readInstant('2026-06-15T12:00:00+08:00') ?? 0);
  const today = typeof clock.today === 'string' ? clock.today : '2026-06-15';
  const facts = { top, services: [service], servicesGiven: true };
  const plain = contextOf(facts, now, { readings: (code) => open.get(code) ?? 0 });
  return { context: { ...plain, service, today, results }, services };
}

/** Evaluates as the program does, except that parts about the services are variables. */
function evaluator(condition: Condition, definitions: Definitions, vocabulary: Vocabulary): Evaluate {
  const { compile } = conditionCompiler(vocabulary, definitions);
  const build = (node: Condition): Evaluate => {
    if ('all' in node) return joined(node.all.map(build), -1);
    if ('any' in node) return joined(node.any.map(build), 1);
    if ('not' in node) {
      const part = build(node.not);
      return (world) => -part(world) as Tri;
    }
    if ('sure' in node) {
      const part = build(node.sure);
      return (world) => (part(world) === 1 ? 1 : -1);
    }
    if ('use' in node) {
      const part = definitions[node.use];
      if (part !== undefined) return build(part);
    }
    if (!isTest(node) && ('some' in node || 'every' in node)) {
      const key = servicesKey(node);
      return (world) => world.services.get(key) ?? 0;
    }
    const leaf: Compiled = compile(node);
    return (world) => leaf.eval(world.context);
  };
  return build(condition);
}

function joined(parts: readonly Evaluate[], stop: 1 | -1): Evaluate {
  return (world) => {
    let outcome: Tri = stop === 1 ? -1 : 1;
    for (const part of parts) {
      const one = part(world);
      if (one === stop) return stop;
      if (one === 0) outcome = 0;
    }
    return outcome;
  };
}
