import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { chatCodec } from '../../src/app/chatcodec.ts';
import { newChatDoc } from '../../src/app/chatdoc.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { AlarmLost, Alarms, type AlarmNotice } from '../../src/cli/alarms.ts';
import { chatWay, webhookWay } from '../../src/cli/alarms-ways.ts';
import { FakeTime } from '../app/dispatch/time.ts';
import { keptLog } from '../app/support.ts';
import { BotApi, TOKEN } from '../support/botapi/index.ts';
import { bareEnvironment, buildProgram, run, start, type Program } from '../support/program.ts';
import { temporaryDirectory } from '../stores/journal/support.ts';
import { reader } from './lines.ts';

const MINUTE = 60_000;

function open({ failures = 0, final = false } = {}) {
  const time = new FakeTime();
  const log = keptLog();
  const told: AlarmNotice[] = [];
  let attempts = 0;
  const tell = async (notice: AlarmNotice): Promise<void> => {
    attempts += 1;
    if (attempts <= failures) throw new AlarmLost('503', final);
    told.push(notice);
  };
  const limits = { everyMs: 10 * MINUTE, tries: 4, retryMs: 1_000 };
  const alarms = new Alarms({ timer: time, clock: time.clock, log, limits, ways: [{ name: 'test', tell }] });
  const pass = (ms: number) => time.runUntil(() => false, ms);
  return { time, log, told, alarms, pass, attempts: () => attempts };
}

describe('how often an operator is told', () => {
  test('at once, then once in ten minutes with the number of what came in between', async () => {
    const { alarms, told, pass } = open();
    for (let n = 0; n < 1_000; n += 1) alarms.raise('gave-up', { n });
    await pass(10 * MINUTE - 1);
    expect(told).toMatchObject([{ kind: 'gave-up', count: 1, fields: { n: 0 } }]);
    await pass(1);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatchObject({ count: 999, fields: { n: 999 } });
    await pass(60 * MINUTE);
    expect(told).toHaveLength(2);
    alarms.raise('gave-up');
    await pass(0);
    expect(told).toHaveLength(3);
  });

  test('over a day of endless trouble, 145 times', async () => {
    const { alarms, told, pass } = open();
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      alarms.raise('channel-held');
      await pass(MINUTE);
    }
    await pass(10 * MINUTE);
    expect(told).toHaveLength(145);
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(24 * 60);
  });

  test('each kind by itself', async () => {
    const { alarms, told, pass } = open();
    for (const kind of ['a', 'b', 'a', 'b']) alarms.raise(kind);
    await pass(0);
    expect(told.map(({ kind }) => kind)).toEqual(['a', 'b']);
  });

  test('what was only counted is told at the end', async () => {
    const { alarms, told, pass } = open();
    alarms.raise('a');
    alarms.raise('a');
    await pass(0);
    await alarms.close();
    expect(told.map(({ count }) => count)).toEqual([1, 1]);
  });

  test('an alarm that could not be delivered raises no other', async () => {
    const { alarms, told, pass } = open();
    alarms.raise('gave-up', { source: 'alarm:gave-up/1' });
    await pass(0);
    expect(told).toEqual([]);
  });
});

describe('a way that fails', () => {
  test('is tried again with growing pauses', async () => {
    const { alarms, told, pass, attempts } = open({ failures: 3 });
    alarms.raise('a');
    await pass(1_000 + 2_000 - 1);
    expect(attempts()).toBe(2);
    await pass(1 + 4_000);
    expect(told).toHaveLength(1);
  });

  test('is given up in the end, or at once when it will never do', async () => {
    const endless = open({ failures: 100 });
    endless.alarms.raise('a');
    await endless.pass(MINUTE);
    expect(endless.attempts()).toBe(4);
    expect(endless.log.lines).toHaveLength(4);
    const final = open({ failures: 100, final: true });
    final.alarms.raise('a');
    await final.pass(MINUTE);
    expect(final.attempts()).toBe(1);
  });
});

