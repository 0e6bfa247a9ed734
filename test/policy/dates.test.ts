import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

  it('takes the last of February for the 29th', () => {
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2024-02-29', 48)).toBe('2028-02-29');
    expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
    expect(addMonths('2025-12-31', 2)).toBe('2026-02-28');
  });
});
