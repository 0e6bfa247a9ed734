import { describe, expect, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { BROKEN } from '../support.ts';
import { LIMITS } from './limits.ts';
import { FakePlatform } from './platform.ts';
import { BEGINNING, FakeTime } from './time.ts';
import { broadcast, dispatchWorld, outboxOf, outcomes, put, say } from './world.ts';

const texts = (platform: FakePlatform): string[] => platform.attempts.map(({ text }) => text);

describe('order', () => {
  test('replies of a chat leave in their order, one a second, and nothing of them stays', async () => {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await say(world, 'test:a', '两条');
    await say(world, 'test:a', '三');
    await time.run(5_000);
    expect(texts(platform)).toEqual(['1 两条', '又一条', '2 三']);
    expect(platform.attempts.map(({ left }) => left)).toEqual([0, 1_030, 2_060]);
    expect(await outboxOf(store, 'test:a')).toEqual([]);
    expect(await store.pending(9)).toEqual([]);
    expect([world.handover.isHeld('r1'), dispatcher.figures().sent]).toEqual([false, 3]);
  });

  test('a reply overtakes what waits unasked: in its own chat, and in all others', async () => {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const platform = new FakePlatform({ time });
    for (let n = 0; n < 200; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1', `群发 ${n}`));
    dispatcher.attach(platform);
    await time.run(1_000);
    const before = platform.attempts.length;
    await say(world, 'test:199', '问');
    await say(world, 'test:new', '问');
    await time.run(150);
    const next = platform.attempts.slice(before).map(({ text }) => text);
    expect(next.filter((text) => text === '1 问')).toHaveLength(2);
    await time.run(10_000);
    const own = platform.attempts.filter(({ chat }) => chat === 'test:199').map(({ text }) => text);
    expect(own).toEqual(['1 问', '群发 199']);
  });

  test('a reply recalls the unasked message of its chat that waits for its turn', async () => {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    // The first message of a start goes alone; the others are marked and wait.
    for (const chat of ['a', 'b', 'c']) await put(store, `test:${chat}`, broadcast('broadcast:1', `群发 ${chat}`));
    dispatcher.nudge();
    await time.run(0);
    expect((await outboxOf(store, 'test:c'))[0]).toMatchObject({ sending: true });
    await say(world, 'test:c', '问');
    await time.run(5_000);
    const own = platform.attempts.filter(({ chat }) => chat === 'test:c').map(({ text }) => text);
    expect(own).toEqual(['1 问', '群发 c']);
    expect(await outcomes(store, 'test:c')).toEqual({ 'broadcast:1': 'sent' });
  });

  test('what was left over is taken up at the start: replies first, oldest first', async () => {
    const store = memoryStore(chatCodec);
    const before = dispatchWorld(store);
    for (let n = 0; n < 700; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1', `群发 ${n}`));
    for (const chat of ['test:x', 'test:y', 'test:z'])
      await before.assistant.handle({ chat, event: { kind: 'text', text: '问' } });
    const { time, dispatcher } = dispatchWorld(store);
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await time.run(400);
    const chats = platform.attempts.map(({ chat }) => chat).filter((chat) => /[xyz]/.test(chat));
    expect(chats).toEqual(['test:x', 'test:y', 'test:z']);
    await time.run(40_000);
    expect(platform.shown).toHaveLength(703);
  });

  test('a group gets no more than 20 a minute, and holds nobody else up', async () => {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    const entries = Array.from({ length: 25 }, (_, n) => broadcast(`broadcast:${n}`));
    await put(store, 'test:-1', ...entries);
    await put(store, 'test:1', ...entries);
    dispatcher.nudge();
    await time.run(40_000);
    expect(platform.shown.filter(({ chat }) => chat === 'test:-1')).toHaveLength(20);
    expect(platform.shown.filter(({ chat }) => chat === 'test:1')).toHaveLength(25);
    await time.run(40_000);
    expect(platform.shown.filter(({ chat }) => chat === 'test:-1')).toHaveLength(25);
  });
});

describe('what else may happen', () => {
  test('deletion takes along what was not said yet; the answer to it goes out', async () => {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await put(store, 'test:a', broadcast('broadcast:1', '一', { notBefore: BEGINNING + 5_000 }));
    await say(world, 'test:a', '两条');
    await time.run(500);
    await say(world, 'test:a', '删除');
    await time.run(20_000);
    expect(texts(platform)).toEqual(['1 两条', '已删除']);
    expect(await store.read('test:a')).toMatchObject({ outbox: [] });
    expect(['r1', 'r2', 'r3', 'r4', 'r5'].some((id) => world.handover.isHeld(id))).toBe(false);
  });

  test('a message that the platform repeats is answered once', async () => {
    const world = dispatchWorld();
    const { time, dispatcher } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    for (let n = 0; n < 3; n += 1) await say(world, 'test:a', '问', 'm1');
    await time.run(3_000);
    await say(world, 'test:a', '问', 'm1');
    await time.run(3_000);
    expect(texts(platform)).toEqual(['1 问']);
  });

  test('a chat whose document cannot be read is told so', async () => {
    const faulty = memoryStore({
      ...chatCodec,
      encode: (doc) => (doc.chat === 'test:a' ? '{}' : chatCodec.encode(doc)),
    });
    const world = dispatchWorld(faulty);
    const { time, dispatcher } = world;
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await say(world, 'test:a', '问');
    await say(world, 'test:a', '问');
    await time.run(3_000);
    expect(texts(platform)).toContain(BROKEN.text);
  });

  test('an outcome that could not be stored is stored later, and not sent again', async () => {
    const inner = memoryStore(chatCodec);
    let broken = false;
    const store = {
      ...inner,
      update: inner.update.bind(inner),
      read: inner.read.bind(inner),
      pending: inner.pending.bind(inner),
    };
    const flaky: typeof inner = {
      update: (key, work) => (broken ? Promise.reject(new Error('disk full')) : store.update(key, work)),
      read: store.read,
      pending: store.pending,
      due: (now, limit) => inner.due(now, limit),
      keys: (prefix) => inner.keys(prefix),
      close: () => inner.close(),
    };
    const world = dispatchWorld(flaky);
    const { time, dispatcher } = world;
    const platform = new FakePlatform({
      time,
      answer: () => {
        broken = true;
        return { kind: 'sent' };
      },
    });
    dispatcher.attach(platform);
    await put(flaky, 'test:a', broadcast('broadcast:1'));
    dispatcher.nudge();
    await time.run(10_000);
    expect(await outcomes(flaky, 'test:a')).toEqual({});
    broken = false;
    await time.run(10_000);
    expect(await outcomes(flaky, 'test:a')).toEqual({ 'broadcast:1': 'sent' });
    expect(platform.attempts).toHaveLength(1);
  });

  test('a stop finishes what is under way, takes marks back, and leaves the rest in the store', async () => {
    const { time, store, dispatcher } = dispatchWorld();
    const platform = new FakePlatform({ time, latency: () => 400 });
    for (let n = 0; n < 50; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1'));
    dispatcher.attach(platform);
    await time.run(800);
    let stopped = false;
    const stopping = dispatcher.stop().then(() => {
      stopped = true;
    });
    const { underWay } = platform;
    const all = platform.attempts.length + underWay;
    expect(underWay).toBeGreaterThan(0);
    await time.runUntil(() => stopped, 5_000);
    await stopping;
    expect([platform.underWay, platform.attempts.length]).toEqual([0, all]);
    await time.run(60_000);
    expect(platform.attempts.length).toBe(all);
    let left = 0;
    for (let n = 0; n < 50; n += 1)
      for (const entry of await outboxOf(store, `test:${n}`)) {
        expect(entry.sending).toBeUndefined();
        left += 1;
      }
    expect(left).toBe(50 - all);
  });

  test('a channel that cannot be written to keeps nobody else back, nor do chats of no channel here', async () => {
    const { time, store, dispatcher } = dispatchWorld(undefined, { limits: () => ({ ...LIMITS, queue: 10 }) });
    const stuck = new FakePlatform({
      time,
      channel: 'stuck',
      answer: () => ({ kind: 'later', scope: 'channel', afterMs: 900_000 }),
    });
    const platform = new FakePlatform({ time });
    for (let n = 0; n < 1_500; n += 1) await put(store, `stuck:${n}`, broadcast('broadcast:1'));
    for (let n = 0; n < 1_500; n += 1) await put(store, `stdio:${n}`, broadcast('broadcast:1'));
    for (let n = 0; n < 60; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1'));
    dispatcher.attach(stuck);
    dispatcher.attach(platform);
    await time.run(4_000);
    expect([stuck.attempts.length, platform.shown.length]).toEqual([1, 60]);
    // Those that were waiting for their turn when the account was stopped went back.
    expect(dispatcher.figures()).toMatchObject({ queued: 10 + LIMITS.ahead, more: true });
    expect(dispatcher.figures().oldestAgeMs).toBeGreaterThan(2_900);
    expect(dispatcher.figures().oldestReplyAgeMs).toBe(0);
  });

  test('two senders of one channel, or a channel without limits, are mistakes', () => {
    const { dispatcher } = dispatchWorld(undefined, { limits: (channel) => (channel === 'test' ? LIMITS : undefined) });
    const platform = new FakePlatform({ time: new FakeTime() });
    dispatcher.attach(platform);
    expect(() => dispatcher.attach(platform)).toThrow('attached already');
    expect(() => dispatcher.attach(new FakePlatform({ time: new FakeTime(), channel: 'other' }))).toThrow('no limits');
  });
});
