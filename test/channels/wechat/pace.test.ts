import { describe, expect, test } from 'vitest';
import { People, peopleCodec } from '../../../src/channels/wechat/people.ts';
import type { WindowOf } from '../../../src/channels/wechat/windows.ts';
import { openWindow } from '../../../src/outreach/reach-window.ts';
import { Quota } from '../../../src/channels/wechat/quota.ts';
import { kindOf, limitsOf } from '../../../src/content/limits.ts';
import { ChannelPace } from '../../../src/outreach/pacing-channel.ts';
import { WAKING } from '../../../src/outreach/quiet.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { allowanceOf } from '../../support/wechat/allowance.ts';
import { content } from '../../support/kit.ts';

const FILE = content.channels.find(({ channel }) => channel === 'wechat')!;

describe('the kinds of accounts', () => {
  test.each([
    ['wechaty-puppet-wechat4u', 'web'],
    ['wechaty-puppet-padlocal', 'personal'],
    ['wechaty-puppet-service', 'personal'],
    ['@juzi/wechaty-puppet-workpro', 'work'],
    ['wechaty-puppet-official-account', 'official'],
    ['wechaty-puppet-mock', 'mock'],
  ])('%s is %s', (puppet, kind) => {
    expect(kindOf(FILE, puppet)?.name).toBe(kind);
  });

  test.each(FILE.kinds!)('$name: answers keep the gap, and leave room for what is said aside', (kind) => {
    const { rates } = limitsOf(FILE, kind);
    expect(rates.account.messages).toBe(kind.limits.account.messages - kind.asides_per_minute);
    const pace = new ChannelPace(rates);
    pace.leave('wechat:a', 'fast', 1, 0);
    expect(pace.accountFreeAt('fast', 1, 10)).toBeUndefined();
    pace.answered('wechat:a', 1, 100);
    expect(pace.accountFreeAt('fast', 1, 100)).toBe(100 + kind.gap_ms);
  });
});

describe('the count of a day', () => {
  const EVENING = Date.parse('2026-11-20T20:00:00+08:00');

  function quota(store = memoryStore(peopleCodec)) {
    let now = EVENING;
    const own = new Quota(new People(store), { perDay: 3, hours: WAKING }, () => now);
    return { own, store, at: (instant: number) => (now = instant) };
  }

  test('is for those who have not just written, and goes on over a restart', async () => {
    const { own, store } = quota();
    own.wrote('wechat:a');
    for (let answer = 0; answer < 5; answer += 1)
      expect(await own.take('wechat:a', 2)).toMatchObject({ kind: 'taken', messages: 0 });
    expect(await own.take('wechat:b', 2)).toMatchObject({ kind: 'taken', messages: 2 });
    const restarted = quota(store).own;
    expect(await restarted.take('wechat:c', 2)).toEqual({ kind: 'wait', ms: 12 * 3_600_000 });
    expect(await restarted.take('wechat:c', 1)).toMatchObject({ kind: 'taken' });
  });

  test('takes back what was not sent, and begins anew at midnight in Beijing', async () => {
    const { own, at } = quota();
    const taken = await own.take('wechat:a', 3);
    expect(await own.take('wechat:b', 1)).toMatchObject({ kind: 'wait' });
    if (taken.kind === 'taken') await own.giveBack(taken, 1);
    expect(await own.take('wechat:b', 1)).toMatchObject({ kind: 'taken' });
    at(Date.parse('2026-11-21T00:00:00+08:00'));
    expect(await own.take('wechat:c', 3)).toMatchObject({ kind: 'taken' });
  });

  test('somebody who wrote an hour ago does not wait for an answer any more', async () => {
    const { own, at } = quota();
    own.wrote('wechat:a');
    at(EVENING + 3_600_000);
    expect(await own.take('wechat:a', 1)).toMatchObject({ messages: 1 });
  });
});

describe('an account that may write only for some time', () => {
  const NOON = Date.parse('2026-11-20T12:00:00+08:00');
  const RULES = [
    { after: 'message', openMs: 48 * 3_600_000, messages: 3 },
    { after: 'follow', openMs: 60_000, messages: 2 },
  ] as const;
  const LIMITS = {
    ...{ account: { messages: 1, perMs: 1 }, gapMs: 1, perDay: 4, windowed: true, hours: WAKING },
  };

  function account(store = memoryStore(peopleCodec)) {
    let now = NOON;
    const windowOf: WindowOf = (acts, sent, at) => openWindow(acts, sent, RULES, at);
    const own = allowanceOf(new People(store), LIMITS, () => now, windowOf);
    return { ...own, store, pass: (ms: number) => (now += ms) };
  }

  test('writes to nobody who never wrote', async () => {
    const { allowance } = account();
    expect(await allowance.mayLeave('wechat:a', 1)).toEqual({ unreachable: 'window-closed' });
    expect(await allowance.take('wechat:a', 1, true)).toEqual({ kind: 'closed' });
    expect(await allowance.take('wechat:a', 1, false)).toEqual({ kind: 'closed' });
    expect(await allowance.usedToday()).toBe(0);
  });

  test('counts answers as well, over a restart, and begins anew with the next message', async () => {
    const { allowance, windows, store } = account();
    await windows.did('wechat:a', 'message');
    expect(await allowance.take('wechat:a', 2, false)).toMatchObject({ messages: 2 });
    const later = account(store);
    expect(await later.allowance.mayLeave('wechat:a', 2)).toEqual({ unreachable: 'window-closed' });
    expect(await later.allowance.mayLeave('wechat:a', 1)).toBe(true);
    expect(await later.allowance.take('wechat:a', 2, false)).toMatchObject({ kind: 'taken', messages: 1 });
    expect(await later.allowance.take('wechat:a', 1, false)).toEqual({ kind: 'closed' });
    later.pass(1);
    await later.windows.did('wechat:a', 'message');
    expect(await later.allowance.windowOf('wechat:a')).toMatchObject({ left: 3 });
  });

  test('gives back what did not leave, of the window and of the day', async () => {
    const { allowance, windows } = account();
    await windows.did('wechat:a', 'follow');
    const places = await allowance.take('wechat:a', 2, true);
    expect(await allowance.usedToday()).toBe(2);
    if (places.kind === 'taken') await places.giveBack(1);
    expect([await allowance.usedToday(), (await allowance.windowOf('wechat:a'))?.left]).toEqual([1, 1]);
  });

  test('a process that dies before it has sent has counted too many, not too few', async () => {
    const { allowance, windows, store } = account();
    await windows.did('wechat:a', 'message');
    await allowance.take('wechat:a', 3, true);
    const next = account(store);
    await next.windows.did('wechat:b', 'message');
    expect(await next.allowance.usedToday()).toBe(3);
    expect(await next.allowance.mayLeave('wechat:b', 2)).toEqual({
      notBefore: Date.parse('2026-11-21T08:00:00+08:00'),
    });
  });
});
