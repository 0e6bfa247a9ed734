import type { Condition } from '../../policy/condition.ts';
import type { Vocabulary } from '../../policy/vocabulary.ts';
import { outcomesOf } from './outcomes.ts';
import type { Located, Scope } from './scope.ts';
import { deepNodesOf, isTest, nodesOf } from './tree.ts';

/**
 * Branches that nothing can reach: parts that can never hold, alternatives that an earlier one already covers, and rules
 * whose answer is settled before anybody is asked. Proved by trying all combinations of the facts of one condition.
 * @throws DataFault at the first one.
 */
export function checkBranches(scope: Scope): void {
  const { vocabulary } = scope.programme;
  for (const located of scope.conditions) {
    // The innermost fault is the one to name: what encloses it fails for its sake.
    const nodes = [...nodesOf(located.condition, located.path)].reverse();
    for (const { node, path } of nodes) {
      const outcomes = outcomesOf([node], located.definitions, vocabulary);
      if (outcomes && !outcomes.some(([one]) => one === 1)) scope.fault(located.file, path, 'can never be yes');
    }
    for (const { node, path } of nodes) if ('any' in node) checkAlternatives(scope, located, node.any, path);
    if (located.path.endsWith('.require')) checkRule(scope, located);
  }
}

function checkAlternatives(scope: Scope, located: Located, alternatives: readonly Condition[], path: string): void {
  alternatives.forEach((later, i) => {
    alternatives.slice(0, i).forEach((earlier, k) => {
      const pairs = outcomesOf([earlier, later], located.definitions, scope.programme.vocabulary);
      if (pairs?.every(([a = 1, b = -1]) => b <= a))
        scope.fault(located.file, `${path}.any[${i}]`, `is already covered by any[${k}]`);
    });
  });
}

function checkRule(scope: Scope, { condition, definitions, file, path }: Located): void {
  for (const node of deepNodesOf(condition, definitions)) if ('open' in node) return;
  if (mustBeAnswered(condition, scope.programme.vocabulary)) return;
  const outcomes = outcomesOf([condition], definitions, scope.programme.vocabulary);
  if (outcomes && !outcomes.some(([one]) => one === -1)) scope.fault(file, path, 'can never be no');
}

/** A test that lists every value of its fact is the way to write that a question must be answered at all. */
function mustBeAnswered(condition: Condition, vocabulary: Vocabulary): boolean {
  if (!isTest(condition) || condition.in === undefined) return false;
  const spec = vocabulary.facts.get(condition.fact);
  const all = spec?.type === 'bool' ? [true, false] : Object.keys(spec?.values ?? {});
  return all.every((value) => condition.in?.includes(value));
}
