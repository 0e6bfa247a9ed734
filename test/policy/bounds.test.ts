import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/policy/assess.ts';
import { bounds, type Bounds } from '../../src/policy/bounds.ts';
import type { Programme } from '../../src/policy/compile.ts';
import { valuesOf } from '../../src/policy/domains.ts';
import { estimate } from '../../src/policy/estimate.ts';
import type { Tri } from '../../src/policy/evaluate.ts';
import { factAt, withFacts, withoutFacts, type Facts, type Scalar } from '../../src/policy/facts.ts';
import { analysisOf } from '../../src/policy/leaves.ts';
import { factsArb, givenPaths } from '../support/facts.ts';
import { CASES, instant, PROGRAMMES, readCase } from '../support/programmes.ts';

const NOW = instant('2026-06-25T10:00:00+08:00');
const HUGE = 9_000_000_000_000;

function boundsOf(programme: Programme, facts: Facts, now = NOW): Bounds | undefined {
  const assessment = assess(programme, facts, now);
  return bounds(programme, facts, now, assessment, estimate(programme, facts, now, assessment));
}

/** The firm figure of complete facts under a reading; null when something is still missing. */
function firmOf(programme: Programme, facts: Facts, readings: (code: string) => Tri): number | null {
  const options = { readings };
  const assessment = assess(programme, facts, NOW, options);
  return estimate(programme, facts, NOW, assessment, options).firm;
}

/** Concrete paths that nobody gave and that have a value to give. */
function unknownPaths(programme: Programme, facts: Facts): string[] {
  return [...programme.vocabulary.facts.values()].flatMap((spec) => {
    const known = spec.computed || spec.negativeEvent || programme.vocabulary.facts.has(`${spec.path}.valid`);
    if (known || (spec.member !== undefined && facts.top[spec.member] === false)) return [];
    const paths = spec.perService
      ? facts.services.map((_, i) => spec.path.replace('[]', `[${String(i)}]`))
      : [spec.path];
    return paths.filter((path) => (factAt(facts, path) ?? null) === null && domain(programme, path, facts).length > 0);
  });
}

function domain(programme: Programme, path: string, facts: Facts): readonly Scalar[] {
  const values = valuesOf(programme, path, facts, NOW);
  const spec = programme.vocabulary.facts.get(path.replace(/\[\d+\]/, '[]'));
  return spec?.type === 'money' ? [0, HUGE, 12_345_67, ...values] : values;
}

/** Calls `visit` with every completion of the paths and every reading of the codes. */
function complete(
  programme: Programme,
  facts: Facts,
  paths: readonly string[],
  codes: readonly string[],
  visit: (facts: Facts, readings: (code: string) => Tri) => void,
): void {
  const [path, ...rest] = paths;
  if (path !== undefined) {
    for (const value of domain(programme, path, facts))
      complete(programme, withFacts(facts, [{ path, value }], programme.vocabulary), rest, codes, visit);
    return;
  }
  for (let bits = 0; bits < 2 ** codes.length; bits++)
    visit(facts, (code) => ((bits >> codes.indexOf(code)) & 1 ? 1 : -1));
}

