import { describe, expect, it } from 'vitest';
import { contextOf } from '../../src/policy/assess.ts';
import { readLiteral } from '../../src/policy/evaluate.ts';
import { NO_FACTS, vocabularyPath, withFacts, type Facts } from '../../src/policy/facts.ts';
import { instant, PROGRAMMES } from '../support/programmes.ts';

const OUTCOMES = { yes: 1, unknown: 0, no: -1 } as const;

describe.each(PROGRAMMES)('$id', ({ vocabulary, applicantRules, serviceRules, files }) => {
  const rules = [...applicantRules, ...serviceRules];
  // A day inside the period of every rule, for the examples that name none.
  const ordinary = instant(
    files.programme.in_force.from === null ? '2026-10-15T10:00:00+08:00' : '2026-07-01T10:00:00+08:00',
  );
  const examples = rules.flatMap((rule) =>
    rule.file.examples.map((example, i) => ({
      rule,
      example,
      name: `${rule.id} ${String(i + 1)} is ${example.outcome}`,
    })),
  );

  it.each(examples)('$name', ({ rule, example }) => {
    const assignments = Object.entries(example.given).map(([path, value]) => {
      const spec = vocabulary.facts.get(vocabularyPath(path));
      if (!spec) throw new Error(`${path} is not in the vocabulary`);
      return { path, value: value === null ? null : readLiteral(value, spec) };
    });
    const empty: Facts = rule.perService ? { ...NO_FACTS, services: [{}], servicesGiven: true } : NO_FACTS;
    const facts = withFacts(empty, assignments, vocabulary);
    const now = example.at === undefined ? ordinary : instant(example.at);
    const context = { ...contextOf(facts, now), service: rule.perService ? facts.services[0] : undefined };
    expect(rule.test.eval(context)).toBe(OUTCOMES[example.outcome]);
  });

  it('has an example that passes for each rule, and one that does not', () => {
    const poor = rules.filter((rule) => {
      const outcomes = new Set(rule.file.examples.map((example) => example.outcome));
      return !outcomes.has('yes') || outcomes.size < 2;
    });
    expect(poor.map((rule) => rule.id)).toEqual([]);
  });
});
