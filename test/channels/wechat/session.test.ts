import { afterEach, describe, expect, test } from 'vitest';
import type { SessionDeps } from '../../../src/channels/wechat/line.ts';
import type { BotEvents, Puppet } from '../../../src/channels/wechat/puppet.ts';
import { Session } from '../../../src/channels/wechat/session.ts';
import { keptLog } from '../../app/support.ts';
import { until } from '../../support/wechat/start.ts';

/** A session that is told what to do. */
class FakeBot {
  readonly events: BotEvents;
  readonly puppet: Puppet;
  started = false;
  ended = false;
  alive = true;
  isLoggedIn = false;
  startFault: Error | undefined;

  constructor(events: BotEvents) {
    this.events = events;
    const isLoggedIn = (): boolean => this.isLoggedIn;
    this.puppet = {
      get isLoggedIn() {
        return isLoggedIn();
      },
      currentUserId: 'self',
      contactPayload: async () => ({ id: 'self' }),
      ding: (data: string) => {
        if (this.alive) setImmediate(() => events.dong(data));
      },
    } as unknown as Puppet;
  }

  async start(): Promise<void> {
    if (this.startFault) throw this.startFault;
    this.started = true;
  }

  async stop(): Promise<void> {
    this.ended = true;
  }

  login(): void {
    this.isLoggedIn = true;
    this.events.login();
  }
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function begin(prepare: (bot: FakeBot, number: number) => void = () => undefined) {
  const bots: FakeBot[] = [];
  const told: string[] = [];
  const codes: string[] = [];
  let overlap = false;
  const deps: SessionDeps = {
    open: async (events) => {
      overlap ||= bots.some((bot) => !bot.ended);
      const bot = new FakeBot(events);
      bots.push(bot);
      prepare(bot, bots.length);
      return bot;
    },
    log: keptLog(),
    times: { probeEvery: 20, probeWithin: 50, startWithin: 200, retryFirst: 1, retryCap: 5, codeWithin: 150 },
    showCode: (code) => codes.push(code),
    online: () => told.push('online'),
    offline: (trouble) => told.push(trouble),
    message: (id) => told.push(`message ${id}`),
    friendship: () => undefined,
  };
  const session = new Session(deps);
  stops.push(() => session.stop());
  return { session, bots, told, codes, overlaps: () => overlap };
}

const loggedIn = (bot: FakeBot): void => {
  bot.isLoggedIn = true;
};

describe('a session', () => {
  test('that says it is logged in and is dead: held, told once, ended, and begun anew', async () => {
    const { session, bots, told, overlaps } = begin(loggedIn);
    await session.start();
    expect(await session.ready(1_000)).toBe(bots[0]?.puppet);
    bots[0]!.alive = false;
    await until(() => expect(told).toEqual(['online', 'dead', 'online']));
    expect(bots[0]?.ended).toBe(true);
    expect(overlaps()).toBe(false);
    expect(await session.ready(0)).toBe(bots[1]?.puppet);
  });

  test('whose calls never end is dead as well, though its puppet answers', async () => {
    const { session, bots, told } = begin(loggedIn);
    await session.start();
    await session.ready(1_000);
    for (let call = 0; call < 3; call += 1) session.suspect();
    await until(() => expect(told).toEqual(['online', 'dead', 'online']));
    expect(bots).toHaveLength(2);
  });

  test('a call that comes through ends the suspicion', async () => {
    const { session, bots, told } = begin(loggedIn);
    await session.start();
    await session.ready(1_000);
    for (let call = 0; call < 20; call += 1) {
      session.suspect();
      session.worked();
    }
    expect(await session.ready(0)).toBe(bots[0]?.puppet);
    expect(told).toEqual(['online']);
  });

  test('is asked after a call whether it still lives; dead, it is begun anew', async () => {
    const { session, bots, told } = begin(loggedIn);
    await session.start();
    const puppet = (await session.ready(1_000))!;
    expect(await Promise.all([session.lives(puppet), session.lives(puppet)])).toEqual([true, true]);
    bots[0]!.alive = false;
    expect(await session.lives(puppet)).toBe(false);
    await until(() => expect(told).toEqual(['online', 'dead', 'online']));
    // Of a session that was ended nothing is known any more.
    expect(await session.lives(puppet)).toBe(false);
  });

  test('that is logged out is held until somebody logs in, with a new code', async () => {
    const { session, bots, told, codes } = begin(loggedIn);
    await session.start();
    await session.ready(1_000);
    bots[0]!.isLoggedIn = false;
    bots[0]!.events.logout();
    expect(await session.ready(0)).toBeUndefined();
    bots[0]!.events.scan('again');
    expect(codes).toEqual(['again']);
    bots[0]!.login();
    expect(await session.ready(1_000)).toBe(bots[0]?.puppet);
    expect(told).toEqual(['online', 'logged-out', 'online']);
  });

  test('that shows no code for long is begun anew', async () => {
    const { session, bots, overlaps } = begin((bot, number) => {
      if (number === 2) bot.isLoggedIn = true;
    });
    await session.start();
    await until(() => expect(bots).toHaveLength(2));
    expect(await session.ready(1_000)).toBe(bots[1]?.puppet);
    expect(overlaps()).toBe(false);
  });

  test('that does not start is tried again', async () => {
    const { session, bots, told } = begin((bot, number) => {
      if (number < 4) bot.startFault = new Error('no');
      else bot.isLoggedIn = true;
    });
    await session.start();
    await session.ready(2_000);
    expect(bots).toHaveLength(4);
    expect(told).toEqual(['not-started', 'online']);
  });

  test('what an ended session still reports is not heard', async () => {
    const { session, bots, told } = begin(loggedIn);
    await session.start();
    await session.ready(1_000);
    bots[0]!.events.message('m1');
    bots[0]!.alive = false;
    await until(() => expect(bots).toHaveLength(2));
    await session.ready(1_000);
    bots[0]!.events.message('m2');
    bots[0]!.events.logout();
    bots[1]!.events.message('m3');
    expect(told).toEqual(['online', 'message m1', 'dead', 'online', 'message m3']);
  });

  test('ends at once, whatever it is waiting for', async () => {
    const { session, bots } = begin((bot) => {
      bot.alive = false;
    });
    await session.start();
    const waiting = session.ready(60_000);
    await session.stop();
    expect(await waiting).toBeUndefined();
    expect(bots[0]?.ended).toBe(true);
  });
});
