import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../src/policy/border.ts';
import { check } from '../../src/policy/check.ts';
import { programmes, Talk } from '../support/kit.ts';
import { personaArb } from '../support/personas.ts';
import { answer, walk } from '../support/walker.ts';

const NOW = '2026-06-23T10:00:00+08:00';
const RUNS = { numRuns: 150 };

describe.each([...programmes.values()])('interviews of $id', (programme) => {
  test('a persona walked through the interview gets the verdict and the amount of the quick check', () => {
    fc.assert(
      fc.property(personaArb(programme), (persona) => {
        const talk = new Talk(NOW);
        walk(talk, programme.id, persona);
        const told = talk.result() ?? {};
        const wanted = check(programme, readFacts(persona, programme.vocabulary), Date.parse(NOW));
        expect(told['eligibility']).toBe(wanted.eligibility);
        expect(told['estimate_yuan']).toBe(wanted.estimate_yuan);
        expect(told['conditional_estimate_yuan']).toBe(wanted.conditional_estimate_yuan);
      }),
      RUNS,
    );
  });

  test('a changed answer gives what a fresh interview with the final answers gives', () => {
    fc.assert(
      fc.property(personaArb(programme), personaArb(programme), fc.nat(30), (first, second, at) => {
        const talk = new Talk(NOW);
        walk(talk, programme.id, first);
        const asked = talk.state.enterprises[0]?.dossiers[programme.id]?.interview?.asked.length ?? 0;
        // Question by question, everything is answered again as the second persona would.
        talk.type(`改第${String((at % asked) + 1)}题`);
        const changed = talk.ask();
        if (!changed) throw new Error(talk.text());
        answer(talk, changed, second);
        for (let count = 0; count < 200 && !talk.result(); count += 1) {
          const next = talk.ask();
          if (!next) throw new Error(talk.text());
          answer(talk, next, second);
        }
        const told = talk.result() ?? {};
        const facts = talk.state.enterprises[0]?.dossiers[programme.id]?.facts;
        if (!facts) throw new Error('nothing is kept');
        const wanted = check(programme, facts, Date.parse(NOW));
        expect(told['eligibility']).toBe(wanted.eligibility);
        expect(told['estimate_yuan']).toBe(wanted.estimate_yuan);
      }),
      RUNS,
    );
  });

  test('going back as far as it goes and answering the same again changes nothing', () => {
    fc.assert(
      fc.property(personaArb(programme), fc.integer({ min: 1, max: 20 }), (persona, steps) => {
        const talk = new Talk(NOW);
        walk(talk, programme.id, persona);
        const before = talk.result();
        for (let count = 0; count < steps; count += 1) talk.type('上一步');
        for (let count = 0; count < 200; count += 1) {
          const next = talk.ask();
          if (!next) throw new Error(talk.text());
          answer(talk, next, persona);
          if (talk.result()) break;
        }
        expect(talk.result()).toEqual(before);
      }),
      RUNS,
    );
  });

  test('whatever is typed is answered, briefly, and the state stays readable', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        '',
        ' ',
        '0',
        '99',
        '-1',
        '1'.repeat(500),
        '😀😀',
        '__proto__',
        '{"a":1}',
        "'; DROP TABLE x;--",
        '改第0题',
        '改第99题',
        '/edit',
        '/nope',
        '2月30日',
        '-5万',
        '1e9',
        '除了2都有',
        '\u0000\u0007',
        '好'.repeat(10_000),
      ),
    );
    const wise = fc.constantFrom(
      '1',
      '2',
      '是',
      '不清楚',
      '18.5万',
      '去年9月1号',
      '检测',
      '上一步',
      '跳过',
      '材料',
      '太原',
      '退出',
      '资格自测',
      '改第2题',
      '汇总',
      '换企业',
      '甲公司',
      '重来',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, wise), { minLength: 1, maxLength: 25 }), (messages) => {
        const talk = new Talk(NOW);
        talk.type(`/programme ${programme.id}`);
        talk.type('/check');
        for (const message of messages) {
          const replies = talk.type(message);
          expect(replies.length).toBeGreaterThan(0);
          for (const reply of replies) expect(reply.text.length).toBeLessThan(4000);
        }
      }),
      { numRuns: 100 },
    );
  });
});
