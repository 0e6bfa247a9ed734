import { expect, it } from 'vitest';
import { check } from '../../src/policy/check.ts';
import { CASES, readCase } from '../support/programmes.ts';

it.each(CASES)('$id', (one) => {
  const { programme, facts, now } = readCase(one);
  const result = check(programme, facts, now);
  const { must_warn: mustWarn, ...expected } = one.expect;
  expect(result).toMatchObject(expected);
  // toMatchObject takes an object with further keys for equal: lists of objects are compared whole.
  for (const key of ['services_excluded', 'services_undetermined'] as const) expect(result[key]).toEqual(expected[key]);
  expect(result.warnings.map((warning) => warning.code)).toEqual(expect.arrayContaining([...mustWarn]));
});

it('holds cases of both programmes', () => {
  expect(new Set(CASES.map((one) => one.program)).size).toBe(2);
  expect(CASES.length).toBeGreaterThan(100);
});
