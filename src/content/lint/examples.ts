import { contextOf } from '../../policy/assess.ts';
import type { Rule } from '../../policy/compile.ts';
import { readInstant } from '../../policy/dates.ts';
import { servicePath, vocabularyPath, withFacts, NO_FACTS, type Assignment, type Scalar } from '../../policy/facts.ts';
import { readLiteral } from '../../policy/literal.ts';
import type { FactSpec, Vocabulary } from '../../policy/vocabulary.ts';
import type { FileName, Scope } from './scope.ts';

/** An example without an instant must hold at any time: it is tried long before, within and long after our days. */
const ANY_TIME = ['2000-01-01T12:00:00+08:00', '2026-06-15T12:00:00+08:00', '2100-12-31T12:00:00+08:00'];

const WORDS = { 1: 'yes', 0: 'unknown', '-1': 'no' } as const;

/** Runs the examples beside the rules. @throws DataFault for the first that does not hold. */
export function checkExamples(scope: Scope): void {
  for (const rule of scope.programme.applicantRules) checkRule(scope, 'conditions', rule);
  for (const rule of scope.programme.serviceRules) checkRule(scope, 'services', rule);
}

function checkRule(scope: Scope, file: FileName, rule: Rule): void {
  const { vocabulary } = scope.programme;
  rule.file.examples.forEach((example, i) => {
    const at = `rules[${rule.id}].examples[${i}]`;
    const assignments = Object.entries(example.given).map(([path, value]): Assignment => {
      const spec = vocabulary.facts.get(vocabularyPath(path));
      if (!spec || (spec.perService && !servicePath(path)))
        return scope.fault(file, `${at}.given`, `unknown fact ${path}`);
      const scalar = readGiven(value, spec);
      return scalar === undefined
        ? scope.fault(file, `${at}.given.${path}`, 'is no value of the fact')
        : { path, value: scalar };
    });
    const facts = factsOf(assignments, vocabulary);
    for (const instant of example.at === undefined ? ANY_TIME : [example.at]) {
      const context = contextOf(facts, readInstant(instant) ?? 0);
      const outcome =
        WORDS[rule.test.eval(rule.perService ? { ...context, service: facts.services[0] ?? {} } : context)];
      if (outcome !== example.outcome)
        scope.fault(file, at, `comes out as ${outcome} at ${instant}, expected is ${example.outcome}`);
    }
  });
}

function factsOf(assignments: readonly Assignment[], vocabulary: Vocabulary): ReturnType<typeof withFacts> {
  return withFacts(NO_FACTS, assignments, vocabulary);
}

/** A literal of a data file as a value that may be given: null is unknown, false is none. Undefined when it is no value. */
export function readGiven(value: string | number | boolean | null, spec: FactSpec): Scalar | undefined {
  if (spec.computed) return undefined;
  if (value === null) return null;
  const canBeNone = spec.negativeEvent || spec.member !== undefined;
  if (value === false && canBeNone && spec.type !== 'bool') return false;
  if (spec.open && spec.type === 'choice' && typeof value === 'string' && value !== '') return value;
  try {
    return readLiteral(value, spec);
  } catch {
    return undefined;
  }
}
