import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise, withAdvice } from '../../src/policy/advice.ts';
import { assess } from '../../src/policy/assess.ts';
import { readFacts } from '../../src/policy/border.ts';
import type { Programme } from '../../src/policy/compile.ts';
import { valuesOf } from '../../src/policy/domains.ts';
import { factAt, withFacts, type Assignment, type Facts } from '../../src/policy/facts.ts';
import { factsArb } from '../support/facts.ts';
import { CASES, instant, programmeOf, PROGRAMMES, readCase } from '../support/programmes.ts';

const NOW = instant('2026-06-25T10:00:00+08:00');

/** Every single change that a firm can make or has yet to confirm, written down without the search. */
function singleChanges(programme: Programme, facts: Facts): Assignment[] {
  return [...programme.vocabulary.facts.values()].flatMap((spec) => {
    if (spec.computed || programme.vocabulary.facts.has(`${spec.path}.valid`)) return [];
    const paths = spec.perService
      ? facts.services.map((_, i) => spec.path.replace('[]', `[${String(i)}]`))
      : [spec.path];
    return paths.flatMap((path) => {
      const present = factAt(facts, path) ?? null;
      const notHeld = spec.member !== undefined && facts.top[spec.member] === false;
      const unknown = present === null && !notHeld && !spec.negativeEvent;
      const values = unknown ? valuesOf(programme, path, facts, NOW) : (spec.change?.to ?? []);
      return values.filter((value) => notHeld || value !== present).map((value) => ({ path, value }));
    });
  });
}

/** Whether some set of at most `size` changes makes the application eligible. */
function reachable(programme: Programme, facts: Facts, size: number): boolean {
  const singles = singleChanges(programme, facts);
  const tried = (chosen: Assignment[], from: number): boolean => {
    if (assess(programme, withFacts(facts, chosen, programme.vocabulary), NOW).eligibility === 'eligible') return true;
    if (chosen.length === size) return false;
    return singles.some(
      (one, i) => i >= from && !chosen.some(({ path }) => path === one.path) && tried([...chosen, one], i + 1),
    );
  };
  return tried([], 0);
}

describe.each(PROGRAMMES)('$id', (programme) => {
  const ineligible = (shape: Parameters<typeof factsArb>[2]): fc.Arbitrary<Facts> =>
    factsArb(programme, NOW, shape).filter((facts) => assess(programme, facts, NOW).eligibility === 'ineligible');

  it('makes the application eligible when it is followed, with one size of set', () => {
    fc.assert(
      fc.property(ineligible({ unknown: 15, odd: 20 }), (facts) => {
        const all = advise(programme, facts, NOW);
        expect(all.length).toBeGreaterThan(0);
        expect(all.length).toBeLessThanOrEqual(3);
        expect(new Set(all.map((advice) => advice.changes.length)).size).toBe(1);
        for (const advice of all) {
          expect(advice.changes.length).toBeGreaterThan(0);
          if (!advice.changes.every((change) => change.changeable)) continue;
          expect(assess(programme, withAdvice(programme, facts, advice), NOW).eligibility).toBe('eligible');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has no smaller set, and none at all where it names what stands in the way', () => {
    fc.assert(
      fc.property(ineligible({ unknown: 5, odd: 12, maxServices: 2 }), (facts) => {
        // Trying all pairs is what takes the time; a hundred single changes are 5,000 of them.
        if (singleChanges(programme, facts).length > 100) return;
        const [first] = advise(programme, facts, NOW);
        const possible = first?.changes.every((change) => change.changeable) ?? false;
        const size = first?.changes.length ?? 0;
        if (possible) expect(reachable(programme, facts, Math.min(2, size - 1))).toBe(false);
        else expect(reachable(programme, facts, 2)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('names only facts that nobody can change as blocking, each with a reason', () => {
    fc.assert(
      fc.property(ineligible({ unknown: 5, odd: 30 }), (facts) => {
        const singles = new Set(singleChanges(programme, facts).map((one) => one.path));
        for (const { changes } of advise(programme, facts, NOW))
          for (const change of changes) {
            expect(change.text).not.toBe('');
            expect(programme.clauseOrder.has(change.clause)).toBe(true);
            expect(change.to === null).toBe(!change.changeable);
            if (change.changeable) expect(singles).toContain(change.fact);
          }
      }),
      { numRuns: 150 },
    );
  });

  it('answers quickly however much is unknown', () => {
    fc.assert(
      fc.property(ineligible({ unknown: 60, odd: 60, maxServices: 8 }), (facts) => {
        expect(advise(programme, facts, NOW).length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the worked cases', () => {
  it.each(CASES.filter((one) => one.expect['eligibility'] === 'ineligible'))('$id', (one) => {
    const { programme, facts, now } = readCase(one);
    for (const advice of advise(programme, facts, now))
      if (advice.changes.every((change) => change.changeable))
        expect(assess(programme, withAdvice(programme, facts, advice), now).eligibility).toBe('eligible');
  });

  it('gives no advice to whoever is not ineligible', () => {
    for (const one of CASES.filter((c) => c.expect['eligibility'] !== 'ineligible')) {
      const { programme, facts, now } = readCase(one);
      expect(advise(programme, facts, now)).toEqual([]);
    }
  });
});

describe('what it says', () => {
  const of = (id: string) => {
    const { programme, facts, now } = readCase(CASES.find((one) => one.id === id)!);
    return advise(programme, facts, now).map((advice) => advice.changes.map(({ fact, to }) => [fact, to]));
  };

  it('offers the ways to an identity beside one another', () => {
    expect(of('SX-028')).toEqual([
      [['identities[tech_sme].valid', true]],
      [['identities[innovative_sme].valid', true]],
      [['identities[hnte].valid', true]],
    ]);
  });

  it('confirms what becomes necessary by a change', () => {
    expect(of('LY-063')).toEqual([
      [
        ['services[0].completed', true],
        ['services[0].completed_on', '2026-10-15'],
      ],
    ]);
  });

  it('names the fact that stands in the way, with the reason of the vocabulary', () => {
    const { programme, facts, now } = readCase(CASES.find((one) => one.id === 'SX-045')!);
    expect(advise(programme, facts, now)).toEqual([
      {
        changes: [
          {
            fact: 'services[0].invoice_date',
            to: null,
            clause: '二(一)',
            changeable: false,
            text: '发票日期以实际开具日期为准，不能更改。',
          },
        ],
      },
    ]);
  });

  it('tells that a service has to be named when none is', () => {
    const programme = programmeOf('shanxi-2026');
    const facts = readFacts({ applicant: { kind: 'enterprise', reads_and_complies: false } }, programme.vocabulary);
    const [advice] = advise(programme, facts, NOW);
    expect(advice?.changes.at(-1)).toMatchObject({ fact: 'services', to: null, changeable: false, clause: '二(一)' });
    expect(advice?.changes.map(({ fact, to }) => [fact, to])).toContainEqual(['applicant.reads_and_complies', true]);
  });
});
