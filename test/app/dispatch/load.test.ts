import { describe, expect, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import type { Sent } from '../../../src/app/outports.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { LIMITS } from './limits.ts';
import { FakePlatform, type PlatformOptions } from './platform.ts';
import { FakeTime, seeded } from './time.ts';
import { broadcast, dispatchWorld, outcomes, plainCodec, put, say } from './world.ts';

const ENFORCED = { perSecond: 30, perChatMs: 1_000 };

/** A broadcast to so many chats, while every 400 ms somebody else writes. */
async function underWay(recipients: number, options: Partial<PlatformOptions> = {}) {
  const time = new FakeTime();
  const store = memoryStore(plainCodec);
  const world = dispatchWorld(store, { time });
  const random = seeded(recipients);
  const platform = new FakePlatform({ time, latency: () => 20 + 18 * random(), limits: ENFORCED, ...options });
  for (let n = 0; n < recipients; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1', '群发'));
  const asked = new Map<string, number>();
  const persons = async (): Promise<void> => {
    for (let n = 0; ; n += 1) {
      await time.sleep(400 + 40 * random());
      asked.set(`test:p${n}`, time.now());
      await say(world, `test:p${n}`, '问');
    }
  };
  void persons();
  world.dispatcher.attach(platform);
  const waits = (): number[] =>
    platform.shown.flatMap(({ chat, answered }) => {
      const at = asked.get(chat);
      return at === undefined ? [] : [answered - at];
    });
  return { ...world, platform, waits };
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}

describe('a broadcast on a platform that enforces its limits', () => {
  test('takes at least 96 % of the rate, is never refused, and holds no reply up', { timeout: 120_000 }, async () => {
    const { time, platform, waits } = await underWay(3_000);
    const done = (): boolean => platform.shown.filter(({ text }) => text === '群发').length === 3_000;
    expect(await time.runUntil(done, 150_000)).toBe(true);
    const seconds = time.now() / 1_000;
    expect(platform.refusals).toBe(0);
    expect(platform.attempts.length / seconds).toBeGreaterThanOrEqual(0.96 * 30);
    expect(waits().length).toBeGreaterThan(200);
    expect(percentile(waits(), 0.95)).toBeLessThan(300);
    expect(platform.mostUnderWay).toBeLessThanOrEqual(LIMITS.inFlight);
  });

  test(
    'with blocked chats, refusals and a ban: nobody is missed, nothing is sent against the platform',
    { timeout: 120_000 },
    async () => {
      const fate = seeded(3);
      const time = { banned: false };
      const blocked = (chat: string): boolean => Number(chat.slice(5)) % 50 === 7;
      const answer = (chat: string, _text: string): Sent => {
        if (time.banned) return { kind: 'later', scope: 'channel', afterMs: 60_000 };
        if (blocked(chat)) return { kind: 'unreachable', reason: 'blocked' };
        return fate() < 0.05 ? { kind: 'later', scope: 'chat', afterMs: 3_000 } : { kind: 'sent' };
      };
      const { time: clock, platform, store, waits, dispatcher, alarms } = await underWay(2_000, { answer });
      await clock.run(20_000);
      time.banned = true;
      await clock.runUntil(
        () => platform.attempts.some(({ sent }) => sent.kind === 'later' && sent.scope === 'channel'),
        5_000,
      );
      time.banned = false;
      const banAt = clock.now();
      await clock.run(80_000);
      const inBan = platform.attempts.filter(({ left }) => left > banAt && left < banAt + 60_000);
      expect(inBan).toEqual([]);
      // Apart from the ban, and once the first message has gone alone, the rate is kept.
      const before = platform.attempts.filter(({ left }) => left < 20_000).length;
      expect(before / 20).toBeGreaterThanOrEqual(0.96 * 30);
      await clock.run(60_000);
      for (const { chat, answered, sent } of platform.attempts) {
        if (sent.kind !== 'later' || sent.scope !== 'chat' || answered > clock.now() - 10_000) continue;
        const again = platform.attempts.find((one) => one.chat === chat && one.left >= answered);
        expect(again?.left).toBeGreaterThanOrEqual(answered + 3_000);
      }
      const tries = new Map<string, number>();
      // An attempt that the ban met says nothing about its chat.
      for (const { chat, sent } of platform.attempts)
        if (sent.kind !== 'later' || sent.scope === 'chat') tries.set(chat, (tries.get(chat) ?? 0) + 1);
      for (let n = 0; n < 2_000; n += 1) {
        const chat = `test:${n}`;
        expect(await outcomes(store, chat)).toEqual({ 'broadcast:1': blocked(chat) ? 'unreachable' : 'sent' });
        if (blocked(chat)) expect(tries.get(chat)).toBe(1);
        else expect(platform.shown.filter((one) => one.chat === chat)).toHaveLength(1);
      }
      expect(platform.refusals).toBe(0);
      expect(
        percentile(
          waits().filter((wait) => wait < 3_000),
          0.95,
        ),
      ).toBeLessThan(300);
      expect(dispatcher.figures()).toMatchObject({ failed: 40, ambiguous: 0 });
      expect(alarms.map(({ kind }) => kind)).toEqual(['channel-held']);
    },
  );

  test(
    'of 100,000 only a page is in memory, and a reply behind all of them is found at once',
    { timeout: 120_000 },
    async () => {
      const store = memoryStore(plainCodec);
      for (let n = 0; n < 100_000; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1', '群发'));
      const { assistant } = dispatchWorld(store);
      await assistant.handle({ chat: 'test:last', event: { kind: 'text', text: '问' } });
      const { time, dispatcher } = dispatchWorld(store);
      const platform = new FakePlatform({ time, limits: ENFORCED });
      let most = 0;
      dispatcher.attach(platform);
      for (let second = 0; second < 60; second += 1) {
        await time.run(1_000);
        most = Math.max(most, dispatcher.figures().queued);
      }
      expect(platform.attempts.findIndex(({ chat }) => chat === 'test:last')).toBeLessThan(30);
      expect(platform.shown.length).toBeGreaterThan(0.96 * 30 * 59);
      expect(most).toBeLessThanOrEqual(LIMITS.queue + LIMITS.inFlight + LIMITS.ahead);
      expect(dispatcher.figures()).toMatchObject({ more: true });
    },
  );
});

describe('several channels', () => {
  test('are paced each by its own limits', async () => {
    const { time, store, dispatcher } = dispatchWorld(memoryStore(chatCodec), {
      limits: (channel) =>
        channel === 'slow' ? { ...LIMITS, rates: { ...LIMITS.rates, account: { messages: 2, perMs: 1_000 } } } : LIMITS,
    });
    const quick = new FakePlatform({ time, channel: 'quick' });
    const slow = new FakePlatform({ time, channel: 'slow' });
    for (let n = 0; n < 150; n += 1)
      for (const channel of ['slow', 'quick']) await put(store, `${channel}:${n}`, broadcast('broadcast:1'));
    dispatcher.attach(slow);
    dispatcher.attach(quick);
    await time.run(5_500);
    expect(quick.shown).toHaveLength(150);
    expect(slow.shown.length).toBeGreaterThanOrEqual(10);
    expect(slow.shown.length).toBeLessThanOrEqual(12);
  });
});