/** Where alarms are posted to: keeps the bodies, answers with what is next in the list, then 200. */
async function hook(...statuses: number[]) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(statuses.shift() ?? 200, { location: '/elsewhere' }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-path` };
}

const NOTICE = { kind: 'gave-up', count: 3, since: 0, at: 1_000, fields: { channel: 'telegram', source: 'reply' } };

describe('the webhook', () => {
  test('is sent a JSON object that a person can read', async () => {
    const { url, bodies } = await hook();
    await webhookWay(url, 1_000).tell(NOTICE);
    expect(JSON.parse(bodies[0]!)).toEqual({
      ...{ kind: 'gave-up', count: 3, since: '1970-01-01T00:00:00.000Z', at: '1970-01-01T00:00:01.000Z' },
      text: '【告警】有消息多次没发出去，已放弃。\n通道 telegram，来源 reply\n这段时间共 3 次。',
      fields: { channel: 'telegram', source: 'reply' },
    });
  });

  test.each([
    [500, false],
    [429, false],
    [404, true],
    [302, false],
  ])('that answers %i: given up at once is %s, and nothing of its address is told', async (status, final) => {
    const { url } = await hook(status);
    const error: unknown = await webhookWay(url, 1_000)
      .tell(NOTICE)
      .catch((one: unknown) => one);
    expect(error).toMatchObject({ name: 'AlarmLost', final });
    expect(String((error as Error).stack)).not.toContain('secret-path');
  });

  test('that does not answer in time counts as failed', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await expect(webhookWay(url, 50).tell(NOTICE)).rejects.toMatchObject({ code: 'TimeoutError', final: false });
  });
});

test('the chat of an operator gets it through its outbox, whatever is known of it', async () => {
  const store = memoryStore(chatCodec);
  await store.update('telegram:1', () => ({ doc: { ...newChatDoc('telegram:1'), handled: ['m'] }, result: undefined }));
  let nudged = 0;
  for (const chat of ['telegram:1', 'telegram:2']) {
    await chatWay(
      chat,
      store,
      () => 'id1',
      () => (nudged += 1),
    ).tell(NOTICE);
    const [entry] = (await store.read(chat))!.outbox;
    expect(entry).toMatchObject({ id: 'id1', kind: 'reminder', source: 'alarm:gave-up/id1' });
    expect(entry!.reply.text).toContain('共 3 次');
  }
  expect(nudged).toBe(2);
});

describe('the program', () => {
  let program: Program;
  beforeAll(async () => {
    program = await buildProgram();
  });
  afterAll(() => program.remove());

  async function bot(fields: Readonly<Record<string, string>>) {
    const api = await BotApi.start();
    const STATE_DIR = await temporaryDirectory(onTestFinished);
    const child = start(program, 'main', [], {
      ...bareEnvironment({ LOG_LEVEL: 'info', STATE_DIR }),
      ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root, ...fields },
    });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await api.stop();
    });
    await reader(child.stderr).until('channel.started');
    return { api, child };
  }
  const refusal = { kind: 'refuse', code: 400, description: 'Bad Request: message text is empty' } as const;

  test('tells both ways that a message was refused, without a word of it', async () => {
    const { url, bodies } = await hook(503);
    const { api } = await bot({ ALERT_WEBHOOK_URL: url, OPERATOR_CHAT: 'telegram:99' });
    api.faults.plan('sendMessage', refusal, { chat: 5, times: Infinity });
    await api.give(api.people.text(5, '太原找谁'));
    const { text } = await api.shown(99, 1);
    expect(text).toContain('【告警】有消息被平台拒收');
    // The first attempt met with 503.
    await expect.poll(() => bodies.length, { timeout: 15_000 }).toBe(2);
    expect(JSON.parse(bodies[1]!)).toMatchObject({ kind: 'refused', count: 1, fields: { channel: 'telegram' } });
    for (const one of [text, ...bodies]) expect(one).not.toMatch(/太原|0351|telegram:5/);
  });

  test('tells that a channel is down', async () => {
    const { url, bodies } = await hook();
    const { api } = await bot({ ALERT_WEBHOOK_URL: url });
    const unauthorized = { kind: 'refuse', code: 401, description: 'Unauthorized' } as const;
    api.faults.plan('getUpdates', unauthorized, { times: Infinity });
    await api.give(api.people.text(1, '好'));
    await expect.poll(() => bodies.length, { timeout: 15_000 }).toBe(1);
    expect(JSON.parse(bodies[0]!)).toMatchObject({ kind: 'channel-down', fields: { trouble: '401' } });
  });

  test('does not start with an operator whom no channel reaches', async () => {
    const STATE_DIR = await temporaryDirectory(onTestFinished);
    const env = { ...bareEnvironment({ STATE_DIR }), TELEGRAM_BOT_TOKEN: TOKEN, OPERATOR_CHAT: 'wechat:abc' };
    const { code, stderr } = await run(program, 'main', [], { env });
    expect([code, stderr]).toEqual([1, 'OPERATOR_CHAT 里的通道 wechat 没有配置，告警发不过去。\n']);
  });
});
