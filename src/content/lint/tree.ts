import type { Condition, Test } from '../../policy/condition.ts';

export type Definitions = Readonly<Record<string, Condition>>;

/** The parts of a condition with the step that leads to each; a `use` leads to its definition. */
export function partsOf(condition: Condition, definitions: Definitions): { step: string; part: Condition }[] {
  if ('all' in condition) return condition.all.map((part, i) => ({ step: `.all[${i}]`, part }));
  if ('any' in condition) return condition.any.map((part, i) => ({ step: `.any[${i}]`, part }));
  if ('not' in condition) return [{ step: '.not', part: condition.not }];
  if ('sure' in condition) return [{ step: '.sure', part: condition.sure }];
  if ('some' in condition) return [{ step: '.some', part: condition.some }];
  if ('every' in condition) return [{ step: '.every', part: condition.every }];
  if ('use' in condition) {
    const part = definitions[condition.use];
    return part === undefined ? [] : [{ step: '', part }];
  }
  return [];
}

/** Every node that is written in a condition, parents first; definitions are looked at in their own place. */
export function* nodesOf(condition: Condition, path: string): Generator<{ node: Condition; path: string }> {
  yield { node: condition, path };
  for (const { step, part } of partsOf(condition, {})) yield* nodesOf(part, path + step);
}

/** Every node of a condition, those of the definitions it uses included. */
export function* deepNodesOf(condition: Condition, definitions: Definitions): Generator<Condition> {
  yield condition;
  for (const { part } of partsOf(condition, definitions)) yield* deepNodesOf(part, definitions);
}

export function isTest(condition: Condition): condition is Test {
  return 'fact' in condition;
}

/** The facts that a test compares with. */
export function comparedFacts(test: Test): string[] {
  return [test.is, test.from, test.to, test.above, test.below].flatMap((one) =>
    typeof one === 'object' ? [one.fact] : [],
  );
}

/** The literals of a test. */
export function literalsOf(test: Test): (string | number | boolean)[] {
  const values = [test.is, test.from, test.to, test.above, test.below, ...(test.in ?? [])];
  return values.flatMap((one) => (one === undefined || typeof one === 'object' ? [] : [one]));
}
