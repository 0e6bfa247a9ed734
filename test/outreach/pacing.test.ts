import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChannelPace, type ChannelRates, type Lane } from '../../src/outreach/pacing-channel.ts';
import { retryAfterMs } from '../../src/outreach/pacing-retry.ts';
import { PaceWindow, type Rate } from '../../src/outreach/pacing.ts';

/** Something that gives places and hears of answers: the window, or all of a channel. */
interface Gate {
  freeAt(now: number): number | undefined;
  leave(now: number): void;
  answered(now: number): void;
}

interface Flight {
  readonly left: number;
  readonly answered: number;
}

/** Sends through the gate for so long, always with more to send; latencies are taken in turn. Virtual ms. */
function underLoad(gate: Gate, latencies: readonly number[], forMs: number): Flight[] {
  const flights: Flight[] = [];
  const open: number[] = [];
  let now = 0;
  while (now < forMs) {
    const at = gate.freeAt(now);
    if (at !== undefined && at <= now) {
      const answered = now + (latencies[flights.length % latencies.length] ?? 0);
      gate.leave(now);
      flights.push({ left: now, answered });
      open.push(answered);
      open.sort((a, b) => a - b);
      continue;
    }
    const [answer = Infinity] = open;
    now = Math.min(at ?? Infinity, answer);
    while (open[0] !== undefined && open[0] <= now) {
      open.shift();
      gate.answered(now);
    }
  }
  return flights;
}

/** The most instants that lie within any half-open span of this length. */
function most(instants: readonly number[], spanMs: number): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let from = 0;
  let found = 0;
  for (const [index, at] of sorted.entries()) {
    while (at - (sorted[from] ?? at) >= spanMs) from += 1;
    found = Math.max(found, index - from + 1);
  }
  return found;
}

function windowGate(rate: Rate): Gate {
  const window = new PaceWindow(rate);
  return {
    freeAt: (now) => window.freeAt(now),
    leave: () => window.leave(),
    answered: (now) => window.answered(now),
  };
}

/** Each message goes to a chat of its own. */
function channelGate(rates: ChannelRates, lane: Lane = 'bulk'): Gate {
  const pace = new ChannelPace(rates);
  let chat = 0;
  return {
    freeAt: (now) => pace.accountFreeAt(lane, 1, now),
    leave: (now) => pace.leave(`test:${(chat += 1)}`, lane, 1, now),
    answered: (now) => pace.answered('test:1', 1, now),
  };
}

const RATE = fc.record({ messages: fc.integer({ min: 1, max: 60 }), perMs: fc.integer({ min: 100, max: 5_000 }) });
const WILD = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 20 });

describe('a window', () => {
  test('never lets more leave, or be answered, in a period than it may, whatever the latencies', () => {
    fc.assert(
      fc.property(RATE, WILD, (rate, latencies) => {
        const flights = underLoad(windowGate(rate), latencies, 5 * rate.perMs);
        expect(
          most(
            flights.map(({ left }) => left),
            rate.perMs,
          ),
        ).toBeLessThanOrEqual(rate.messages);
        expect(
          most(
            flights.map(({ answered }) => answered),
            rate.perMs,
          ),
        ).toBeLessThanOrEqual(rate.messages);
        // Nor at any instant between, where the platform counts.
        const counted = flights.map(({ left, answered }, index) => left + ((index % 5) / 4) * (answered - left));
        expect(most(counted, rate.perMs)).toBeLessThanOrEqual(rate.messages);
      }),
    );
  });

  test('message k leaves one period after the answer to message k − n, exactly', () => {
    const flights = underLoad(windowGate({ messages: 3, perMs: 1_000 }), [10, 20, 30], 4_000);
    for (const [index, { left }] of flights.slice(3).entries()) expect(left).toBe(flights[index]!.answered + 1_000);
  });

  test('takes a message of more parts than the limit when it is empty', () => {
    const window = new PaceWindow({ messages: 3, perMs: 1_000 });
    expect(window.freeAt(0, 5)).toBe(0);
    window.leave(5);
    expect(window.freeAt(1)).toBeUndefined();
    window.answered(10, 5);
    expect([window.freeAt(20), window.freeAt(1_010), window.isIdle(1_010)]).toEqual([1_010, 1_010, true]);
  });
});

const TELEGRAM: ChannelRates = {
  account: { messages: 30, perMs: 1_000 },
  chat: { messages: 1, perMs: 1_000 },
  group: { messages: 20, perMs: 60_000, matches: /^-/ },
};
const SHORT = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 });

