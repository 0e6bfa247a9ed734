import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { channelFileSchema } from '../../src/content/channels.ts';
import { limitsOf } from '../../src/content/limits.ts';
import { loadContent } from '../../src/content/load.ts';

const { channels } = loadContent(path.resolve(import.meta.dirname, '../../data'));
const telegram = channels.find(({ channel }) => channel === 'telegram')!;

describe('the limits of a channel', () => {
  test('are there for each channel that can write at any time', () => {
    expect(channels.map(({ channel }) => channel)).toEqual(['telegram', 'wechat']);
  });

  test('survive JSON, and say which chats are groups', () => {
    const limits = limitsOf(channelFileSchema.parse(JSON.parse(JSON.stringify(telegram))));
    expect(limits.rates.account).toEqual({ messages: 30, perMs: 1_000 });
    expect(['-100123', '100123'].map((id) => limits.rates.group?.matches.test(id))).toEqual([true, false]);
  });

  test.each<[string, object]>([
    ['limits.group.matches', { limits: { ...telegram.limits, group: { messages: 1, per_ms: 1, matches: '(' } } }],
    ['limits.account.messages', { limits: { ...telegram.limits, account: { messages: 0, per_ms: 1_000 } } }],
    ['retry', { retry: { ...telegram.retry, cap_ms: 1 } }],
    ['channel', { channel: 'Telegram' }],
    ['in_flight', { in_flight: 1.5 }],
  ])('with a wrong %s are refused', (where, change) => {
    const result = channelFileSchema.safeParse({ ...telegram, ...change });
    expect(result.error?.issues.map(({ path: at }) => at.join('.'))).toEqual([where]);
  });
});
