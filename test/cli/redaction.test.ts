import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { redactor, errorPlaces, secretsOf } from '../../src/cli/redact.ts';
import { loggable } from '../../src/cli/log.ts';
import { readConfig } from '../../src/config.ts';
import { BotApi, TOKEN } from '../support/botapi/index.ts';
import { bareEnvironment, buildProgram, run, start, type Program } from '../support/program.ts';
import { temporaryDirectory } from '../stores/journal/support.ts';
import { reader } from './lines.ts';

/** Invented, in the forms in which people write them. */
const PRIVATE = {
  phones: ['13800138000', '139-0013-9000', '+86 137 0013 7000', '86-15900159000', '0351-2020989', '02912345678'],
  ids: ['11010519491231002X', '440524188001010014', '91140100MA0K3XQ25T', '6222020200112233445'],
  mails: ['zhang.san@example.com', 'li_si+test@mail.example.org'],
  tokens: ['8123456789:AAHrq0zV3nY1x_ZkT8bWq7sXcLmNoPqRsTu', '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'],
};
const ALL = Object.values(PRIVATE).flat();

describe('a text on its way into a log', () => {
  test.each(ALL)('loses %s', (one) => {
    const redact = redactor();
    for (const text of [one, `电话${one}。`, `a ${one} b`, `"${one}"`, `x=${one}`, `https://host/${one}/getMe`])
      expect(redact(text)).not.toContain(one);
    expect(JSON.stringify(loggable({ reason: `失败：${one}`, chat: `stdio:${one}` }))).not.toContain(one);
  });

  test.each([
    'telegram:123456789',
    'telegram:-1001234567890',
    '2026-11-22T01:02:03.456Z',
    '01JD8Y7Q3ZV5K2N4R6T8W0X1Y3',
    'PostgreSQL 18, 00000001.journal at 67108864',
    'http://127.0.0.1:18080/metrics',
    '2,000 updates in 0.9 ms, 1767225600000',
  ])('keeps %s', (text) => {
    expect(redactor()(text)).toBe(text);
  });

  test('loses every secret of the configuration, in whatever form', () => {
    const config = readConfig({
      TELEGRAM_BOT_TOKEN: '7:short-token',
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_URL: 'https://example.org/telegram',
      TELEGRAM_WEBHOOK_SECRET: 'hook-secret',
      PORT: '1',
      DATABASE_URL: 'postgres://user:p%40ssword@db.example/name',
      ALERT_WEBHOOK_URL: 'https://hooks.example.com/T000/secret',
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_TOKEN: 'puppet_service_abc',
    });
    const redact = redactor(secretsOf(config));
    const text = redact(
      'at /bot7:short-token/x short-token hook-secret p%40ssword p@ssword puppet_service_abc https://hooks.example.com/T000/secret',
    );
    expect(text).toBe('at /bot[redacted]/x [redacted] [redacted] [redacted] [redacted] [redacted] [redacted]');
  });

  test('of an error nothing is kept but its name and places', () => {
    const error = new TypeError(`cannot read 13800138000\n    at 我的电话 zhang.san@example.com`);
    const text = errorPlaces(error, redactor());
    expect(text).toMatch(/^TypeError\n {4}at .*redaction\.test/);
    expect(text).not.toMatch(/电话|cannot|zhang|13800138000/);
    expect(errorPlaces('13800138000', redactor())).toBe('string');
  });
});

