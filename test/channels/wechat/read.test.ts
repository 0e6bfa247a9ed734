import { types } from 'wechaty-puppet';
import { describe, expect, test } from 'vitest';
import { addressedText } from '../../../src/channels/wechat/mention.ts';
import { outcomeOf } from '../../../src/channels/wechat/outcome.ts';
import { PART_LIMIT, partsOf } from '../../../src/channels/wechat/parts.ts';
import { FRIENDSHIP, MESSAGE, OFFICIAL_CONTACT, type MessagePayload } from '../../../src/channels/wechat/puppet.ts';
import { readMessage } from '../../../src/channels/wechat/read.ts';
import { TimedOut } from '../../../src/channels/wechat/bounded.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';

const READING = { self: 'self', now: 1_000_000_000_000, ageLimitMs: 1_000, media: WECHAT_WORDS.media };

function text(words: string, fields: { readonly talkerId?: string; readonly timestamp?: number } = {}): MessagePayload {
  const base = { id: 'm', talkerId: 'li', listenerId: 'self', text: words, timestamp: 0, type: types.Message.Text };
  return { ...base, ...fields };
}

describe('the library', () => {
  test('has the numbers that are written down here', () => {
    const named = Object.fromEntries(
      Object.entries(MESSAGE).map(([name, number]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, number]),
    );
    for (const [name, number] of Object.entries(named)) expect(types.Message[number], name).toBe(name);
    expect(Object.keys(MESSAGE)).toHaveLength(Object.keys(types.Message).length / 2);
    expect([FRIENDSHIP.confirm, FRIENDSHIP.receive]).toEqual([types.Friendship.Confirm, types.Friendship.Receive]);
    expect(OFFICIAL_CONTACT).toBe(types.Contact.Official);
  });
});

describe('a message', () => {
  test.each([
    ['资格自测', '资格自测'],
    ['「小券：以下各项都符合吗？\n1）都符合」\n- - - - - - - - - - - - - - -\n1', '1'],
    ['我通过了你的朋友验证请求，现在我们可以开始聊天了', '/start'],
  ])('%s is read as %s', (said, read) => {
    expect(readMessage(text(said), READING)).toEqual({ kind: 'event', event: { kind: 'text', text: read } });
  });

  test.each([
    '"李明" 拍了拍我',
    '李明拍了拍自己',
    '收到红包，请在手机上查看',
    '[红包]',
    '"李明" 撤回了一条消息',
    '你已添加了李明，现在可以开始聊天了。',
    '<sysmsg type="pat"></sysmsg>',
    '',
  ])('%s is nothing', (said) => {
    expect(readMessage(text(said), READING)).toMatchObject({ kind: 'nothing' });
  });

  test.each(['红包能报销吗', '转账凭证要不要', '公司拍了拍照算不算服务'])('%s is a question', (said) => {
    expect(readMessage(text(said), READING)).toMatchObject({ kind: 'event' });
  });

  test.each([
    [{ talkerId: 'self' }, 'own'],
    [{ talkerId: 'gh_123' }, 'machine'],
    [{ talkerId: 'fmessage' }, 'machine'],
    [{ timestamp: 999_999_998_000 }, 'old'],
    [{ timestamp: 999_999_990 }, 'old'],
  ])('%o is nothing', (fields, why) => {
    expect(readMessage(text('你好', fields), READING)).toEqual({ kind: 'nothing', why });
  });
});

describe('a mention', () => {
  const names = ['小券', '小券助手'];
  test.each([
    ['@小券\u2005资格自测', undefined, '资格自测'],
    ['@小券助手\u2005资格自测', undefined, '资格自测'],
    ['问一下 @小券 能补多少', undefined, '问一下 能补多少'],
    ['@小券', undefined, ''],
    ['@别名\u2005材料', true, '材料'],
    ['@小券，材料', undefined, '材料'],
    ['@小券科技\u2005在吗', undefined, undefined],
    ['@赵红\u2005在吗', false, undefined],
    ['@所有人 开会', undefined, undefined],
    ['「小券：@小券 1）都符合」\n- - - - - - - - -\n大家看', undefined, undefined],
  ])('%s (%s) is %s', (said, mentioned, read) => {
    expect(addressedText(said, { names, mentioned })).toBe(read);
  });
});