describe('a channel', () => {
  test('reaches at least 96 % of the rate under load, and never more than it', () => {
    fc.assert(
      fc.property(SHORT, (latencies) => {
        const flights = underLoad(channelGate(TELEGRAM), latencies, 60_000);
        expect(flights.length).toBeGreaterThanOrEqual(0.96 * 30 * 60);
        expect(
          most(
            flights.map(({ answered }) => answered),
            1_000,
          ),
        ).toBeLessThanOrEqual(30);
        expect(
          most(
            flights.map(({ left }) => left),
            1_000,
          ),
        ).toBeLessThanOrEqual(30);
      }),
      { numRuns: 40 },
    );
  });

  test('leaves no gap under load in which a reply would wait long', () => {
    const flights = underLoad(channelGate(TELEGRAM), [5, 35, 15, 25], 20_000);
    const gaps = flights.slice(1).map(({ left }, index) => left - flights[index]!.left);
    expect(Math.max(...gaps)).toBeLessThan(200);
  });

  test('one message a second to a chat, counted from the answer', () => {
    const pace = new ChannelPace(TELEGRAM);
    pace.leave('t:1', 'fast', 1, 0);
    expect(pace.chatFreeAt('t:1', 1, 5)).toBeUndefined();
    expect(pace.chatFreeAt('t:2', 1, 5)).toBe(5);
    pace.answered('t:1', 1, 40);
    expect([pace.chatFreeAt('t:1', 1, 50), pace.chatFreeAt('t:1', 1, 1_040)]).toEqual([1_040, 1_040]);
  });

  test('20 messages a minute to a group, and only to a group', () => {
    const pace = new ChannelPace(TELEGRAM);
    for (const chat of ['t:-100', 't:100'])
      for (let n = 0; n < 20; n += 1) {
        pace.leave(chat, 'fast', 1, n * 1_000);
        pace.answered(chat, 1, n * 1_000);
      }
    expect([pace.chatFreeAt('t:-100', 1, 20_000), pace.chatFreeAt('t:100', 1, 20_000)]).toEqual([60_000, 20_000]);
  });

  test('at the start, and after the platform has stopped the account, one message goes first', () => {
    const pace = new ChannelPace(TELEGRAM);
    const once = (now: number): void => {
      expect(pace.accountFreeAt('fast', 1, now)).toBe(now);
      pace.leave('t:1', 'fast', 1, now);
      expect(pace.accountFreeAt('fast', 1, now + 5_000)).toBeUndefined();
      pace.answered('t:1', 1, now + 5_000);
    };
    once(0);
    pace.holdAccount(60_000);
    expect([pace.accountFreeAt('fast', 1, 5_000), pace.heldUntil]).toEqual([60_000, 60_000]);
    once(60_000);
    expect(pace.accountFreeAt('fast', 1, 65_000)).toBe(65_000);
  });

  test('forgets chats that nothing holds back, and only those', () => {
    const pace = new ChannelPace({ ...TELEGRAM, account: { messages: 10_000, perMs: 1 } });
    pace.holdChat('t:held', 9_000_000, 0);
    for (let n = 0; n < 10_000; n += 1) {
      pace.leave(`t:${n}`, 'fast', 1, n * 100);
      pace.answered(`t:${n}`, 1, n * 100);
    }
    expect(pace.chatsKnown).toBeLessThan(3_000);
    expect(pace.chatFreeAt('t:held', 1, 2_000_000)).toBe(9_000_000);
  });
});

describe('a retry', () => {
  const retry = { firstMs: 2_000, capMs: 60_000, tries: 8, jitter: 0.2 };

  test('doubles the wait up to a cap, with at most the jitter on top', () => {
    expect([1, 2, 3, 6, 60].map((tries) => retryAfterMs(retry, tries, 0))).toEqual([
      2_000, 4_000, 8_000, 60_000, 60_000,
    ]);
    expect(retryAfterMs(retry, 1, 0.5)).toBe(2_200);
  });

  test('never comes before what the platform asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(400_000),
        fc.nat(70),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (after, tries, random) => {
          const wait = retryAfterMs(retry, tries, random, after);
          expect(wait).toBeGreaterThanOrEqual(after);
          expect(wait).toBeLessThanOrEqual(Math.ceil(after * 1.2) + 1);
        },
      ),
    );
  });
});
