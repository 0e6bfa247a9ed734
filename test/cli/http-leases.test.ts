import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Sender } from '../../src/app/outports.ts';
import { heldSender, holdChannel, type HoldDeps } from '../../src/cli/leases.ts';
import type { OwnDispatcher } from '../../src/app/dispatch/dispatcher.ts';
import { dispatchWorld, say } from '../app/dispatch/world.ts';
import { keptLog } from '../app/support.ts';
import { BotApi, TOKEN } from '../support/botapi/index.ts';
import { testServer, type TestServer } from '../support/postgres.ts';
import { bareEnvironment, buildProgram, start, type Program } from '../support/program.ts';
import { temporaryDirectory } from '../stores/journal/support.ts';
import { reader } from './lines.ts';

/** Handed over within this time (ms), as promised to operators. */
const PROMISED_MS = 10_000;

describe('processes on one database', () => {
  let program: Program;
  let server: TestServer;
  beforeAll(async () => {
    [program, server] = await Promise.all([buildProgram(), testServer()]);
  });
  afterAll(async () => {
    await program.remove();
    await server.remove();
  });

  async function process(api: BotApi, url: string) {
    const child = start(program, 'main', [], {
      ...bareEnvironment({ LOG_LEVEL: 'info', PORT: '0', STATE_DIR: await temporaryDirectory(onTestFinished) }),
      ...{ DATABASE_URL: url, TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines = reader(child.stderr);
    const { port } = JSON.parse(await lines.until('http.listening')) as { port: number };
    const ready = async (): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`);
      return `${response.status} ${await response.text()}`;
    };
    return { child, ready, ...lines };
  }

  test('one polls and sends; when it is killed, or ends, another goes on in time', { timeout: 120_000 }, async () => {
    const api = await BotApi.start();
    onTestFinished(() => api.stop());
    const url = await server.database();
    const first = await process(api, url);
    await first.until('lease.acquired');
    await expect.poll(first.ready).toMatch(/^200.*"telegram":"online"/);
    const second = await process(api, url);
    const third = await process(api, url);
    await expect.poll(second.ready).toMatch(/^200.*"telegram":"standby"/);
    await api.give(api.people.text(1, '开始'));
    await api.shown(1, 1);
    expect(api.callsOf('getMe')).toHaveLength(1);

    first.child.kill('SIGKILL');
    const killed = performance.now();
    await api.give(api.people.text(2, '开始'));
    await api.shown(2, 1);
    expect(performance.now() - killed).toBeLessThan(PROMISED_MS);

    const [holder, other] = (await second.ready()).includes('online') ? [second, third] : [third, second];
    expect(await holder.ready()).toContain('"telegram":"online"');
    expect(await other.ready()).toContain('"telegram":"standby"');
    holder.child.kill('SIGTERM');
    const ended = performance.now();
    await api.give(api.people.text(3, '开始'));
    await api.shown(3, 1);
    expect(performance.now() - ended).toBeLessThan(PROMISED_MS);
    await expect.poll(() => holder.child.exitCode).toBe(0);
    await expect.poll(other.ready).toContain('"telegram":"online"');
    // Only what was on its way at the moment of the kill may be said once more.
    expect(api.chats.of(1).length).toBeLessThanOrEqual(2);
    for (const chat of [2, 3])
      expect(new Set(api.chats.of(chat).map(({ text }) => text)).size).toBe(api.chats.of(chat).length);
  });
});

/** A store with one lease, which is taken away and given by hand. */
function hold(deps: Partial<HoldDeps> = {}) {
  const states: string[] = [];
  const grant = { mine: true };
  const store = { lease: async () => grant.mine, unlease: async () => void states.push('given back') };
  const held = holdChannel({
    ...{ store, holder: 'me', channel: 'test', log: keptLog(), pause: () => turn(), isFinal: () => false },
    changed: (state) => states.push(state),
    start: async () => ({ stop: async () => void states.push('stopped') }),
    ...deps,
  });
  onTestFinished(() => held.stop());
  const until = (state: string) => expect.poll(() => states).toContain(state);
  return { held, states, grant, until };
}

describe('holding an account', () => {
  test('it is stopped before it is given back', async () => {
    const { held, states, until } = hold();
    await until('started');
    await held.stop();
    expect(states).toEqual(['standby', 'started', 'stopped', 'standby', 'given back']);
  });

  test('a start that fails is tried again', async () => {
    let attempts = 0;
    const { held, states, until } = hold({
      start: async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('not yet');
        return { stop: async () => undefined };
      },
    });
    await until('started');
    expect(states).toEqual(['standby', 'failed', 'failed', 'started']);
    await held.stop();
  });

  test('a first start that only the operator can put right ends it', async () => {
    const { held } = hold({ start: () => Promise.reject(new Error('token')), isFinal: () => true });
    await expect(held.failed).rejects.toThrow('token');
  });

  test('nothing is sent at a moment at which somebody else may hold it', async () => {
    let held = true;
    const sent: string[] = [];
    const sender: Sender = {
      channel: 'test',
      send: async (chat) => (sent.push(chat), { kind: 'sent' }),
      parts: () => 3,
    };
    const guarded = heldSender(sender, () => held);
    expect(await guarded.send('test:1', { text: '' }, 0)).toEqual({ kind: 'sent' });
    held = false;
    expect(await guarded.send('test:2', { text: '' }, 0)).toMatchObject({ kind: 'later', scope: 'channel' });
    expect(sent).toEqual(['test:1']);
    expect(guarded.parts?.({ text: '' })).toBe(3);
  });
});

test('a channel that was left sends nothing, and goes on where it was when it is taken up again', async () => {
  const { dispatcher, assistant, store, time } = dispatchWorld();
  const own = dispatcher as OwnDispatcher;
  const sent: string[] = [];
  const sender = (name: string): Sender => ({
    channel: 'test',
    send: async (_chat, { text }) => (sent.push(`${name} ${text}`), { kind: 'sent' }),
  });
  const pass = () => time.runUntil(() => false, 5_000);
  own.attach(sender('first'));
  await say({ assistant, dispatcher }, 'test:1', '一');
  await pass();
  const left = own.detach('test');
  await pass();
  await left;
  await say({ assistant, dispatcher }, 'test:1', '二');
  await pass();
  expect(sent).toEqual(['first 1 一']);
  expect((await store.read('test:1'))?.outbox).toHaveLength(1);
  own.attach(sender('second'));
  await pass();
  expect(sent).toEqual(['first 1 一', 'second 2 二']);
  const stopped = own.stop();
  await pass();
  await stopped;
});
