import { conditionCompiler, ConditionFault } from '../../policy/evaluate.ts';
import { vocabularyPath } from '../../policy/facts.ts';
import type { Scope } from './scope.ts';

/**
 * What compiling a programme does not look at: definitions that nothing uses yet, and facts that are named outside of
 * conditions.
 * @throws DataFault for an unknown fact or a literal outside its values.
 */
export function checkNames(scope: Scope): void {
  const { vocabulary } = scope.programme;
  for (const { condition, definitions, file, path } of scope.conditions) {
    try {
      conditionCompiler(vocabulary, definitions).compile(condition);
    } catch (error) {
      if (!(error instanceof ConditionFault)) throw error;
      scope.fault(file, path, error.message);
    }
  }
  for (const { path, of } of vocabulary.derived)
    for (const inner of of)
      if (!vocabulary.facts.has(vocabularyPath(inner)))
        scope.fault('facts', `derived.${path}`, `unknown fact ${inner}`);
  const city = scope.files.programme.city_fact;
  if (!vocabulary.facts.has(city)) scope.fault('programme', 'city_fact', `unknown fact ${city}`);
}
