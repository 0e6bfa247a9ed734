import { describe, expect, test } from 'vitest';
import { People, peopleCodec } from '../../../src/channels/wechat/people.ts';
import { Quota } from '../../../src/channels/wechat/quota.ts';
import { kindOf, limitsOf } from '../../../src/content/limits.ts';
import { ChannelPace } from '../../../src/outreach/pacing-channel.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
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
    const own = new Quota(new People(store), 3, () => now);
    return { own, store, at: (instant: number) => (now = instant) };
  }

  test('is for those who have not just written, and goes on over a restart', async () => {
    const { own, store } = quota();
    own.wrote('wechat:a');
    for (let answer = 0; answer < 5; answer += 1)
      expect(await own.take('wechat:a', 2)).toMatchObject({ kind: 'taken', messages: 0 });
    expect(await own.take('wechat:b', 2)).toMatchObject({ kind: 'taken', messages: 2 });
    const restarted = quota(store).own;
    expect(await restarted.take('wechat:c', 2)).toEqual({ kind: 'wait', ms: 13 * 3_600_000 });
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
