import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Sent } from '../../../src/app/outports.ts';
import { botApi } from '../../../src/channels/telegram/api.ts';
import { chatKey, chatNumber, partsOf, telegramSender } from '../../../src/channels/telegram/sender.ts';
import { ShownQuestions } from '../../../src/channels/telegram/shown.ts';
import type { Reply } from '../../../src/dialogue/index.ts';
import { keptLog } from '../../app/support.ts';
import { temporaryDirectory } from '../../stores/journal/support.ts';
import { BLOCKED, BotApi, CHAT_NOT_FOUND, flood, TOKEN, type Fault } from '../../support/botapi/index.ts';

const CHAT = 7;

async function open() {
  const api = await BotApi.start();
  onTestFinished(() => api.stop());
  const log = keptLog();
  const moved: [number, number][] = [];
  const sender = telegramSender({
    api: botApi(TOKEN, api.root).calls,
    shown: new ShownQuestions(),
    log,
    migrated: async (from, to) => void moved.push([from, to]),
  });
  const send = (reply: Reply, fromPart = 0): Promise<Sent> => sender.send(chatKey(CHAT), reply, fromPart);
  return { api, log, moved, sender, send };
}

const THREE: Reply = { text: '字'.repeat(9_000), choices: [{ id: 'yes', label: '好' }] };

describe('a reply', () => {
  test('goes out as plain text without a preview, with its buttons', async () => {
    const { api, send } = await open();
    expect(await send({ text: '电话 0351-2020989 <b>', choices: [{ id: 'yes', label: '好' }] })).toEqual({
      kind: 'sent',
    });
    expect(api.calls.at(-1)?.fields).toEqual({
      chat_id: CHAT,
      text: '电话 0351-2020989 <b>',
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: [[{ text: '好', callback_data: 'yes' }]] },
    });
  });

  test('that is long goes out in parts, the buttons under the last; the number of parts is known before', async () => {
    const { api, send, sender } = await open();
    expect(sender.parts?.(THREE)).toBe(3);
    await send(THREE);
    expect(api.chats.of(CHAT).map(({ text, keyboard }) => [text.length, keyboard !== undefined])).toEqual([
      [4_096, false],
      [4_096, false],
      [808, true],
    ]);
  });

  test('begins where an earlier attempt got to', async () => {
    const { api, send } = await open();
    api.faults.plan('sendMessage', { kind: 'wait', until: Promise.resolve() });
    api.faults.plan('sendMessage', flood(3));
    expect(await send(THREE)).toEqual({ kind: 'later', scope: 'channel', afterMs: 3_000, partsSent: 1 });
    expect(await send(THREE, 1)).toEqual({ kind: 'sent' });
    expect(api.chats.of(CHAT).map(({ text }) => text.length)).toEqual([4_096, 4_096, 808]);
  });

  test('brings its file after the words', async () => {
    const { api, send } = await open();
    const dir = await temporaryDirectory(onTestFinished);
    await mkdir(dir, { recursive: true });
    const path = join(dir, 'dates.ics');
    await writeFile(path, 'BEGIN:VCALENDAR');
    const file = { path, name: '截止.ics', mime: 'text/calendar' };
    expect(await send({ text: '日历', file })).toEqual({ kind: 'sent' });
    expect(api.chats.of(CHAT).map(({ text, file: sent }) => sent ?? text)).toEqual([
      '日历',
      { name: '截止.ics', bytes: 15 },
    ]);
  });

  test('whose file is gone goes out without it', async () => {
    const { api, send, log } = await open();
    expect(await send({ text: '日历', file: { path: '/nowhere', name: 'x', mime: 'y' } })).toEqual({ kind: 'sent' });
    expect(api.callsOf('sendDocument')).toEqual([]);
    expect(log.lines.join()).toContain('telegram.file-missing');
  });

  test('with nothing to see is refused without a request', async () => {
    const { api, send } = await open();
    expect(await send({ text: ' \u0000' })).toMatchObject({ kind: 'refused' });
    expect(api.calls).toEqual([]);
    expect(partsOf({ text: '', choices: [{ id: 'a', label: 'b' }] })).toEqual([]);
  });
});

describe('what became of an attempt', () => {
  const refuse = (code: number, description: string, parameters?: object): Fault => ({
    kind: 'refuse',
    code,
    description,
    ...(parameters ? { parameters } : {}),
  });

  test.each<[string, Fault, Sent]>([
    ['too many requests', flood(17), { kind: 'later', scope: 'channel', afterMs: 17_000, partsSent: 0 }],
    ['blocked', BLOCKED, { kind: 'unreachable', reason: 'blocked' }],
    [
      'kicked',
      refuse(403, 'Forbidden: bot was kicked from the group chat'),
      { kind: 'unreachable', reason: 'blocked' },
    ],
    ['deactivated', refuse(403, 'Forbidden: user is deactivated'), { kind: 'unreachable', reason: 'deactivated' }],
    ['not found', CHAT_NOT_FOUND, { kind: 'unreachable', reason: 'unknown-chat' }],
    [
      'refused',
      refuse(400, 'Bad Request: message is too long'),
      { kind: 'refused', reason: '400 Bad Request: message is too long', partsSent: 0 },
    ],
    ['server error', refuse(502, 'Bad Gateway'), { kind: 'later', scope: 'chat', partsSent: 0 }],
    ['token withdrawn', refuse(401, 'Unauthorized'), { kind: 'later', scope: 'channel', partsSent: 0 }],
    ['broken after it was taken', { kind: 'break', accepted: true }, { kind: 'ambiguous', partsSent: 0 }],
    ['broken before', { kind: 'break', accepted: false }, { kind: 'ambiguous', partsSent: 0 }],
    ['an answer of somebody else', { kind: 'garbage', status: 502 }, { kind: 'ambiguous', partsSent: 0 }],
  ])('%s', async (_, fault, expected) => {
    const { api, send, log } = await open();
    api.faults.plan('sendMessage', fault);
    expect(await send({ text: '秘密' })).toEqual(expected);
    expect(log.lines.join()).not.toMatch(/秘密|test-token/);
    expect(api.callsOf('sendMessage')).toHaveLength(1);
  });

  test('a refusal never repeats words of the message', async () => {
    const { api, send } = await open();
    api.faults.plan('sendMessage', refuse(400, `Bad Request: can't parse "秘密 18500"`));
    expect(JSON.stringify(await send({ text: '秘密' }))).not.toContain('秘密');
  });

  test('no server at the address: it never left', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const api = botApi(TOKEN, `http://127.0.0.1:${port}`).calls;
    const sender = telegramSender({
      api,
      shown: new ShownQuestions(),
      log: keptLog(),
      migrated: async () => undefined,
    });
    expect(await sender.send(chatKey(1), { text: '好' }, 0)).toEqual({ kind: 'later', scope: 'channel', partsSent: 0 });
  });

  test('a group that has become another chat is moved', async () => {
    const { api, send, moved } = await open();
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    api.faults.plan('sendMessage', refuse(400, description, { migrate_to_chat_id: -1007 }));
    expect(await send({ text: '好' })).toEqual({ kind: 'unreachable', reason: 'unknown-chat' });
    expect(moved).toEqual([[CHAT, -1007]]);
  });
});

test('keys and numbers of chats', () => {
  expect(chatNumber(chatKey(-100_123))).toBe(-100_123);
  expect(() => chatNumber('wechat:1')).toThrow(RangeError);
  expect(() => chatNumber('telegram:x')).toThrow(RangeError);
});
