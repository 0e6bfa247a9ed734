import { describe, expect, test } from 'vitest';
import type { Account } from '../../../src/app/outports.ts';
import { FakePlatform } from './platform.ts';
import { BEGINNING, FakeTime } from './time.ts';
import { broadcast, dispatchWorld, outcomes, put, say } from './world.ts';

const texts = (platform: FakePlatform): string[] => platform.attempts.map(({ text }) => text);

describe('whether it may go', () => {
  test('is asked right before: cancelled, later, or gone', async () => {
    const asked: string[] = [];
    const time = new FakeTime();
    const world = dispatchWorld(undefined, {
      time,
      mayGo: (source, chat, doc) => {
        asked.push(`${source} ${chat}`);
        if (doc.state.programme === undefined) return false;
        return time.now() < 30_000 ? { notBefore: BEGINNING + 30_000 } : true;
      },
    });
    const { store, dispatcher } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await say(world, 'test:a', '问');
    for (const chat of ['test:a', 'test:b']) await put(store, chat, broadcast('broadcast:1'));
    await time.run(29_000);
    expect(texts(platform)).toEqual(['1 问']);
    expect(await outcomes(store, 'test:b')).toEqual({ 'broadcast:1': 'cancelled' });
    expect([await store.pending(9), await store.due(BEGINNING + 30_000, 9)]).toEqual([[], ['test:a']]);
    await time.run(3_000);
    expect(texts(platform)).toEqual(['1 问', 'broadcast:1']);
    expect(asked).toHaveLength(3);
  });

  test('is asked again when the chat has written meanwhile', async () => {
    let decide: (go: boolean) => void = () => undefined;
    const programmes: (string | undefined)[] = [];
    const world = dispatchWorld(undefined, {
      mayGo: (_source, _chat, doc) => {
        programmes.push(doc.state.programme);
        if (programmes.length > 1) return false;
        return new Promise<boolean>((resolve) => {
          decide = resolve;
        });
      },
    });
    const { time, store, dispatcher, assistant } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await put(store, 'test:a', broadcast('broadcast:1'));
    dispatcher.nudge();
    await time.run(100);
    await assistant.handle({ chat: 'test:a', event: { kind: 'text', text: '退订' } });
    decide(true);
    await time.run(9_000);
    expect(programmes).toEqual([undefined, '1']);
    expect(texts(platform)).toEqual(['1 退订']);
    expect(await outcomes(store, 'test:a')).toEqual({ 'broadcast:1': 'cancelled' });
  });

  test('when that cannot be found out, it waits', async () => {
    const world = dispatchWorld(undefined, { mayGo: () => Promise.reject(new Error('no')) });
    const { time, store, dispatcher, log } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await put(store, 'test:a', broadcast('broadcast:1'));
    dispatcher.nudge();
    await time.run(150_000);
    expect(platform.attempts).toEqual([]);
    expect(log.lines.filter((line) => line.includes('may-go-failed'))).toHaveLength(3);
  });
});

describe('what the account can still send', () => {
  const limits = {
    ...{ account: { messages: 1, perMs: 1 }, gapMs: 1, perDay: 1, windowed: true },
    hours: { from: 0, until: 86_400_000 },
  };

  test('is asked last: later costs no attempt however often, out of reach is an end, answers are not asked about', async () => {
    const time = new FakeTime();
    const asked: [string, number][] = [];
    let day = 0;
    const account: Account = {
      limits,
      usedToday: async () => 0,
      windowOf: async () => undefined,
      messagesOf: () => 2,
      async mayLeave(chat, messages) {
        asked.push([chat, messages]);
        if (chat === 'test:closed') return { unreachable: 'window-closed' };
        day += 1;
        return day > 20 ? true : { notBefore: time.clock.now() + 60_000 };
      },
    };
    const world = dispatchWorld(undefined, { time });
    const { store, dispatcher } = world;
    const platform = Object.assign(new FakePlatform({ time }), { account });
    dispatcher.attach(platform);
    expect(asked).toEqual([]);
    await put(store, 'test:a', broadcast('broadcast:1'));
    // One that a process died with may have been shown.
    await put(store, 'test:closed', broadcast('broadcast:1', 'x', { sending: true }), broadcast('broadcast:2'));
    await say(world, 'test:closed', '问');
    await time.run(25 * 60_000);
    expect(texts(platform)).toEqual(['1 问', 'broadcast:1']);
    expect(asked.filter(([chat]) => chat === 'test:a')).toHaveLength(21);
    expect(new Set(asked.map(([, messages]) => messages))).toEqual(new Set([2]));
    expect(await outcomes(store, 'test:a')).toEqual({ 'broadcast:1': 'sent' });
    expect(await outcomes(store, 'test:closed')).toEqual({ 'broadcast:1': 'ambiguous', 'broadcast:2': 'unreachable' });
    expect((await store.read('test:closed'))?.reach?.reason).toBe('window-closed');
    await dispatcher.stop();
  });
});