describe.each(PROGRAMMES)('$id', (programme) => {
  const codes = [
    ...new Set([...analysisOf(programme).rules.values(), analysisOf(programme).sums].flatMap((one) => one.codes)),
  ];

  it('holds every completion, and reaches both ends', () => {
    let exact = 0;
    let wide = 0;
    fc.assert(
      fc.property(
        factsArb(programme, NOW, { unknown: 0, odd: 8, minServices: 1, maxServices: 2 }),
        fc.array(fc.nat(1000), { minLength: 0, maxLength: 3 }),
        (given, picks) => {
          const paths = givenPaths(given)
            .map((one) => one.path)
            .filter((path) => !/\]$/.test(path));
          const dropped = picks.map((pick) => paths[pick % paths.length]!);
          // What the generator left out by its nature (attributes of what is not known to be held) would be unknown too.
          const all = unknownPaths(programme, given);
          const facts = withoutFacts(
            withFacts(
              given,
              all.map((path) => ({ path, value: domain(programme, path, given)[0] ?? null })),
              programme.vocabulary,
            ),
            dropped,
          );
          const range = boundsOf(programme, facts);
          const unknown = unknownPaths(programme, facts);
          if (!range || assess(programme, facts, NOW).eligibility === 'ineligible') return;
          let low = Number.POSITIVE_INFINITY;
          let high = Number.NEGATIVE_INFINITY;
          complete(programme, facts, unknown, codes, (completed, readings) => {
            const firm = firmOf(programme, completed, readings);
            if (firm === null) return;
            low = Math.min(low, firm);
            high = Math.max(high, firm);
          });
          if (range.exact) expect([low, high]).toEqual([range.low, range.high]);
          else {
            expect(low).toBeGreaterThanOrEqual(range.low);
            expect(high).toBeLessThanOrEqual(range.high);
          }
          exact += range.exact ? 1 : 0;
          wide += range.low < range.high ? 1 : 0;
        },
      ),
      { numRuns: 120 },
    );
    expect(exact).toBeGreaterThan(30);
    expect(wide).toBeGreaterThan(10);
  });

  it('holds any completion when much is unknown', () => {
    fc.assert(
      fc.property(
        factsArb(programme, NOW, { unknown: 50, odd: 20, minServices: 1, maxServices: 3 }),
        fc.array(fc.nat(1000), { minLength: 120, maxLength: 120 }),
        fc.nat(2 ** codes.length - 1),
        (facts, picks, bits) => {
          const range = boundsOf(programme, facts);
          if (!range || assess(programme, facts, NOW).eligibility === 'ineligible') return;
          const completed = unknownPaths(programme, facts).reduce((sofar, path, i) => {
            const values = domain(programme, path, sofar);
            const value = values[(picks[i % picks.length] ?? 0) % Math.max(1, values.length)] ?? null;
            return withFacts(sofar, [{ path, value }], programme.vocabulary);
          }, facts);
          const firm = firmOf(programme, completed, (code) => ((bits >> codes.indexOf(code)) & 1 ? 1 : -1));
          if (firm === null) return;
          expect(firm).toBeGreaterThanOrEqual(range.low);
          expect(firm).toBeLessThanOrEqual(range.high);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('one by one', () => {
  const of = (id: string) => readCase(CASES.find((one) => one.id === id)!);

  it('knows that a second, unknown way to qualify cannot raise the careful rate', () => {
    const { programme, facts, now } = of('LY-001');
    const team = [...programme.vocabulary.facts.keys()].filter((path) => path.startsWith('identities[team_resident]'));
    const open = withoutFacts(facts, team);
    expect(boundsOf(programme, open, now)).toEqual({
      low: 3_000_000,
      high: 3_000_000,
      dependsOn: [],
      open: [],
      exact: true,
    });
  });

  it('goes from nothing to the cap while the amount is not known', () => {
    const { programme, facts, now } = of('SX-001');
    const range = boundsOf(programme, withoutFacts(facts, ['services[0].paid_amount_yuan']), now);
    expect(range).toMatchObject({ low: 0, exact: true, dependsOn: ['services[0].paid_amount_yuan'] });
    expect(range?.high).toBe(Math.floor(Number(facts.services[0]?.['services[].invoice_amount_yuan']) / 2));
  });

  it('does not count what a host received before it is known that a host applies', () => {
    const { programme, facts, now } = of('SX-001');
    const received = { path: 'applicant.host.received_this_year_yuan', value: 100_000_000 };
    const open = withoutFacts(withFacts(facts, [received], programme.vocabulary), [
      'applicant.kind',
      'applicant.registered_as_enterprise',
    ]);
    expect(boundsOf(programme, open, now)?.high).toBe(boundsOf(programme, facts, now)?.high);
  });

  it('is nothing for whoever is ineligible, and not known before a service is named', () => {
    const { programme, facts, now } = of('SX-005');
    expect(boundsOf(programme, facts, now)).toMatchObject({ low: 0, high: 0, exact: true });
    const { programme: shanxi, facts: eligible, now: then } = of('SX-001');
    expect(boundsOf(shanxi, { ...eligible, services: [], servicesGiven: false }, then)).toBeUndefined();
  });
});

describe('the worked cases', () => {
  it.each(CASES)('$id', (one) => {
    const { programme, facts, now } = readCase(one);
    const range = boundsOf(programme, facts, now);
    const expected = one.expect['estimate_yuan'] as number | null;
    const open = one.expect['services_undetermined'] as readonly unknown[];
    if (!range) expect(facts.services).toEqual([]);
    else if (expected !== null && open.length === 0)
      expect([range.low, range.high]).toEqual([expected * 100, expected * 100]);
    else expect(range.low).toBeLessThanOrEqual(range.high);
  });
});