describe('what the program writes to standard error', () => {
  let program: Program;
  beforeAll(async () => {
    program = await buildProgram();
  });
  afterAll(() => program.remove());

  const WORDS = ['我叫张三丰', '公司名称晋阳绝密科技'];
  const talk = [
    '开始',
    '山西',
    '资格自测',
    ...ALL.flatMap((one) => [one, `我的号码是${one}`, `换企业 ${one}`]),
    ...WORDS,
    '10万 13800138000',
    '测算',
    '材料',
    '导出',
    '转人工',
    '删除我的数据',
    '是',
  ];

  const silentAbout = (text: string, further: readonly string[] = []): void => {
    for (const one of [...ALL, ...WORDS, '张三丰', '绝密', ...further]) expect(text).not.toContain(one);
  };

  test('in a conversation, at the chattiest level', { timeout: 60_000 }, async () => {
    const STATE_DIR = await temporaryDirectory(onTestFinished);
    const env = bareEnvironment({ LOG_LEVEL: 'trace' });
    const input = talk
      .map((text, n) => `${JSON.stringify({ chat: `c${n % 3}`, text, message_id: `m${n}` })}\n`)
      .join('');
    const broken = `not json 13800138000\n${JSON.stringify({ chat: 'c1', file: { path: '/13800138000/张三丰.pdf', name: '张三丰.pdf' } })}\n`;
    const done = await run(program, 'chat', ['--jsonl', '--state', STATE_DIR], { input: input + broken, env });
    expect(done.code).toBe(0);
    expect(done.stdout.trim().split('\n')).toHaveLength(talk.length + 2);
    expect(done.stderr).toContain('store.opened');
    silentAbout(done.stderr);
  });

  test('over a platform that refuses, floods, breaks and answers nonsense', { timeout: 90_000 }, async () => {
    const api = await BotApi.start();
    const STATE_DIR = await temporaryDirectory(onTestFinished);
    const child = start(program, 'main', [], {
      ...bareEnvironment({ LOG_LEVEL: 'trace', STATE_DIR, PORT: '0' }),
      ...{
        TELEGRAM_BOT_TOKEN: TOKEN,
        TELEGRAM_API_ROOT: api.root,
        ALERT_WEBHOOK_URL: 'http://127.0.0.1:1/T0/hook-path',
      },
    });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await api.stop();
    });
    const { seen, until } = reader(child.stderr);
    await until('channel.started');
    const description = `Bad Request: 13800138000 zhang.san@example.com 张三 ${PRIVATE.tokens[0]!}`;
    api.faults.plan('sendMessage', { kind: 'refuse', code: 400, description }, { chat: 1, times: 3 });
    api.faults.plan('sendMessage', { kind: 'garbage', status: 502 }, { chat: 2 });
    api.faults.plan('sendMessage', { kind: 'break', accepted: true }, { chat: 3 });
    for (const [n, text] of talk.entries()) await api.give(api.people.text((n % 4) + 1, text));
    await api.give({ update_id: 999_999, message: { text: '13800138000' } } as never);
    await until('alarm.not-delivered');
    await until('"msg":"dispatch.refused"');
    await api.shown(4, 1);
    child.kill('SIGTERM');
    await expect.poll(() => child.exitCode, { timeout: 20_000 }).not.toBe(null);
    silentAbout(seen.join('\n'), [TOKEN, 'test-token', 'hook-path', '张三']);
  });

  test.each([
    ['refused by the platform', '8123456789:AAHrq0zV3nY1x_ZkT8bWq7sXcLmNoPqRsTu', 'TELEGRAM_BOT_TOKEN'],
    ['not written like one', '8123456789:AAHrq0zV3nY1x ZkT8bWq7sXcLmNoPqRsTu', 'TELEGRAM_BOT_TOKEN'],
  ])('a token %s is not repeated', async (_, token, named) => {
    const api = await BotApi.start();
    onTestFinished(() => api.stop());
    const STATE_DIR = await temporaryDirectory(onTestFinished);
    const env = bareEnvironment({
      LOG_LEVEL: 'trace',
      STATE_DIR,
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: api.root,
    });
    const { code, stderr } = await run(program, 'main', [], { env });
    expect(code).toBe(1);
    expect(stderr).toContain(named);
    expect(stderr).not.toContain(token);
    expect(stderr).not.toContain('AAHrq0zV3nY1x');
  });

  test('a password in an address is not repeated', async () => {
    const STATE_DIR = await temporaryDirectory(onTestFinished);
    for (const DATABASE_URL of ['postgres://user:ge%20heim-9@127.0.0.1:1/name', 'mysql://user:ge%20heim-9@x/y']) {
      const { code, stderr } = await run(program, 'main', [], {
        env: bareEnvironment({ LOG_LEVEL: 'trace', STATE_DIR, DATABASE_URL }),
      });
      expect(code).toBe(1);
      expect(stderr).toContain('DATABASE_URL');
      expect(stderr).not.toMatch(/heim-9/);
    }
  });
});
