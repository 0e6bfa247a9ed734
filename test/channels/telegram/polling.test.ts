import { describe, expect, test } from 'vitest';
import { world } from '../../app/support.ts';
import { BotApi } from '../../support/botapi/index.ts';
import { startBot, WORDS } from './support.ts';

describe('updates', () => {
  test('of one chat are answered in their order, of many chats side by side', async () => {
    const { api } = await startBot();
    for (let n = 1; n <= 5; n += 1)
      for (let chat = 1; chat <= 40; chat += 1) await api.give(api.people.text(chat, `第${n}句`));
    for (let chat = 1; chat <= 40; chat += 1) {
      await api.shown(chat, 5);
      expect(api.chats.of(chat).map(({ text }) => text)).toEqual([
        '1 第1句',
        '2 第2句',
        '3 第3句',
        '4 第4句',
        '5 第5句',
      ]);
    }
  });

  test('are confirmed only when all of the batch are stored', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { assistant } = world();
    const slow: typeof assistant = {
      handle: async (inbound) => {
        if (inbound.chat === 'telegram:2') await held;
        return assistant.handle(inbound);
      },
      delivered: (chat, ids) => assistant.delivered(chat, ids),
      settled: () => assistant.settled(),
    };
    const api = await BotApi.start();
    for (const chat of [1, 2]) await api.give(api.people.text(chat, '好'));
    const bot = await startBot(slow, { api });
    await api.shown(1, 1);
    expect(api.queue.size).toBe(2);
    expect(api.callsOf('getUpdates')).toHaveLength(1);
    release();
    await api.shown(2, 1);
    await api.until(() => api.queue.size === 0);
    await bot.stop();
  });

  test('that jump to lower numbers are taken, and confirmed', async () => {
    const { api } = await startBot();
    api.queue.nextId = 900;
    await api.give(api.people.text(1, '一'));
    await api.shown(1, 1);
    api.queue.nextId = 5;
    await api.give(api.people.text(1, '二'));
    await api.shown(1, 2);
    await api.until(() => api.queue.size === 0);
    expect(api.chats.of(1).map(({ text }) => text)).toEqual(['1 一', '2 二']);
  });

  test('that were given before are not handled again, also by another process', async () => {
    const one = world();
    const first = await startBot(one.assistant);
    const update = first.api.people.text(1, '好');
    await first.api.give(update);
    await first.api.shown(1, 1);
    await first.api.give(update);
    await first.stop();
    const second = await startBot(one.restarted());
    for (const again of [update, second.api.people.text(1, '二', {})])
      await second.api.give({ ...again, update_id: again === update ? update.update_id : 2_000 });
    expect((await second.api.shown(1, 1)).text).toBe('2 二');
  });

  test('of a form that nobody knew do not stop the others', async () => {
    const { api, log } = await startBot();
    await api.give({ update_id: 1, message: { chat: undefined } as never });
    await api.give({ update_id: 2, something_new: {} } as never);
    await api.give(api.people.text(1, '好'));
    expect((await api.shown(1, 1)).text).toBe('1 好');
    expect(log.lines.join()).toContain('telegram.update-failed');
  });
});

describe('trouble', () => {
  test.each([
    ['another poller', 409, 'Conflict', WORDS.conflict],
    ['a withdrawn token', 401, 'Unauthorized', WORDS.tokenLost],
  ])('%s is said once in one sentence, and polling goes on', async (_, code, description, sentence) => {
    const api = await BotApi.start();
    api.faults.plan('getUpdates', { kind: 'refuse', code, description }, { times: 3 });
    const { announced } = await startBot(undefined, { api });
    await api.give(api.people.text(1, '好'));
    expect((await api.shown(1, 1)).text).toBe('1 好');
    expect(announced.filter((text) => text === sentence)).toHaveLength(1);
  });

  test.each([
    ['a broken connection', { kind: 'break', accepted: false }],
    ['an answer of somebody else', { kind: 'garbage', status: 502 }],
    ['a server error', { kind: 'refuse', code: 500, description: 'Internal Server Error' }],
  ] as const)('%s does not end it', async (_, fault) => {
    const api = await BotApi.start();
    api.faults.plan('getUpdates', fault, { times: 2 });
    await startBot(undefined, { api });
    await api.give(api.people.text(1, '好'));
    expect((await api.shown(1, 1)).text).toBe('1 好');
  });

  test('a message that cannot be saved for a moment is handled in the end', async () => {
    const { assistant } = world();
    let failures = 2;
    const { api } = await startBot({
      handle: async (inbound) => {
        if ((failures -= 1) >= 0) throw new Error('disk full');
        return assistant.handle(inbound);
      },
      delivered: (chat, ids) => assistant.delivered(chat, ids),
      settled: () => assistant.settled(),
    });
    await api.give(api.people.text(1, '好'));
    expect((await api.shown(1, 1)).text).toBe('1 好');
  });

  test('a server that does not hold requests is not asked without a pause', async () => {
    const { api } = await startBot(undefined, { api: { noLongPoll: true } });
    await api.until(() => api.callsOf('getUpdates').length >= 4);
    const [first, , , fourth] = api.callsOf('getUpdates');
    expect(fourth!.at - first!.at).toBeGreaterThanOrEqual(250);
  });
});

describe('the end', () => {
  test('takes no more updates, and confirms those that were handled', async () => {
    const { api, stop } = await startBot(undefined, { api: { noLongPoll: true } });
    await api.give(api.people.text(1, '好'));
    await api.shown(1, 1);
    await stop();
    expect(api.queue.size).toBe(0);
  });

  test('comes at once while a request for updates is held', async () => {
    const { api, stop } = await startBot();
    await api.until(() => api.callsOf('getUpdates').length === 1);
    const start = performance.now();
    await stop();
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test('what cannot be read is answered in the words of the channel; news of the chat is passed on', async () => {
  const news: [string, boolean][] = [];
  const { api } = await startBot(undefined, { deps: { reachable: (chat, reachable) => news.push([chat, reachable]) } });
  await api.give(api.people.message(1, { location: { latitude: 1, longitude: 2 } }));
  expect((await api.shown(1, 1)).text).toBe(WORDS.hints.location.text);
  await api.give(api.people.membership(1, 'kicked'));
  await api.give(api.people.membership(1, 'member'));
  await api.give(api.people.text(1, '好'));
  await api.shown(1, 2);
  expect(news).toEqual([
    ['telegram:1', false],
    ['telegram:1', true],
  ]);
});

test('slow work is shown as typing', async () => {
  const { assistant } = world();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const { api } = await startBot({
    handle: async (inbound) => {
      await held;
      return assistant.handle(inbound);
    },
    delivered: (chat, ids) => assistant.delivered(chat, ids),
    settled: () => assistant.settled(),
  });
  await api.give(api.people.text(1, '好'));
  await api.until(() => api.callsOf('sendChatAction').length === 1);
  release();
  await api.shown(1, 1);
});
