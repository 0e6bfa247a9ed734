import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Health } from '../../src/app/health.ts';
import { openHttp } from '../../src/channels/http/server.ts';
import { BotApi, TOKEN } from '../support/botapi/index.ts';
import { bareEnvironment, buildProgram, run, start, type Program } from '../support/program.ts';
import { temporaryDirectory } from '../stores/journal/support.ts';
import { reader } from './lines.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

/** The program with a bot on a platform of our own, and a port. */
async function openBot(fields: Readonly<Record<string, string>> = {}) {
  const api = await BotApi.start();
  const STATE_DIR = await temporaryDirectory(onTestFinished);
  const child = start(program, 'main', [], {
    ...bareEnvironment({ LOG_LEVEL: 'info', PORT: '0', STATE_DIR }),
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root, ...fields },
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await api.stop();
  });
  const { seen, until } = reader(child.stderr);
  const { port } = JSON.parse(await until('http.listening')) as { port: number };
  const base = `http://127.0.0.1:${port}`;
  return { api, child, seen, until, base };
}

async function bodyOf(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('a bot that works says so, and counts what it does', async () => {
  const { api, child, base, until } = await openBot();
  await until('channel.started');
  expect((await bodyOf(`${base}/healthz`)).text).toBe('{"status":"ok"}');
  const ready = await bodyOf(`${base}/readyz?from=probe`);
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.text)).toEqual({
    ...{ status: 'ready', store: 'ok', queue: 'ok', oldest_reply_seconds: 0 },
    channels: { telegram: 'online' },
  });
  await api.give(api.people.text(1380013, '太原找谁'));
  await api.shown(1380013, 1);
  const page = async () => bodyOf(`${base}/metrics`);
  await expect.poll(async () => (await page()).text).toMatch(/sent_total 1\n[^]*queue_chats 0\n/);
  const { text, headers } = await page();
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  expect(text).toContain('voucher_handle_seconds_count{channel="telegram",outcome="answered"} 1');
  expect(text).toContain('voucher_channel_state{channel="telegram",state="online"} 1');
  expect(text).toContain('voucher_channel_state{channel="telegram",state="offline"} 0');
  for (const name of ['replies_failed_total', 'replies_ambiguous_total', 'platform_later_total', 'queue_chats'])
    expect(text).toContain(`voucher_${name} 0`);
  expect(text).toContain('voucher_store_up 1');
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  expect(text).not.toMatch(/1380013|太原|test-token/);
  child.kill('SIGTERM');
  await expect.poll(() => child.exitCode).toBe(0);
});

test('a bot whose token is refused later is not ready, and is again', async () => {
  const { api, base, until } = await openBot();
  await until('channel.started');
  const refusal = { kind: 'refuse', code: 401, description: 'Unauthorized' } as const;
  api.faults.plan('getUpdates', refusal, { times: Infinity });
  // Ends the request that waits for updates.
  await api.give(api.people.text(1, '好'));
  await expect.poll(async () => (await bodyOf(`${base}/readyz`)).status).toBe(503);
  expect((await bodyOf(`${base}/readyz`)).text).toContain('"telegram":"offline"');
  expect((await bodyOf(`${base}/healthz`)).status).toBe(200);
  api.faults.clear('getUpdates');
  await expect.poll(async () => (await bodyOf(`${base}/readyz`)).status, { timeout: 20_000 }).toBe(200);
});

test('other paths are not found, other methods not allowed, and a body is not read', async () => {
  const { base } = await openBot();
  for (const path of ['/', '/metrics/', '/telegram', '/healthz/../x'])
    expect((await bodyOf(base + path)).status).toBe(404);
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const refused = await bodyOf(base + path, { method });
      expect([path, method, refused.status, refused.headers.get('allow')]).toEqual([path, method, 405, 'GET, HEAD']);
    }
    expect(
      (await bodyOf(base + path, { method: 'POST', body: 'x'.repeat(3_000_000) }).catch(() => ({ status: 405 })))
        .status,
    ).toBe(405);
    expect((await bodyOf(base + path, { method: 'HEAD' })).status).toBe(200);
  }
});

test('a port in use ends the start with a sentence', async () => {
  const taken = await openHttp('127.0.0.1', 0);
  onTestFinished(() => taken.close());
  const STATE_DIR = await temporaryDirectory(onTestFinished);
  const { code, stderr } = await run(program, 'main', [], {
    env: bareEnvironment({ PORT: String(taken.port), STATE_DIR, TELEGRAM_BOT_TOKEN: TOKEN }),
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/EADDRINUSE/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

describe('readiness', () => {
  const limits = { oldestReplyMs: 1_000, storeMs: 50, unsavedMs: 500 };
  const open = (check: () => Promise<unknown>, age = 0) => {
    const time = { now: 0 };
    const never = new Promise<boolean>(() => undefined);
    const health = new Health({
      ...{ check, limits, now: () => time.now },
      figures: () => ({ oldestReplyAgeMs: age }),
      // The limit passes at once when the store is silent.
      pause: () => ({ done: check === silent ? Promise.resolve(true) : never, cancel: () => undefined }),
    });
    return { health, time };
  };
  const silent = (): Promise<unknown> => new Promise(() => undefined);

  test('needs a store that answers', async () => {
    expect(await open(silent).health.readiness()).toMatchObject({ ready: false, store: 'unreachable' });
    const away = open(() => Promise.reject(new Error('away')));
    expect(await away.health.readiness()).toMatchObject({ ready: false, store: 'unreachable' });
  });

  test('needs a store that saves, as far as was seen lately', async () => {
    const { health, time } = open(async () => undefined);
    health.saved(false);
    expect(await health.readiness()).toMatchObject({ ready: false, store: 'not-saving' });
    time.now = 500;
    expect(await health.readiness()).toMatchObject({ ready: true, store: 'ok' });
    health.saved(false);
    health.saved(true);
    expect(await health.readiness()).toMatchObject({ ready: true });
  });

  test('needs every channel online, or left to another process', async () => {
    const { health } = open(async () => undefined);
    for (const [state, ready] of [
      ['starting', false],
      ['online', true],
      ['offline', false],
      ['standby', true],
    ] as const) {
      health.channel('telegram', state);
      expect([state, (await health.readiness()).ready]).toEqual([state, ready]);
    }
  });

  test('needs replies that leave in time', async () => {
    expect(await open(async () => undefined, 1_000).health.readiness()).toMatchObject({ ready: true, queueOk: true });
    expect(await open(async () => undefined, 1_001).health.readiness()).toMatchObject({ ready: false, queueOk: false });
  });
});
