import { describe, expect, test } from 'vitest';
import { isStillDue, remindersFor, type Standing } from '../../src/outreach/reminders.ts';
import { NO_FACTS, withFacts, type Programme, type Role, type Scalar } from '../../src/policy/index.ts';
import { content, programmes } from '../support/kit.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const programme = (id: string): Programme => {
  const found = programmes.get(id);
  if (!found) throw new Error(id);
  return found;
};
const SX = programme('shanxi-2026');
const LY = programme('luoyang');

function standing(
  fields: Partial<Standing> & { given?: Record<string, Scalar>; of?: Programme; sent?: string[] } = {},
) {
  const { given = {}, of = SX, sent = [], ...rest } = fields;
  const gives = Object.entries(given).map(([path, value]) => ({ path, value }));
  const facts = withFacts(NO_FACTS, gives, of.vocabulary);
  return { facts, since: at('2026-01-01T10:00:00'), known: (one: string) => sent.includes(one), index: 0, ...rest };
}

function due(now: string, own = standing(), of = SX, role: Role = 'applicant'): string[] {
  return remindersFor(role, of, own, at(now), content.calendar).due.map(({ source }) => source);
}

const next = (now: string, own = standing(), of = SX): string | undefined => {
  const found = remindersFor('applicant', of, own, at(now), content.calendar).next;
  return found === undefined ? undefined : new Date(found + 8 * 3_600_000).toISOString().slice(0, 16);
};

const SEVEN = 'lead:shanxi-2026/sx_enterprise_deadline/7';

describe('when something is due', () => {
  test('at nine, not a second before', () => {
    expect(due('2026-07-08T08:59:59')).toEqual([]);
    expect(due('2026-07-08T09:00:00')).toEqual([SEVEN]);
    expect(next('2026-07-08T08:59:59')).toBe('2026-07-08T09:00');
  });

  test('after a standstill the nearest lead alone, and of every date one', () => {
    expect(due('2026-06-25T12:00:00')).toEqual([
      'lead:shanxi-2026/sx_service_period/7',
      'lead:shanxi-2026/sx_enterprise_deadline/30',
    ]);
    expect(due('2026-07-12T12:00:00')).toEqual(['lead:shanxi-2026/sx_enterprise_deadline/3']);
  });

  test('not in the quiet hours, and the next day only what is nearest then', () => {
    expect(due('2026-07-13T22:00:00')).toEqual([]);
    expect(next('2026-07-13T22:00:00')).toBe('2026-07-14T08:00');
    expect(due('2026-07-14T08:00:00')).toEqual([]);
    expect(due('2026-07-14T09:00:00')).toEqual(['lead:shanxi-2026/sx_enterprise_deadline/1']);
  });

  test('in time to the last second, and never after', () => {
    expect(due('2026-07-15T17:00:00')).toEqual(['lead:shanxi-2026/sx_enterprise_deadline/0']);
    expect(due('2026-07-15T17:00:01')).toEqual([]);
    expect(next('2026-07-15T17:00:01')).toBeUndefined();
  });

  test('what was said, or something nearer, is not said again when the clock goes back', () => {
    const own = standing({ sent: [SEVEN] });
    expect(due('2026-07-08T09:00:00', own)).toEqual([]);
    expect(due('2026-07-02T09:00:00', own)).toEqual([]);
  });

  test('what lay before the agreement is not made up for', () => {
    const own = standing({ since: at('2026-07-09T10:00:00') });
    expect(due('2026-07-09T11:00:00', own)).toEqual([]);
    expect(next('2026-07-09T11:00:00', own)).toBe('2026-07-10T09:00');
    // A clock that was set back since: nobody is forgotten for that.
    expect(due('2026-07-08T11:00:00', own)).toEqual([SEVEN]);
  });
});

describe('for whom', () => {
  test('not for those who handed in, or gave up, as far as they said so', () => {
    for (const progress of ['filed_offline', 'recommended', 'paid', 'rejected_late', 'rejected', 'withdrawn'])
      expect(due('2026-07-08T09:00:00', standing({ progress })), progress).toEqual([]);
    for (const progress of ['registered', 'bound', 'dossier_printed', 'no_such_state'])
      expect(due('2026-07-08T09:00:00', standing({ progress })), progress).toEqual([SEVEN]);
    const given = { submitted_offline_at: '2026-07-01T10:00:00+08:00' };
    expect(due('2026-07-08T09:00:00', standing({ given }))).toEqual([]);
  });

  test('a team without an enterprise goes on in the procedure of its host', () => {
    const given = { 'applicant.kind': 'team', 'applicant.registered_as_enterprise': false };
    expect(due('2026-07-08T09:00:00', standing({ given, progress: 'host_agreed' }))).toEqual([SEVEN]);
    expect(due('2026-07-08T09:00:00', standing({ given, progress: 'as_enterprise_track' }))).toEqual([SEVEN]);
    expect(due('2026-07-08T09:00:00', standing({ given, progress: 'filed_offline' }))).toEqual([]);
  });

  test('the staff of a bureau have their own date', () => {
    expect(due('2026-07-08T09:00:00', standing(), SX, 'city_bureau')).toEqual(['lead:shanxi-2026/sx_city_deadline/30']);
    expect(due('2026-07-30T17:00:00', standing(), SX, 'city_bureau')).toEqual(['lead:shanxi-2026/sx_city_deadline/0']);
    expect(due('2026-07-30T17:00:01', standing(), SX, 'city_bureau')).toEqual([]);
  });

  test('the end of the year only with a voucher that was granted', () => {
    const own = (fields: Parameters<typeof standing>[0]) => standing({ of: LY, ...fields });
    const year = (lead: number) => [`lead:luoyang/ly_year_end/${lead}`];
    expect(due('2026-12-24T09:00:00', own({}), LY)).toEqual([]);
    expect(due('2026-12-24T09:00:00', own({ given: { 'voucher.granted': false } }), LY)).toEqual([]);
    expect(due('2026-12-24T09:00:00', own({ given: { 'voucher.granted': true } }), LY)).toEqual(year(7));
    expect(due('2026-12-24T09:00:00', own({ progress: 'voucher_granted' }), LY)).toEqual(year(7));
    expect(due('2026-12-24T09:00:00', own({ progress: 'filed_online' }), LY)).toEqual([]);
    expect(due('2026-12-31T20:59:59', own({ progress: 'voucher_granted' }), LY)).toEqual(year(0));
    // Quiet until the year is over.
    expect(due('2026-12-31T21:00:00', own({ progress: 'voucher_granted' }), LY)).toEqual([]);
    expect(next('2026-12-31T21:00:00', own({ progress: 'voucher_granted' }), LY)).toBeUndefined();
  });

  test('a second enterprise has keys of its own', () => {
    expect(due('2026-07-08T09:00:00', standing({ index: 1 }))).toEqual([`${SEVEN}#2`]);
  });
});

test('what waits is let go of when its date has passed or a nearer lead has come', () => {
  const still = (now: string, own = standing()) => isStillDue(SEVEN, 'applicant', SX, own, at(now), content.calendar);
  expect(still('2026-07-08T20:00:00')).toBe(true);
  expect(still('2026-07-09T20:00:00')).toBe(true);
  expect(still('2026-07-10T09:00:00')).toBe(false);
  expect(still('2026-07-16T09:00:00')).toBe(false);
  expect(still('2026-07-09T20:00:00', standing({ progress: 'filed_offline' }))).toBe(false);
});