describe('a reply', () => {
  test('is plain text with numbered choices, in parts that fit', () => {
    const choices = [
      { id: 'yes', label: '都符合' },
      { id: 'no', label: '有不符合的' },
    ];
    expect(partsOf({ text: '都符合吗？', choices }, WECHAT_WORDS)).toEqual([
      { kind: 'text', text: '都符合吗？\n1）都符合\n2）有不符合的' },
    ]);
    const multi = partsOf(
      { text: '有哪些？', choices, ask: { step: 'a', n: 1, kind: 'multi', facts: [] } },
      WECHAT_WORDS,
    );
    expect(multi).toEqual([{ kind: 'text', text: '有哪些？\n1）都符合\n2）有不符合的\n（可以回几个编号，如：1 3）' }]);
    const parts = partsOf({ text: '一句话。'.repeat(400) }, WECHAT_WORDS);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts)
      expect(part.kind === 'text' && Buffer.byteLength(part.text) <= 2_048 && part.text.length <= PART_LIMIT).toBe(
        true,
      );
  });
});

test.each(['money', 'count', 'date', 'text'] as const)(
  'a number that answers a question of %s is no choice',
  (kind) => {
    const reply = {
      text: '多少？',
      choices: [{ id: 'x', label: '不清楚' }],
      ask: { step: 'a', n: 1, kind, facts: [] },
    };
    expect(partsOf(reply, WECHAT_WORDS)).toEqual([{ kind: 'text', text: '多少？\n也可以回：不清楚' }]);
  },
);

describe('an attempt to send', () => {
  test.each([
    ['发送消息过于频繁', { kind: 'later', scope: 'channel', partsSent: 1 }],
    ['2 UNKNOWN: Error: 操作过于频繁，请稍后再试\n at x', { kind: 'later', scope: 'channel', partsSent: 1 }],
    ['not logged in', { kind: 'later', scope: 'channel', afterMs: 5_000, partsSent: 1 }],
    [
      '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED',
      { kind: 'later', scope: 'channel', afterMs: 5_000, partsSent: 1 },
    ],
    ['14 UNAVAILABLE: Connection dropped', { kind: 'ambiguous', partsSent: 1 }],
    ['1 CANCELLED: Call cancelled', { kind: 'ambiguous', partsSent: 1 }],
    ['4 DEADLINE_EXCEEDED: Deadline exceeded', { kind: 'ambiguous', partsSent: 1 }],
    ['read ECONNRESET', { kind: 'ambiguous', partsSent: 1 }],
    ['消息已发出，但被对方拒收了。', { kind: 'unreachable', reason: 'blocked' }],
    ['李明开启了朋友验证，你还不是他（她）朋友。', { kind: 'unreachable', reason: 'blocked' }],
    ['MockContact.load(): nobody not exist.', { kind: 'unreachable', reason: 'unknown-chat' }],
    ['45015 response out of time limit', { kind: 'unreachable', reason: 'window-closed' }],
    ['45047 out of response count limit', { kind: 'unreachable', reason: 'window-closed' }],
    ['消息包含敏感内容', { kind: 'refused', reason: 'content refused', partsSent: 1 }],
    ['something else', { kind: 'ambiguous', partsSent: 1 }],
  ])('%s', (message, sent) => {
    expect(outcomeOf(new Error(message), 1)).toEqual(sent);
  });

  test('that did not end may have been shown', () => {
    expect(outcomeOf(new TimedOut(), 0)).toEqual({ kind: 'ambiguous', partsSent: 0 });
  });
});
