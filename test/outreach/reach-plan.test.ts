import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callList } from '../../src/outreach/reach-calls.ts';
import { planReach, type ReachLimits, type Recipient } from '../../src/outreach/reach-plan.ts';
import { openWindow, type WindowRule } from '../../src/outreach/reach-window.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.parse('2026-11-20T17:00:00+08:00');
const LIMITS: ReachLimits = {
  account: { messages: 20, perMs: 60_000 },
  gapMs: 2_000,
  perDay: 200,
  windowed: false,
  hours: { from: 8 * HOUR_MS, until: 21 * HOUR_MS },
};

const people = (count: number): Recipient[] =>
  Array.from({ length: count }, (_, index) => ({ chat: `wechat:${index}` }));

describe('a plan', () => {
  test('says how many are reached today and when the rest follow', () => {
    const plan = planReach(people(450), LIMITS, { now: NOW, usedToday: 50, messages: 1 });
    expect(plan.today).toBe(150);
    expect(plan.days).toEqual([
      { date: '2026-11-20', count: 150 },
      { date: '2026-11-21', count: 200 },
      { date: '2026-11-22', count: 100 },
    ]);
    expect(plan.sends[150]?.at).toBe(Date.parse('2026-11-21T08:00:00+08:00'));
  });

  test('a message in two parts takes two places, and twice the time', () => {
    const plan = planReach(people(150), LIMITS, { now: NOW, usedToday: 0, messages: 2 });
    expect(plan.today).toBe(100);
    expect(plan.sends[1]!.at - plan.sends[0]!.at).toBe(6_000);
  });

  test('what waits already goes first', () => {
    const plan = planReach(people(100), LIMITS, { now: NOW, usedToday: 50, ahead: 120, messages: 1 });
    expect(plan.days.map(({ count }) => count)).toEqual([30, 70]);
  });

  test('late in the evening nobody is reached today', () => {
    const plan = planReach(people(3), LIMITS, { now: NOW + 4 * HOUR_MS, usedToday: 0, messages: 1 });
    expect([plan.today, plan.days]).toEqual([0, [{ date: '2026-11-21', count: 3 }]]);
  });

  test('what can never be sent is an error', () => {
    expect(() => planReach(people(1), LIMITS, { now: NOW, usedToday: 0, messages: 201 })).toThrow(RangeError);
  });

  test('holds to every limit, and leaves nobody out', () => {
    const recipient = fc.record({
      unreachable: fc.option(fc.constant('blocked' as const), { nil: undefined }),
      window: fc.option(
        fc.record({ until: fc.integer({ min: -DAY_MS, max: 3 * DAY_MS }), left: fc.integer({ min: 0, max: 5 }) }),
        {
          nil: undefined,
        },
      ),
    });
    const cases = fc.record({
      list: fc.array(recipient, { maxLength: 120 }),
      perDay: fc.integer({ min: 3, max: 60 }),
      messages: fc.integer({ min: 1, max: 3 }),
      usedToday: fc.integer({ min: 0, max: 80 }),
      windowed: fc.boolean(),
      offset: fc.integer({ min: 0, max: DAY_MS }),
    });
    fc.assert(
      fc.property(cases, ({ list, perDay, messages, usedToday, windowed, offset }) => {
        const now = NOW + offset;
        const recipients = list.map(({ unreachable, window }, index): Recipient => ({
          chat: `c${index}`,
          ...(unreachable && { unreachable }),
          ...(window && { window: { until: now + window.until, left: window.left } }),
        }));
        const plan = planReach(recipients, { ...LIMITS, perDay, windowed }, { now, usedToday, messages });
        const all = [...plan.sends, ...plan.unreachable].map(({ chat }) => chat);
        expect(new Set(all).size).toBe(recipients.length);
        expect(all).toHaveLength(recipients.length);
        const days = new Map<number, number>();
        for (const [index, { chat, at }] of plan.sends.entries()) {
          const local = at + 8 * HOUR_MS;
          const day = Math.floor(local / DAY_MS);
          days.set(day, (days.get(day) ?? 0) + messages);
          expect(at).toBeGreaterThanOrEqual(now);
          expect(local % DAY_MS).toBeGreaterThanOrEqual(LIMITS.hours.from);
          expect(local % DAY_MS).toBeLessThan(LIMITS.hours.until);
          if (index > 0) expect(at - plan.sends[index - 1]!.at).toBeGreaterThanOrEqual(3_000 * messages);
          const { window } = recipients[Number(chat.slice(1))]!;
          if (windowed) expect(window !== undefined && at < window.until && window.left >= messages).toBe(true);
        }
        const today = Math.floor((now + 8 * HOUR_MS) / DAY_MS);
        for (const [day, used] of days) expect(used + (day === today ? usedToday : 0)).toBeLessThanOrEqual(perDay);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a window', () => {
  const RULES: WindowRule[] = [
    { after: 'message', openMs: 48 * HOUR_MS, messages: 5 },
    { after: 'follow', openMs: 60_000, messages: 3 },
  ];

  test.each([
    ['open to its last moment', [{ kind: 'message', at: 0 }], [], 48 * HOUR_MS - 1, { until: 48 * HOUR_MS, left: 5 }],
    ['closed at its end', [{ kind: 'message', at: 0 }], [], 48 * HOUR_MS, undefined],
    ['closed when all is used', [{ kind: 'message', at: 0 }], [1, 2, 3, 4, 5], 6, undefined],
    [
      'open anew with the next message',
      [
        { kind: 'message', at: 0 },
        { kind: 'message', at: 10 },
      ],
      [1, 2, 3, 4, 5],
      11,
      { until: 10 + 48 * HOUR_MS, left: 5 },
    ],
    ['short after a follow', [{ kind: 'follow', at: 0 }], [5], 59_999, { until: 60_000, left: 2 }],
    ['never open for somebody who did nothing', [], [], 0, undefined],
  ] as const)('is %s', (_, acts, sent, now, open) => {
    expect(openWindow(acts, sent, RULES, now)).toEqual(open);
  });
});

test('the list of calls has the numbers of the register, and makes up none', () => {
  const missed = [
    { city: '洛阳市', name: '甲公司', why: 'window-closed' },
    { city: '洛阳市', name: '乙公司', why: 'blocked' },
    { city: '洛阳市', name: '丙公司', why: 'failed' },
  ] as const;
  const register = (_city: string, name: string) => (name === '甲公司' ? '0379-6000000' : undefined);
  expect(callList(missed, register, 2)).toEqual([
    { name: '甲公司', why: 'window-closed', phone: '0379-6000000' },
    { name: '乙公司', why: 'blocked' },
  ]);
});
