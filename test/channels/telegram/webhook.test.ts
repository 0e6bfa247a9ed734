import { describe, expect, test } from 'vitest';
import { world } from '../../app/support.ts';
import { SECRET, startBot } from './support.ts';

async function open() {
  const bot = await startBot(undefined, { webhook: true });
  const url = bot.api.webhook!.url;
  const status = async (init: RequestInit, path = url): Promise<number> => {
    const response = await fetch(path, init);
    await response.arrayBuffer();
    return response.status;
  };
  return { ...bot, url, status };
}

const headers = { 'x-telegram-bot-api-secret-token': SECRET };

test('is set at the start with its secret and the kinds of update, and answers', async () => {
  const { api } = await open();
  expect(api.callsOf('setWebhook')[0]?.fields).toMatchObject({
    secret_token: SECRET,
    allowed_updates: ['message', 'callback_query', 'my_chat_member'],
  });
  await api.give(api.people.text(1, '好'));
  expect((await api.shown(1, 1)).text).toBe('1 好');
  expect(api.callsOf('getUpdates')).toEqual([]);
});

describe('what is refused', () => {
  test('without the secret, or with another, nothing is read', async () => {
    const { api, status, url, log } = await open();
    const body = JSON.stringify(api.people.text(1, '好'));
    expect(await status({ method: 'POST', body })).toBe(401);
    expect(await api.post(body, `${SECRET}x`)).toBe(401);
    expect(await api.post(body, SECRET.toUpperCase())).toBe(401);
    await api.give(api.people.text(2, '好'));
    await api.shown(2, 1);
    expect(api.chats.of(1)).toEqual([]);
    expect(log.lines.join()).not.toContain(SECRET);
    expect(await status({ method: 'POST', body, headers }, url)).toBe(200);
  });

  test.each([
    ['another method', { method: 'GET', headers }, 405],
    ['too much', { method: 'POST', headers, body: 'x'.repeat(1_000_001) }, 413],
    ['no JSON', { method: 'POST', headers, body: '{' }, 400],
    ['no update', { method: 'POST', headers, body: '{"message":{}}' }, 400],
    ['an array', { method: 'POST', headers, body: '[]' }, 400],
  ])('%s', async (_, init, expected) => {
    const { status } = await open();
    expect(await status(init)).toBe(expected);
  });

  test('too much of unknown length', async () => {
    const { status } = await open();
    const body = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 20; n += 1) controller.enqueue(new TextEncoder().encode('x'.repeat(100_000)));
        controller.close();
      },
    });
    expect(await status({ method: 'POST', headers, body, duplex: 'half' })).toBe(413);
  });

  test('another path is not found', async () => {
    const { status, url } = await open();
    expect(await status({ method: 'POST', headers }, `${url}/x`)).toBe(404);
    expect(await status({}, new URL('/', url).href)).toBe(404);
  });
});

test('a repeated update is taken and changes nothing', async () => {
  const { api } = await open();
  const update = api.people.text(1, '好');
  expect(await api.post(JSON.stringify(update))).toBe(200);
  expect(await api.post(JSON.stringify(update))).toBe(200);
  await api.give(api.people.text(1, '二'));
  await api.shown(1, 2);
  expect(api.chats.of(1).map(({ text }) => text)).toEqual(['1 好', '2 二']);
});

test('an update that could not be stored is answered with 500, and handled when it comes again', async () => {
  const { assistant } = world();
  let failures = 1;
  const { api } = await startBot(
    {
      handle: async (inbound) => {
        if ((failures -= 1) >= 0) throw new Error('disk full');
        return assistant.handle(inbound);
      },
      delivered: (chat, ids) => assistant.delivered(chat, ids),
      settled: () => assistant.settled(),
    },
    { webhook: true, deps: { attempts: 1 } },
  );
  const body = JSON.stringify(api.people.text(1, '好'));
  expect(await api.post(body)).toBe(500);
  expect(await api.post(body)).toBe(200);
  expect((await api.shown(1, 1)).text).toBe('1 好');
});
