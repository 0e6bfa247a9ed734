import { expect, onTestFinished, test } from 'vitest';
import { startTelegram } from '../../../src/channels/telegram/channel.ts';
import { TelegramFault } from '../../../src/channels/telegram/start.ts';
import { script } from '../../../conversations/index.ts';
import { TELEGRAM_MENUS } from '../../../conversations/telegram.ts';
import { keptLog, world } from '../../app/support.ts';
import { BotApi, TOKEN } from '../../support/botapi/index.ts';
import { SimpleDispatcher, startBot, WORDS } from './support.ts';

async function failingStart(token: string, apiRoot: string): Promise<unknown> {
  const { assistant } = world();
  const deps = { assistant, dispatcher: new SimpleDispatcher(assistant), words: WORDS, menus: TELEGRAM_MENUS };
  return startTelegram({ token, apiRoot }, { ...deps, log: keptLog(), announce: () => undefined, retryMs: 1 }).catch(
    (error: unknown) => error,
  );
}

test('who the bot is, is said once to the operator and logged; menus are put for every language and place', async () => {
  const { api, announced, log } = await startBot();
  expect(announced).toEqual([WORDS.connected('voucher_bot', 'polling')]);
  expect(log.lines.filter((line) => line.includes('telegram.connected'))).toHaveLength(1);
  await api.until(() => api.callsOf('setMyCommands').length === 4);
  const scopes = api.callsOf('setMyCommands').map(({ fields }) => [fields['scope'], fields['language_code']]);
  expect(scopes).toEqual([
    [{ type: 'all_private_chats' }, undefined],
    [{ type: 'all_private_chats' }, 'zh'],
    [{ type: 'all_group_chats' }, undefined],
    [{ type: 'all_group_chats' }, 'zh'],
  ]);
});

test('every command of the menus is one of the conversation', () => {
  const known = script.commands.map(({ slash }) => slash);
  for (const { command } of [...TELEGRAM_MENUS.private, ...TELEGRAM_MENUS.groups]) expect(known).toContain(command);
});

test('a wrong token is told from a wrong address', async () => {
  const api = await BotApi.start();
  const root = api.root;
  expect(await failingStart('1:wrong', root)).toMatchObject({ what: 'token', detail: '401' });
  await api.stop();
  const unreachable = await failingStart(TOKEN, root);
  expect(unreachable).toBeInstanceOf(TelegramFault);
  expect(unreachable).toMatchObject({ what: 'address', detail: 'ECONNREFUSED' });
  expect(String(unreachable)).not.toContain(TOKEN);
});

test('a network that comes late is waited for', async () => {
  const api = await BotApi.start();
  api.faults.plan('getMe', { kind: 'break', accepted: false }, { times: 3 });
  const { announced } = await startBot(undefined, { api });
  expect(announced).toHaveLength(1);
});

test('menus, and taking an old webhook away, may fail', async () => {
  const api = await BotApi.start();
  for (const method of ['setMyCommands', 'deleteWebhook'])
    api.faults.plan(method, { kind: 'refuse', code: 500, description: 'not supported' }, { times: 9 });
  await startBot(undefined, { api });
  await api.give(api.people.text(1, '好'));
  expect((await api.shown(1, 1)).text).toBe('1 好');
});

test('a webhook that the platform refuses stops the start, with its words', async () => {
  const api = await BotApi.start();
  onTestFinished(() => api.stop());
  const description = 'Bad Request: bad webhook: HTTPS url must be provided for webhook';
  api.faults.plan('setWebhook', { kind: 'refuse', code: 400, description });
  await expect(startBot(undefined, { api, webhook: true })).rejects.toMatchObject({
    what: 'webhook',
    detail: description,
  });
});
