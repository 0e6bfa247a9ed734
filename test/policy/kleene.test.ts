import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../src/policy/assess.ts';
import type { Condition } from '../../src/policy/condition.ts';
import {
  addDays,
  addMonths,
  civilDateOf,
  daysBetween,
  isCivilDate,
  readInstant,
  startOfDay,
  weekday,
} from '../../src/policy/dates.ts';
import { conditionCompiler, ConditionFault, type Tri } from '../../src/policy/evaluate.ts';
import { NO_FACTS, withFacts, type Scalar } from '../../src/policy/facts.ts';
import { portion, rateBelow, readRate, readYuan, yuanForPeople, yuanText } from '../../src/policy/money.ts';
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

  it('is the last of February for the 29th', () => {
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2024-02-29', 48)).toBe('2028-02-29');
    expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
    expect(addMonths('2025-12-31', 2)).toBe('2026-02-28');
  });
});

describe('dates and instants', () => {
  const date = fc
    .integer({ min: -20_000, max: 80_000 })
    .map((day) => addDays('2000-01-01', day))
    .filter(isCivilDate);

  it('adds days as it counts them', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -3000, max: 3000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(weekday(addDays(from, 7))).toBe(weekday(from));
        expect(civilDateOf(startOfDay(from))).toBe(from);
        expect(civilDateOf(startOfDay(from) - 1)).toBe(addDays(from, -1));
      }),
    );
  });

  it('moves months forward without losing order', () => {
    fc.assert(
      fc.property(date, date, fc.nat(60), (a, b, months) => {
        if (a <= b) expect(addMonths(a, months) <= addMonths(b, months)).toBe(true);
        expect(addMonths(a, months).slice(8) <= a.slice(8)).toBe(true);
      }),
    );
  });

  it.each(['2025-02-29', '2025-13-01', '2025-00-10', '2025-1-1', '1899-12-31', '20250101', ''])(
    '%j is no date',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
    },
  );

  it.each([
    ['2026-07-15T17:00:00+08:00', 1_784_106_000_000],
    ['2026-07-15T09:00:00Z', 1_784_106_000_000],
    ['2026-07-15T17:00:00', undefined],
    ['2026-07-15', undefined],
    ['2026-02-29T00:00:00Z', undefined],
    ['2026-07-15T24:00:00Z', undefined],
  ])('reads %s', (text, expected) => {
    expect(readInstant(text)).toBe(expected);
  });

  it('knows 1 January 2024 as a Monday', () => {
    expect(weekday('2024-01-01')).toBe(1);
  });
});

describe('money', () => {
  it('comes back from its text to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 15 - 1 }), (fen) => {
        expect(readYuan(yuanText(fen))).toBe(fen);
      }),
    );
  });

  it('never exceeds the exact share, and misses it by less than a fen', () => {
    const half = readRate('0.3')!;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (fen) => {
        const tenths = BigInt(portion(fen, half)) * 10n;
        expect(tenths <= BigInt(fen) * 3n && BigInt(fen) * 3n < tenths + 10n).toBe(true);
      }),
    );
  });

  it.each(['1e5', '1.234', '.5', '1.', '', '+1', '1,000', 'NaN', '0x10', '12345678901234'])(
    '%j is no amount',
    (text) => {
      expect(readYuan(text)).toBeUndefined();
    },
  );

  it('prints for people', () => {
    expect(yuanForPeople(9_999_999)).toBe('99,999.99元');
    expect(yuanForPeople(100_000_000)).toBe('1,000,000元');
    expect(yuanForPeople(5)).toBe('0.05元');
  });

  it('orders rates however they are written', () => {
    expect(rateBelow(readRate('0.30')!, readRate('0.5')!)).toBe(true);
    expect(rateBelow(readRate('0.50')!, readRate('0.5')!)).toBe(false);
    expect(readRate('50%')).toBeUndefined();
  });
});
