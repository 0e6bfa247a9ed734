import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, isContradictory } from '../../src/policy/assess.ts';
import { check } from '../../src/policy/check.ts';
import { estimate, type Estimate } from '../../src/policy/estimate.ts';
import { vocabularyPath, withFacts, type Facts } from '../../src/policy/facts.ts';
import { analysisOf } from '../../src/policy/leaves.ts';
import { factsArb, givenPaths } from '../support/facts.ts';
import { instant, PROGRAMMES } from '../support/programmes.ts';

const NOW = instant('2026-06-25T10:00:00+08:00');
/** Inside and outside every period, at a year's end, on a leap day. */
const INSTANTS = [
  NOW,
  ...[
    '2024-02-29T00:00:00+08:00',
    '2026-07-16T23:59:59+08:00',
    '2026-12-31T23:59:59+08:00',
    '2031-01-01T00:00:00+08:00',
  ].map(instant),
];

describe.each(PROGRAMMES)('$id', (programme) => {
  const most = Math.max(...programme.caps.map((cap) => cap.value));
  const choosesStage = new Set(analysisOf(programme).needed.facts.map((leaf) => leaf.path));
  const sumsOf = (facts: Facts, now: number): Estimate =>
    estimate(programme, facts, now, assess(programme, facts, now));

  it('answers any facts at any time, and says only what can be put into JSON', () => {
    fc.assert(
      fc.property(
        factsArb(programme, NOW, { all: true, maxServices: 4 }),
        fc.constantFrom(...INSTANTS),
        (facts, now) => {
          const result = check(programme, facts, now);
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
          expect(['eligible', 'ineligible', 'undetermined']).toContain(result.eligibility);
          expect(result.failed_rules.length > 0).toBe(result.eligibility === 'ineligible');
          expect(result.undetermined_rules.length > 0).toBe(result.eligibility === 'undetermined');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes back no failure and makes none when an answer is withdrawn', () => {
    fc.assert(
      fc.property(factsArb(programme, NOW, { unknown: 8, odd: 8, minServices: 1 }), fc.nat(1000), (facts, pick) => {
        const scalars = givenPaths(facts).filter(({ path }) => {
          const spec = programme.vocabulary.facts.get(vocabularyPath(path));
          // Who applies, and whether a service is needed at all, choose the rules themselves: not known, they count as one
          // of their values.
          return (
            spec && !spec.negativeEvent && path !== 'applicant.kind' && !choosesStage.has(path) && !path.endsWith(']')
          );
        });
        const one = scalars[pick % scalars.length];
        const before = assess(programme, facts, NOW);
        if (!one || isContradictory(before)) return;
        const after = assess(programme, withFacts(facts, [{ path: one.path, value: null }], programme.vocabulary), NOW);
        if (before.eligibility === 'eligible') expect(after.eligibility).not.toBe('ineligible');
        else expect(after.eligibility).not.toBe('eligible');
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps every figure whole, under the cap, and the firm one under the favourable', () => {
    fc.assert(
      fc.property(factsArb(programme, NOW, { unknown: 4, odd: 10, minServices: 1 }), (facts) => {
        const { firm, conditional, provincial, municipal } = sumsOf(facts, NOW);
        for (const sum of [firm, conditional, provincial, municipal])
          if (sum !== null) {
            expect(Number.isSafeInteger(sum)).toBe(true);
            expect(sum).toBeGreaterThanOrEqual(0);
            expect(sum).toBeLessThanOrEqual(most);
          }
        if (firm !== null && conditional !== null) expect(firm).toBeLessThanOrEqual(conditional);
        if (provincial !== null && municipal !== null) expect(provincial + municipal).toBe(firm);
      }),
      { numRuns: 500 },
    );
  });

  it('pays never less for more paid, and never more for more received', () => {
    const paid = 'services[].paid_amount_yuan';
    fc.assert(
      fc.property(
        factsArb(programme, NOW, { unknown: 2, odd: 5, minServices: 1 }),
        fc.nat(50_000_000),
        (facts, more) => {
          const before = sumsOf(facts, NOW).firm;
          const amount = facts.services[0]?.[paid];
          if (before === null || typeof amount !== 'number') return;
          const richer = withFacts(
            facts,
            [{ path: 'services[0].paid_amount_yuan', value: amount + more }],
            programme.vocabulary,
          );
          // What was nothing paid and so refused may become open instead.
          const after = sumsOf(richer, NOW).firm;
          if (after !== null) expect(after).toBeGreaterThanOrEqual(before);
          const [receipt] = programme.receipts;
          const received = receipt && facts.top[receipt.value];
          if (!receipt || typeof received !== 'number') return;
          const later = withFacts(facts, [{ path: receipt.value, value: received + more }], programme.vocabulary);
          expect(sumsOf(later, NOW).firm).toBeLessThanOrEqual(before);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of the services', () => {
    fc.assert(
      fc.property(factsArb(programme, NOW, { unknown: 5, odd: 10, minServices: 2 }), (facts) => {
        const turned: Facts = { ...facts, services: [...facts.services].reverse() };
        const [a, b] = [assess(programme, facts, NOW), assess(programme, turned, NOW)];
        expect(b.eligibility).toBe(a.eligibility);
        expect([...b.statuses].reverse()).toEqual(a.statuses);
        expect(sumsOf(turned, NOW).firm).toBe(sumsOf(facts, NOW).firm);
      }),
      { numRuns: 200 },
    );
  });

  it('meets every verdict among the generated facts', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(factsArb(programme, NOW, { unknown: 2, odd: 4, minServices: 1 }), (facts) => {
        seen.add(assess(programme, facts, NOW).eligibility);
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(['eligible', 'ineligible', 'undetermined']);
  });
});
