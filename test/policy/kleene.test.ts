import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../src/policy/assess.ts';
import type { Condition } from '../../src/policy/condition.ts';
import { conditionCompiler, ConditionFault, type Tri } from '../../src/policy/evaluate.ts';
import { NO_FACTS, withFacts, type Scalar } from '../../src/policy/facts.ts';
import { instant, programmeOf } from '../support/programmes.ts';

const { vocabulary } = programmeOf('shanxi-2026');
const NOW = instant('2026-03-01T00:00:00+08:00');
const definitions: Record<string, Condition> = { named: { fact: 'applicant.reads_and_complies', is: true } };
const compiler = conditionCompiler(vocabulary, definitions);

function evaluate(condition: Condition, given: Record<string, Scalar> = {}, readings?: (code: string) => Tri): Tri {
  const facts = withFacts(
    NO_FACTS,
    Object.entries(given).map(([path, value]) => ({ path, value })),
    vocabulary,
  );
  const outcome = compiler.compile(condition).eval(contextOf(facts, NOW, readings ? { readings } : {}));
  // The negation of unknown is written -0.
  return (outcome + 0) as Tri;
}

const A = 'applicant.reads_and_complies';
const B = 'applicant.credit_record_good';
const C = 'applicant.operations_well_managed';
const PATHS: readonly string[] = [A, B, C];
const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(fc.constantFrom(A, B, C), fc.boolean()).map(([fact, is]): Condition => ({ fact, is })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
    tie('node').map((not): Condition => ({ not })),
  ),
})).node;
const tri = fc.constantFrom<boolean | null>(true, false, null);
const given: fc.Arbitrary<Record<string, boolean | null>> = fc.record({ [A]: tri, [B]: tri, [C]: tri });

describe('three-valued logic', () => {
  it('follows De Morgan and double negation', () => {
    fc.assert(
      fc.property(condition, condition, given, (a, b, facts) => {
        expect(evaluate({ not: { all: [a, b] } }, facts)).toBe(evaluate({ any: [{ not: a }, { not: b }] }, facts));
        expect(evaluate({ not: { not: a } }, facts)).toBe(evaluate(a, facts));
        expect(evaluate({ all: [a, { any: [a, b] }] }, facts)).toBe(evaluate(a, facts));
      }),
    );
  });

  it('never turns over a yes or a no when more becomes known', () => {
    fc.assert(
      fc.property(condition, given, fc.boolean(), (one, facts, value) => {
        const before = evaluate(one, facts);
        if (before === 0) return;
        for (const path of PATHS)
          if (facts[path] === null) expect(evaluate(one, { ...facts, [path]: value })).toBe(before);
      }),
    );
  });

  it('names a fact as missing only where it is unknown, and some fact wherever it is', () => {
    fc.assert(
      fc.property(condition, given, (one, facts) => {
        const compiled = compiler.compile(one);
        const assignments = Object.entries(facts).map(([path, value]) => ({ path, value }));
        const context = contextOf(withFacts(NO_FACTS, assignments, vocabulary), NOW);
        const missing = new Set<string>();
        if (compiled.eval(context) === 0) compiled.missing(context, undefined, missing);
        expect(missing.size > 0).toBe(compiled.eval(context) === 0);
        for (const path of missing) expect(facts[path]).toBeNull();
      }),
    );
  });

  it.each<[Condition, Record<string, Scalar>, Tri]>([
    [{ fact: A, is: true }, {}, 0],
    [{ fact: A, is: true }, { [A]: null }, 0],
    [{ fact: A, is: true }, { [A]: false }, -1],
    [
      {
        all: [
          { fact: A, is: true },
          { fact: B, is: true },
        ],
      },
      { [A]: false },
      -1,
    ],
    [
      {
        any: [
          { fact: A, is: true },
          { fact: B, is: true },
        ],
      },
      { [A]: true },
      1,
    ],
    [{ sure: { fact: A, is: true } }, {}, -1],
    [{ not: { sure: { fact: A, is: true } } }, {}, 1],
    [{ use: 'named' }, { [A]: true }, 1],
    [{ open: 'POINT' }, {}, 0],
    [{ fact: A, known: true }, {}, -1],
    [{ fact: A, known: true }, { [A]: false }, 1],
    [{ fact: 'applicant.sanction_date', known: false }, {}, 1],
    [{ fact: 'applicant.sanction_date', known: false }, { 'applicant.sanction_date': false }, 1],
    [{ fact: 'identities[hnte].valid', is: true }, { 'identities[hnte]': false }, -1],
    [{ fact: 'identities[hnte].valid', is: true }, { 'identities[hnte]': true }, 0],
    [{ fact: 'identities[hnte].level', in: ['national'] }, { 'identities[hnte]': false }, -1],
    [{ fact: 'received_this_year_yuan', above: '0.01' }, { received_this_year_yuan: 1 }, -1],
    [{ fact: 'received_this_year_yuan', from: '0.01' }, { received_this_year_yuan: 1 }, 1],
    [{ fact: 'received_this_year_yuan', below: '0.01' }, { received_this_year_yuan: 1 }, -1],
    [{ fact: 'received_this_year_yuan', to: '0.01' }, { received_this_year_yuan: 1 }, 1],
    [{ some: { fact: 'services[].completed', is: true } }, {}, 0],
    [{ every: { fact: 'services[].completed', is: true } }, {}, 0],
    [
      { some: { fact: 'services[].completed', is: true } },
      { 'services[0].completed': null, 'services[1].completed': true },
      1,
    ],
    [
      { every: { fact: 'services[].completed', is: true } },
      { 'services[0].completed': null, 'services[1].completed': true },
      0,
    ],
  ])('%j of %j is %i', (one, facts, outcome) => {
    expect(evaluate(one, facts)).toBe(outcome);
  });

  it('knows what holds of no service once the list is known to be empty', () => {
    const none = contextOf({ ...NO_FACTS, servicesGiven: true }, NOW);
    const completed: Condition = { fact: 'services[].completed', is: true };
    expect(compiler.compile({ some: completed }).eval(none)).toBe(-1);
    expect(compiler.compile({ every: completed }).eval(none)).toBe(1);
  });

  it('reads an open point as it is told to', () => {
    expect(evaluate({ open: 'POINT' }, {}, () => 1)).toBe(1);
    expect(evaluate({ not: { open: 'POINT' } }, {}, (code) => (code === 'POINT' ? 1 : 0))).toBe(-1);
  });

  it.each<[string, Condition]>([
    ['an unknown fact', { fact: 'applicant.colour', is: true }],
    ['a value that the fact has not', { fact: 'applicant.size', is: 'huge' }],
    ['an unknown definition', { use: 'nothing' }],
    ['years added to an amount', { fact: 'received_this_year_yuan', plus_years: 1, is: '1' }],
    ['a test that compares with nothing', { fact: A }],
  ])('refuses %s', (_, one) => {
    expect(() => compiler.compile(one)).toThrow(ConditionFault);
  });
});

describe('three years from a date', () => {
  const after: Condition = { fact: 'applicant.sanction_date', plus_years: 3, below: { fact: 'today' } };
  const on: Condition = { fact: 'applicant.sanction_date', plus_years: 3, is: { fact: 'today' } };
  it.each([
    ['2023-02-28', 1, -1],
    ['2023-03-01', -1, 1],
    ['2023-03-02', -1, -1],
  ])('%s', (date, past, today) => {
    expect(evaluate(after, { 'applicant.sanction_date': date })).toBe(past);
    expect(evaluate(on, { 'applicant.sanction_date': date })).toBe(today);
  });
});
