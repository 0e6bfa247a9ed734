import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { leadsOf } from '../../src/outreach/leads.ts';
import { awake, isWorkingDay, workingDayUpTo, type WorkCalendar } from '../../src/outreach/quiet.ts';
import { addDays, civilDateOf, startOfDay } from '../../src/policy/dates.ts';
import { content } from '../support/kit.ts';

const { calendar } = content;
const RULE = { leads: [30, 14, 7, 3, 1, 0], time: '09:00' };
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const told = (deadline: string, own: WorkCalendar = calendar): string[] =>
  leadsOf(at(deadline), RULE, own).map(({ days, day }) => `${days} ${day}`);

describe('working days', () => {
  test.each<[string, boolean | undefined, string]>([
    ['2026-06-19', false, 'the first day of 端午'],
    ['2026-06-22', true, 'the Monday after it'],
    ['2026-02-14', true, 'a Saturday worked in its stead'],
    ['2026-07-11', false, 'a Saturday'],
    ['2027-07-10', undefined, 'of a year that is not published'],
  ])('%s: %s, %s', (day, works) => {
    expect(isWorkingDay(day, calendar)).toBe(works);
  });

  test('nothing moves where it is not known what lies before', () => {
    expect(workingDayUpTo('2026-01-02', calendar)).toBe('2026-01-02');
    expect(workingDayUpTo('2027-07-10', calendar)).toBe('2027-07-10');
    expect(workingDayUpTo('2026-10-05', calendar)).toBe('2026-09-30');
  });
});

describe('quiet hours', () => {
  test.each([
    ['2026-07-01T07:59', '2026-07-01T08:00'],
    ['2026-07-01T08:00', '2026-07-01T08:00'],
    ['2026-07-01T20:59', '2026-07-01T20:59'],
    ['2026-07-01T21:00', '2026-07-02T08:00'],
    ['2026-12-31T23:30', '2027-01-01T08:00'],
  ])('%s goes at %s', (from, to) => {
    expect(awake(at(from))).toBe(at(to));
  });
});

describe('leads', () => {
  test('the enterprise: calendar days, and the working day before a day off', () => {
    expect(told('2026-07-15T17:00')).toEqual([
      '30 2026-06-15',
      '14 2026-07-01',
      '7 2026-07-08',
      '3 2026-07-10',
      '1 2026-07-14',
      '0 2026-07-15',
    ]);
  });

  test('the city: its own date', () => {
    expect(told('2026-07-30T17:00')).toEqual([
      '30 2026-06-30',
      '14 2026-07-16',
      '7 2026-07-23',
      '3 2026-07-27',
      '1 2026-07-29',
      '0 2026-07-30',
    ]);
  });

  test('of two on one day the nearer one is told: before a Monday, and after holidays', () => {
    expect(told('2026-07-13T17:00').slice(-2)).toEqual(['1 2026-07-10', '0 2026-07-13']);
    expect(told('2026-10-08T17:00').slice(-3)).toEqual(['14 2026-09-24', '1 2026-09-30', '0 2026-10-08']);
  });

  test('none comes after the date', () => {
    expect(told('2026-07-15T08:30').at(-1)).toBe('1 2026-07-14');
  });

  test('any date: in order, one a day, on working days, none more than its lead ahead of a working day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 364 }), fc.integer({ min: 9, max: 23 }), (day, hour) => {
        const deadline = startOfDay(addDays('2026-01-01', day)) + hour * 3_600_000;
        const leads = leadsOf(deadline, RULE, calendar);
        const days = leads.map(({ day: one }) => one);
        expect(days).toEqual([...new Set(days)].sort());
        for (const lead of leads) {
          expect(lead.at).toBeLessThanOrEqual(deadline);
          expect(isWorkingDay(lead.day, calendar)).toBe(true);
          const own = addDays(civilDateOf(deadline), -lead.days);
          for (let date = addDays(lead.day, 1); date <= own; date = addDays(date, 1))
            expect(isWorkingDay(date, calendar)).toBe(false);
        }
        expect(leads.at(-1)?.days).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
