import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Talk } from '../support/kit.ts';
import { walk, type Persona } from '../support/walker.ts';

interface Case {
  readonly id: string;
  readonly program: string;
  readonly now: string;
  readonly facts: Persona;
  readonly expect: Record<string, unknown> & { readonly eligibility: string; readonly failed_rules: readonly string[] };
}

const cases = readFileSync(resolve(import.meta.dirname, '../policy/cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)
  // Contradictions are found by the dialogue, not told by a person; the role of a bureau is not an enterprise's interview.
  .filter((one) => one.facts['contradictions'] === undefined && one.facts['role'] === undefined);

const counts: { program: string; questions: number; services: number; outcome: string; applicant: boolean }[] = [];

describe('personas walked through the interview', () => {
  for (const one of cases)
    test(`${one.id} reaches the verdict of the quick check`, () => {
      const talk = new Talk(one.now);
      const questions = walk(talk, one.program, one.facts);
      const result = talk.result() ?? {};
      const wanted = one.expect;
      expect(result['eligibility'], JSON.stringify(result['reasons'])).toBe(wanted.eligibility);
      expect(result['estimate_yuan']).toBe(wanted['estimate_yuan']);
      expect(result['conditional_estimate_yuan']).toBe(wanted['conditional_estimate_yuan']);
      const services = ((one.facts['services'] as unknown[] | undefined) ?? []).length;
      const applicant = wanted.eligibility === 'ineligible' && (wanted['services_excluded'] as unknown[]).length === 0;
      counts.push({ program: one.program, questions, services, outcome: wanted.eligibility, applicant });
    });

  test('the number of questions stays small', () => {
    const median = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    const single = counts
      .filter((one) => one.services === 1 && one.outcome !== 'ineligible')
      .map((one) => one.questions);
    const stopped = counts.filter((one) => one.applicant).map((one) => one.questions);
    expect(median(single)).toBeLessThanOrEqual(12);
    expect(median(stopped)).toBeLessThanOrEqual(6);
    if (process.env['SHOW']) console.log({ single: single.join(' '), stopped: stopped.join(' ') });
  });
});
