import { describe, expect, test } from 'vitest';
import { noteReach } from '../../../src/app/dispatch/reach.ts';
import type { Sent } from '../../../src/app/outports.ts';
import { LIMITS } from './limits.ts';
import { FakePlatform } from './platform.ts';
import { BEGINNING } from './time.ts';
import { broadcast, dispatchWorld, outboxOf, outcomes, put, say } from './world.ts';

const texts = (platform: FakePlatform): string[] => platform.attempts.map(({ text }) => text);
const LATER: Sent = { kind: 'later', scope: 'chat' };

describe('outcomes', () => {
  /** One chat with a reply and an unasked entry, on a platform that answers like this. */
  async function sendBoth(answer: (text: string, earlier: number) => Sent, forMs: number) {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const platform = new FakePlatform({ time, answer: (_chat, text, earlier) => answer(text, earlier) });
    dispatcher.attach(platform);
    await put(store, 'test:a', broadcast('broadcast:1', '群发'));
    await say(world, 'test:a', '问');
    await time.run(forMs);
    const doc = await store.read('test:a');
    return { ...world, platform, doc, outcomes: await outcomes(store, 'test:a') };
  }

  test('later: again after what the platform asked for, never before, with jitter', async () => {
    const asked = await sendBoth(
      (_text, earlier) => (earlier === 0 ? { ...LATER, afterMs: 7_000 } : { kind: 'sent' }),
      60_000,
    );
    expect(texts(asked.platform)).toEqual(['1 问', '1 问', '群发', '群发']);
    const [first, second, third, fourth] = asked.platform.attempts.map(({ left }) => left);
    expect(second! - first!).toBeGreaterThanOrEqual(7_030);
    expect(fourth! - third!).toBeGreaterThanOrEqual(7_030);
    expect(asked.outcomes).toEqual({ 'broadcast:1': 'sent' });
    expect(asked.dispatcher.figures()).toMatchObject({ sent: 2, retries429: 2, failed: 0 });
  });

  test('later for a chat holds for everything to it, replies that come meanwhile included', async () => {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const answer = (_chat: string, text: string, earlier: number): Sent =>
      text === '群发' && earlier === 0 ? { ...LATER, afterMs: 7_000 } : { kind: 'sent' };
    const platform = new FakePlatform({ time, answer });
    dispatcher.attach(platform);
    await put(store, 'test:a', broadcast('broadcast:1', '群发'));
    dispatcher.nudge();
    await time.run(1_000);
    await say(world, 'test:a', '问');
    await say(world, 'test:b', '问');
    await time.run(20_000);
    expect(platform.shown.map(({ chat, text }) => [chat, text])).toEqual([
      ['test:b', '1 问'],
      ['test:a', '1 问'],
      ['test:a', '群发'],
    ]);
    expect(platform.shown[1]?.left).toBeGreaterThanOrEqual(7_030);
  });

  test('later for ever: given up after the last attempt, with an alarm for each', async () => {
    const { platform, doc, outcomes, alarms, log } = await sendBoth(() => LATER, 3_600_000);
    expect(texts(platform)).toEqual([...Array<string>(8).fill('1 问'), ...Array<string>(8).fill('群发')]);
    expect(platform.attempts.slice(1, 8).map(({ left }, index) => left - platform.attempts[index]!.left)).toSatisfy(
      (waits: number[]) => waits.every((wait, index) => wait >= 2_000 * 2 ** index),
    );
    expect(doc?.outbox).toEqual([]);
    expect(outcomes).toEqual({ 'broadcast:1': 'gave-up' });
    expect(alarms).toEqual([
      { kind: 'gave-up', fields: { channel: 'test', source: 'reply' } },
      { kind: 'gave-up', fields: { channel: 'test', source: 'broadcast:1' } },
    ]);
    expect(log.lines.join()).not.toContain('群发');
  });

  test('the account stopped: nothing at all leaves before, then one message, then the others; no try is lost', async () => {
    let stopped = true;
    const world = dispatchWorld(undefined, { limits: () => ({ ...LIMITS, retry: { ...LIMITS.retry, tries: 1 } }) });
    const { time, store, dispatcher } = world;
    const answer = (): Sent => (stopped ? { kind: 'later', scope: 'channel', afterMs: 60_000 } : { kind: 'sent' });
    const platform = new FakePlatform({ time, answer });
    for (let n = 0; n < 5; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1', `群发 ${n}`));
    dispatcher.attach(platform);
    await time.run(59_000);
    expect(platform.attempts).toHaveLength(1);
    expect(world.alarms).toEqual([{ kind: 'channel-held', fields: { channel: 'test', ms: 60_000 } }]);
    for (let n = 0; n < 5; n += 1) expect((await outboxOf(store, `test:${n}`))[0]?.sending).toBeUndefined();
    await say(world, 'test:b', '问');
    stopped = false;
    await time.run(5_000);
    expect(platform.attempts[1]).toMatchObject({ text: '1 问', left: 60_030 });
    expect(platform.attempts[2]?.left).toBeGreaterThanOrEqual(60_060);
    expect(platform.shown).toHaveLength(6);
  });

  test('the account stopped without a word how long: the wait doubles', async () => {
    const { platform } = await sendBoth(() => ({ kind: 'later', scope: 'channel' }), 60_000);
    const waits = platform.attempts.slice(1).map(({ left }, index) => left - platform.attempts[index]!.left);
    expect(waits.map((wait) => Math.floor(Math.log2(wait / 2_000)))).toEqual([0, 1, 2, 3]);
  });

  test('what was under way when the account was stopped is one strike, not many', async () => {
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    let stopped = false;
    const answer = (): Sent => (stopped ? { kind: 'later', scope: 'channel' } : { kind: 'sent' });
    const platform = new FakePlatform({ time, answer, latency: () => 600 });
    for (let n = 0; n < 12; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1'));
    dispatcher.attach(platform);
    await time.run(700);
    stopped = true;
    await time.run(900);
    stopped = false;
    expect(platform.attempts.filter(({ sent }) => sent.kind === 'later').length).toBeGreaterThan(5);
    await time.run(6_000);
    expect(platform.shown).toHaveLength(12);
  });

  test('unreachable: tried once, everything unasked closed, until the chat writes again', async () => {
    let blocked = true;
    const world = dispatchWorld();
    const { time, store, dispatcher } = world;
    const answer = (): Sent => (blocked ? { kind: 'unreachable', reason: 'blocked' } : { kind: 'sent' });
    const platform = new FakePlatform({ time, answer });
    dispatcher.attach(platform);
    await put(store, 'test:a', broadcast('broadcast:1'), broadcast('broadcast:2'));
    dispatcher.nudge();
    await time.run(9_000);
    expect(platform.attempts).toHaveLength(1);
    expect(await store.read('test:a')).toMatchObject({
      reach: { state: 'unreachable', reason: 'blocked' },
      outbox: [],
    });
    await put(store, 'test:a', broadcast('broadcast:3'));
    dispatcher.nudge();
    await time.run(9_000);
    expect(platform.attempts).toHaveLength(1);
    const closed = { 'broadcast:1': 'unreachable', 'broadcast:2': 'unreachable', 'broadcast:3': 'unreachable' };
    expect(await outcomes(store, 'test:a')).toEqual(closed);
    blocked = false;
    await say(world, 'test:a', '又来了');
    await put(store, 'test:a', broadcast('broadcast:4'));
    await time.run(9_000);
    expect(platform.shown.map(({ text }) => text)).toEqual(['1 又来了', 'broadcast:4']);
    expect((await store.read('test:a'))?.reach).toBeUndefined();
  });

  test('the platform itself says that a chat is closed, and open again', async () => {
    const { time, store, dispatcher } = dispatchWorld();
    const platform = new FakePlatform({ time });
    dispatcher.attach(platform);
    await put(store, 'test:a', broadcast('broadcast:1', '一', { notBefore: BEGINNING + 5_000 }));
    await noteReach({ store, clock: time.clock }, 'test:a', false);
    await noteReach({ store, clock: time.clock }, 'test:nobody', false);
    expect(await outcomes(store, 'test:a')).toEqual({ 'broadcast:1': 'unreachable' });
    await noteReach({ store, clock: time.clock }, 'test:a', true);
    await put(store, 'test:a', broadcast('broadcast:2'));
    await time.run(9_000);
    expect(texts(platform)).toEqual(['broadcast:2']);
    expect(await store.read('test:nobody')).toBeUndefined();
  });

  test('refused: closed at once, with an alarm that says why', async () => {
    const { doc, outcomes, alarms, platform } = await sendBoth(
      () => ({ kind: 'refused', reason: 'bad request' }),
      60_000,
    );
    expect(texts(platform)).toEqual(['1 问', '群发']);
    expect([doc?.outbox, outcomes]).toEqual([[], { 'broadcast:1': 'refused' }]);
    expect(alarms.map(({ kind, fields }) => [kind, fields.source, fields.reason])).toEqual([
      ['refused', 'reply', 'bad request'],
      ['refused', 'broadcast:1', 'bad request'],
    ]);
  });

  test('ambiguous: a reply is said once more, what nobody asked for is not', async () => {
    const { doc, outcomes, platform, dispatcher } = await sendBoth(() => ({ kind: 'ambiguous' }), 60_000);
    expect(texts(platform)).toEqual(['1 问', '1 问', '群发']);
    expect([doc?.outbox, outcomes]).toEqual([[], { 'broadcast:1': 'ambiguous' }]);
    expect(dispatcher.figures()).toMatchObject({ ambiguous: 3, sent: 0 });
  });

  test('parts that are shown are not sent again, and count for the pace', async () => {
    const world = dispatchWorld();
    const { time, dispatcher } = world;
    const answer = (_chat: string, _text: string, earlier: number): Sent =>
      earlier === 0 ? { ...LATER, partsSent: 2 } : { kind: 'sent' };
    const platform = new FakePlatform({ time, answer, parts: () => 3 });
    dispatcher.attach(platform);
    await say(world, 'test:a', '问');
    await time.run(20_000);
    expect(platform.attempts.map(({ fromPart }) => fromPart)).toEqual([0, 2]);
  });

  test('a platform that counts each part is never sent more than it takes', async () => {
    const world = dispatchWorld();
    const { time, dispatcher } = world;
    const platform = new FakePlatform({ time, parts: () => 4, limits: { perSecond: 30, perChatMs: 1_000 } });
    dispatcher.attach(platform);
    for (let n = 0; n < 40; n += 1) await say(world, `test:${n}`, '问');
    await time.run(8_000);
    expect([platform.shown.length, platform.refusals]).toEqual([40, 0]);
  });

  test('no more are under way than a crash may repeat, noting included', async () => {
    const world = dispatchWorld(undefined, { limits: () => ({ ...LIMITS, inFlight: 4 }) });
    const { time, store, dispatcher } = world;
    const platform = new FakePlatform({ time, latency: () => 900 });
    for (let n = 0; n < 40; n += 1) await put(store, `test:${n}`, broadcast('broadcast:1'));
    dispatcher.attach(platform);
    await time.run(20_000);
    expect([platform.shown.length, platform.mostUnderWay]).toEqual([40, 4]);
  });

  test('a sender that throws, or never answers, is ambiguous and keeps nobody waiting', async () => {
    const world = dispatchWorld(undefined, { limits: () => ({ ...LIMITS, sendTimeoutMs: 5_000 }) });
    const { time, store, dispatcher, log } = world;
    dispatcher.attach({
      channel: 'test',
      send: (chat) =>
        chat === 'test:a' ? new Promise<Sent>(() => undefined) : Promise.reject(new TypeError('secret')),
    });
    await put(store, 'test:a', broadcast('broadcast:1'));
    await put(store, 'test:b', broadcast('broadcast:1'));
    dispatcher.nudge();
    await time.run(60_000);
    for (const chat of ['test:a', 'test:b'])
      expect(await outcomes(store, chat)).toEqual({ 'broadcast:1': 'ambiguous' });
    expect(log.lines.join()).toContain('TypeError');
    expect(log.lines.join()).not.toContain('secret');
  });
});
