import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { readUpdate } from '../../../src/channels/telegram/read.ts';
import { Chats } from '../../support/botapi/chats.ts';
import { People } from '../../support/botapi/people.ts';
import { WORDS } from './support.ts';

const ME = { id: 4242, username: 'Voucher_Bot' };
const chats = new Chats();
const people = new People(chats, ME, () => 1);
const read = (update: Parameters<typeof readUpdate>[0]) => readUpdate(update, ME, WORDS.media);
const NOTHING = { kind: 'nothing' };
const GROUP = -100;

function texts(update: Parameters<typeof readUpdate>[0]): string[] | undefined {
  const incoming = read(update);
  if (incoming.kind !== 'events') return undefined;
  return incoming.events.map((event) =>
    event.kind === 'text' ? event.text : event.kind === 'file' ? `(${event.name})` : `[${event.id}]`,
  );
}

describe('in a private chat', () => {
  test('a typed message is its text', () => {
    expect(texts(people.text(1, ' 你好 '))).toEqual([' 你好 ']);
  });

  test.each([
    ['/start p_shanxi-2026', ['/start', '/programme shanxi-2026']],
    [`/start c_${Buffer.from('太原').toString('base64url')}`, ['/start', '/city 太原']],
    ['/start something-else', ['/start']],
    ['/start', ['/start']],
    ['/start 一 二', ['/start 一 二']],
  ])('the link %s', (text, expected) => {
    expect(texts(people.text(1, text))).toEqual(expected);
  });

  test.each<[string, Partial<Message>, string[]]>([
    ['a document', { document: { file_id: 'f', file_unique_id: 'u', file_name: '发票.pdf' } }, ['(发票.pdf)']],
    ['a document without a name', { document: { file_id: 'f', file_unique_id: 'u' } }, ['()']],
    ['a photo', { photo: [] }, ['(照片)']],
    ['a photo with words', { photo: [], caption: '18.5万' }, ['(照片)', '18.5万']],
    ['a voice message', { voice: { file_id: 'f', file_unique_id: 'u', duration: 1 } }, ['(语音)']],
  ])('%s is a file', (_, fields, expected) => {
    expect(texts(people.message(1, fields))).toEqual(expected);
  });

  test.each<[string, Partial<Message>]>([
    ['location', { location: { latitude: 1, longitude: 2 } }],
    ['contact', { contact: { phone_number: '1', first_name: 'x' } }],
    ['unsupported', { dice: { emoji: '🎲', value: 1 } }],
  ])('what cannot be read is answered: %s', (hint, fields) => {
    expect(read(people.message(1, fields))).toEqual({ kind: 'hint', chat: 1, hint });
  });

  test('news of the chat itself is no message', () => {
    expect(read(people.message(1, { pinned_message: people.message(1, { text: 'x' }).message! }))).toEqual(NOTHING);
  });

  test('a button is its choice, with the words it had; of an old message only the choice is known', () => {
    const { messageId } = chats.put(1, '有吗？', { inline_keyboard: [[{ text: '有', callback_data: 'yes.1' }]] });
    const press = { chat: 1, messageId, data: 'yes.1' };
    const events = [{ kind: 'choice', id: 'yes.1' }];
    expect(read(people.press(1, messageId, 'yes.1'))).toMatchObject({
      events,
      press: { ...press, text: '有吗？', label: '有' },
    });
    expect(read(people.press(1, 99, 'yes.1'))).toMatchObject({ events, press: { text: undefined, label: undefined } });
  });

  test('a press of which the platform shows no message is only acknowledged', () => {
    const from = { id: 1, is_bot: false, first_name: 'x' };
    const update = { update_id: 1, callback_query: { id: 'q', from, chat_instance: '1', data: 'x' } };
    expect(read(update)).toEqual({ kind: 'lost-press', callbackId: 'q' });
  });

  test('corrections and posts of channels are nothing', () => {
    const message = people.text(1, 'x').message as never;
    expect(read({ update_id: 1, edited_message: message })).toEqual(NOTHING);
    expect(read({ update_id: 1, channel_post: message })).toEqual(NOTHING);
  });

  test('blocked, and let in again', () => {
    expect(read(people.membership(1, 'kicked'))).toEqual({ kind: 'reachable', chat: 1, reachable: false });
    expect(read(people.membership(1, 'member'))).toEqual({ kind: 'reachable', chat: 1, reachable: true });
  });
});

describe('in a group', () => {
  const mention = (text: string, at: string): Partial<Message> => ({
    text,
    entities: [{ type: 'mention', offset: text.indexOf(at), length: at.length }],
  });

  test.each([
    ['/check@voucher_bot', ['/check@voucher_bot']],
    ['/check', ['/check']],
    ['/start@voucher_bot p_luoyang', ['/start', '/programme luoyang']],
  ])('%s is for the bot', (text, expected) => {
    expect(texts(people.text(GROUP, text))).toEqual(expected);
  });

  test.each(['/check@other_bot', '我们能申请吗', 'mail@voucher_bot.com'])('%s is not', (text) => {
    expect(read(people.text(GROUP, text))).toEqual(NOTHING);
  });

  test('a mention is taken out of the words', () => {
    expect(texts(people.message(GROUP, mention('@voucher_bot 太原找谁', '@voucher_bot')))).toEqual(['太原找谁']);
    expect(texts(people.message(GROUP, mention('问 @voucher_bot 太原找谁', '@voucher_bot')))).toEqual(['问 太原找谁']);
    expect(texts(people.message(GROUP, mention('@voucher_bot', '@voucher_bot')))).toEqual(['/help']);
    expect(read(people.message(GROUP, mention('@another 太原找谁', '@another')))).toEqual(NOTHING);
  });

  test('an answer to the bot is for the bot, one to a person is not', () => {
    const answer = (id: number): Partial<Message> => ({
      text: '太原',
      reply_to_message: { ...people.text(GROUP, 'x').message, from: { id, is_bot: true, first_name: 'b' } } as never,
    });
    expect(texts(people.message(GROUP, answer(ME.id)))).toEqual(['太原']);
    expect(read(people.message(GROUP, answer(7)))).toEqual(NOTHING);
  });

  test('photos and places that people show each other are nothing', () => {
    expect(read(people.message(GROUP, { photo: [] }))).toEqual(NOTHING);
    expect(read(people.message(GROUP, { location: { latitude: 1, longitude: 2 } }))).toEqual(NOTHING);
  });

  test('other bots are not answered, people who write in the name of their group are', () => {
    const from = { id: 9, is_bot: true, first_name: 'b' };
    expect(read(people.text(GROUP, '/check', { from }))).toEqual(NOTHING);
    const sender_chat = { id: GROUP, type: 'supergroup' as const, title: 'g' };
    expect(texts(people.text(GROUP, '/check', { from, sender_chat }))).toEqual(['/check']);
  });

  test('a group that becomes another chat says so, in both places', () => {
    const moved = { kind: 'migrated', from: -5, to: -1005 };
    expect(read(people.message(-5, { migrate_to_chat_id: -1005 }))).toEqual(moved);
    expect(read(people.message(-1005, { migrate_from_chat_id: -5 }))).toEqual(moved);
  });
});
