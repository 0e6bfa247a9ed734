import { expect, test } from 'vitest';
import { startBot, WORDS } from './support.ts';
import { countingAdvance, world } from '../../app/support.ts';
import type { Advance } from '../../../src/app/handle.ts';

/** A conversation to which the button `old` is out of date. */
const withStale: Advance = (state, event, now, newId) =>
  event.kind === 'choice' && event.id === 'no'
    ? { state, replies: [{ text: WORDS.stale }] }
    : countingAdvance(state, event, now, newId);

async function asked(withAdvance: Advance = countingAdvance) {
  const bot = await startBot(world(undefined, withAdvance).assistant);
  const { api } = bot;
  await api.give(api.people.text(1, '选项'));
  const question = await api.shown(1, 1);
  return { ...bot, question };
}

test('a pressed question shows its answer and has no buttons any more; the press is acknowledged', async () => {
  const { api, question } = await asked();
  await api.give(api.people.press(1, question.messageId, 'yes.1'));
  expect((await api.shown(1, 2)).text).toBe('2 [yes.1]');
  await api.until(() => question.edits > 0 && api.callsOf('answerCallbackQuery').length > 0);
  expect(question).toMatchObject({ text: '1 选项\n✓ 好', keyboard: undefined });
});

test('a press that comes too late takes the buttons away, and is not shown as an answer', async () => {
  const { api, question } = await asked(withStale);
  await api.give(api.people.press(1, question.messageId, 'no'));
  expect((await api.shown(1, 2)).text).toBe(WORDS.stale);
  await api.until(() => question.edits > 0);
  expect(question).toMatchObject({ text: '1 选项', keyboard: undefined });
});

test('the second of two quick presses does not replace the first answer', async () => {
  const { api, question } = await asked(withStale);
  const both = [api.people.press(1, question.messageId, 'yes.1'), api.people.press(1, question.messageId, 'no')];
  for (const update of both) await api.give(update);
  await api.shown(1, 3);
  await api.until(() => api.callsOf('editMessageText').length + api.callsOf('editMessageReplyMarkup').length === 2);
  expect(question.text).toBe('1 选项\n✓ 好');
});

test('a press given twice is one answer', async () => {
  const { api, question } = await asked();
  const press = api.people.press(1, question.messageId, 'yes.1');
  for (const update of [press, press, api.people.text(1, '三')]) await api.give(update);
  expect((await api.shown(1, 3)).text).toBe('3 三');
  await api.until(() => question.edits > 0);
  expect(question.text).toBe('1 选项\n✓ 好');
});

test('where the platform shows nothing of the message, what was sent is remembered', async () => {
  const { api, question } = await asked();
  const from = { id: 1, is_bot: false, first_name: 'x' };
  const message = { chat: { id: 1, type: 'private' as const, first_name: 'x' }, date: 0 as const };
  const query = { id: 'q', from, chat_instance: '1', data: 'yes.1', message: message as never };
  await api.give({ update_id: 77, callback_query: query });
  await api.until(() => question.edits > 0);
  expect(question.text).toBe('1 选项\n✓ 好');
});

test('what is for the eye only may fail', async () => {
  const { api, question, log } = await asked();
  for (const method of ['answerCallbackQuery', 'editMessageText'])
    api.faults.plan(method, { kind: 'refuse', code: 400, description: 'Bad Request: query is too old' });
  await api.give(api.people.press(1, question.messageId, 'yes.1'));
  expect((await api.shown(1, 2)).text).toBe('2 [yes.1]');
  await api.until(() => api.callsOf('editMessageText').length === 1);
  await api.give(api.people.text(1, '三'));
  expect((await api.shown(1, 3)).text).toBe('3 三');
  expect(log.lines.join()).not.toContain('选项');
});
