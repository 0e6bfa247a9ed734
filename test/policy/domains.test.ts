import { expect, it } from 'vitest';
import { valuesOf } from '../../src/policy/domains.ts';
import { NO_FACTS, withFacts } from '../../src/policy/facts.ts';
import { instant, programmeOf } from '../support/programmes.ts';

const shanxi = programmeOf('shanxi-2026');
const luoyang = programmeOf('luoyang');
const NOW = instant('2026-07-01T10:00:00+08:00');

it('stands on both sides of every boundary of a period', () => {
  const values = valuesOf(shanxi, 'services[0].invoice_date', NO_FACTS, NOW);
  expect(values).toEqual(expect.arrayContaining(['2025-06-30', '2025-07-01', '2026-06-30', '2026-07-01']));
});

it('finds the day three years ago, and the days around it', () => {
  const values = valuesOf(shanxi, 'applicant.sanction_date', NO_FACTS, NOW);
  expect(values).toEqual(expect.arrayContaining(['2023-06-30', '2023-07-01', '2023-07-02']));
});

it('follows a year to the dates in it and around it', () => {
  const facts = withFacts(NO_FACTS, [{ path: 'voucher.year', value: 2025 }], luoyang.vocabulary);
  const years = valuesOf(luoyang, 'services[0].completed_on', facts, NOW).map((date) => String(date).slice(0, 4));
  expect([...new Set(years)].sort()).toEqual(['2024', '2025', '2026']);
  expect(valuesOf(luoyang, 'voucher.year', NO_FACTS, NOW)).toEqual(expect.arrayContaining([2025, 2026, 2027]));
});

it('makes only dates that exist, whatever year was typed', () => {
  const facts = withFacts(NO_FACTS, [{ path: 'voucher.year', value: 0 }], luoyang.vocabulary);
  for (const path of ['services[0].completed_on', 'submitted_online_at'])
    for (const value of valuesOf(luoyang, path, facts, NOW))
      expect(typeof value === 'number' ? value > 0 : String(value) > '1900').toBe(true);
});

it('gives every choice, and a usual amount before the odd ones', () => {
  expect(valuesOf(shanxi, 'applicant.size', NO_FACTS, NOW)).toEqual(['micro', 'small', 'medium', 'large']);
  expect(valuesOf(shanxi, 'services[0].paid_amount_yuan', NO_FACTS, NOW)).toEqual([1_000_000, 0, 1]);
  expect(valuesOf(shanxi, 'applicant.colour', NO_FACTS, NOW)).toEqual([]);
});
