import type { Log } from '../../app/ports.ts';
import { Bell, bounded, codeOf } from './bounded.ts';
import { Probe } from './probe.ts';
import type { Bot, OpenBot, Puppet } from './puppet.ts';
import type { Trouble } from './words.ts';

/** Durations in ms. */
export interface SessionTimes {
  /** Between two looks at whether the session is alive. */
  readonly probeEvery: number;
  /** A puppet that has not answered by then does not. */
  readonly probeWithin: number;
  /** For a start or an end of a session; the library has bounds of its own, which are shorter. */
  readonly startWithin: number;
  /** The first pause before another attempt; it doubles. */
  readonly retryFirst: number;
  readonly retryCap: number;
  /** Logged out and no new code shown for so long, a session is begun anew. */
  readonly codeWithin: number;
}

export interface SessionDeps {
  readonly open: OpenBot;
  readonly log: Log;
  readonly times: SessionTimes;
  /** Shows a login code to the operator. */
  readonly showCode: (code: string) => void;
  /** The account is logged in and answers. */
  readonly online: (puppet: Puppet) => void;
  /** Nothing can be sent any more; said once until it is online again. */
  readonly offline: (trouble: Trouble) => void;
  readonly message: (messageId: string, puppet: Puppet) => void;
  readonly friendship: (friendshipId: string, puppet: Puppet) => void;
}

/** The account, as those see it who send. */
export interface Line {
  /** The puppet once it can send, or undefined when that takes longer than so long (ms). */
  ready(waitMs: number): Promise<Puppet | undefined>;
  /** A call has come through. */
  worked(): void;
  /** A call has not ended: perhaps the account only looks alive. */
  suspect(): void;
}

/** So many calls in a row that do not end show that an account is dead, whatever its puppet says. */
const DEAF_CALLS = 3;
/** A single miss may be a slow network. */
const MISSES = 2;

/**
 * Keeps one account logged in: one session at a time, each ended before the next is begun, and watched with questions
 * that only a living puppet answers.
 */
export class Session implements Line {
  private readonly deps: SessionDeps;
  private readonly bell = new Bell();
  private readonly changed = new Bell();
  private readonly ending = new AbortController();
  private bot: Bot | undefined;
  private probe: Probe | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;
  private isOnline = false;
  private told = false;
  private failedCalls = 0;
  private codeAt = 0;

  constructor(deps: SessionDeps) {
    this.deps = deps;
  }

  /** Makes the first session and begins. @throws WechatFault when that cannot be. */
  async start(): Promise<void> {
    const first = await this.open();
    this.running = this.keep(first);
  }

  /** Ends the session; nothing is begun any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.isOnline = false;
    this.ending.abort();
    this.bell.ring();
    this.changed.ring();
    await this.running;
  }

  async ready(waitMs: number): Promise<Puppet | undefined> {
    const until = performance.now() + waitMs;
    while (!this.stopped && !this.isOnline && performance.now() < until)
      await this.changed.wait(until - performance.now());
    return this.isOnline ? this.bot?.puppet : undefined;
  }

  worked(): void {
    this.failedCalls = 0;
  }

  suspect(): void {
    this.failedCalls += 1;
    this.bell.ring();
  }

  private async keep(first: Bot): Promise<void> {
    const { log, times } = this.deps;
    let bot: Bot | undefined = first;
    for (let failures = 0; !this.stopped; failures += 1) {
      if (bot && (await this.live(bot))) failures = 0;
      await this.end();
      if (this.isStopped()) return;
      this.lost('dead');
      await this.bell.wait(Math.min(times.retryFirst * 2 ** Math.min(failures, 20), times.retryCap));
      if (this.isStopped()) return;
      bot = await this.open().catch((error: unknown) => {
        log.warn('wechat.not-opened', { error: codeOf(error) });
        return undefined;
      });
    }
    await this.end();
  }

  private async open(): Promise<Bot> {
    // What a session that was ended still reports is nobody's business any more.
    let mine: Bot | undefined;
    const ifMine = (work: (puppet: Puppet) => void): void => {
      if (mine !== undefined && mine === this.bot && !this.stopped) work(mine.puppet);
    };
    const { deps } = this;
    const bot = await deps.open({
      scan: (code) => ifMine(() => this.scanned(code)),
      login: () => ifMine(() => this.bell.ring()),
      logout: () => ifMine(() => this.loggedOut()),
      message: (id) => ifMine((puppet) => deps.message(id, puppet)),
      friendship: (id) => ifMine((puppet) => deps.friendship(id, puppet)),
      dong: (data) => ifMine(() => this.probe?.answered(data)),
      error: (code) =>
        ifMine(() => {
          deps.log.warn('wechat.puppet-error', { code });
          this.bell.ring();
        }),
    });
    mine = bot;
    this.bot = bot;
    this.probe = new Probe(bot.puppet, deps.times.probeWithin);
    this.codeAt = performance.now();
    return bot;
  }

  /** Starts a session and watches it until it is dead or the work ends. @returns whether it was ever online. */
  private async live(bot: Bot): Promise<boolean> {
    const { log, times } = this.deps;
    let everOnline = false;
    this.failedCalls = 0;
    try {
      await bounded(times.startWithin, () => bot.start(), this.ending.signal);
    } catch (error) {
      log.warn('wechat.not-started', { error: codeOf(error) });
      return false;
    }
    for (let misses = 0; !this.stopped; ) {
      const alive = (await this.probe?.ask(this.ending.signal)) === true && this.failedCalls < DEAF_CALLS;
      if (this.isStopped()) break;
      misses = alive ? 0 : misses + 1;
      if (misses > 0) this.lost('dead');
      else if (bot.puppet.isLoggedIn) {
        everOnline = true;
        this.came(bot.puppet);
      } else if (performance.now() - this.codeAt > times.codeWithin) misses = MISSES;
      if (misses >= MISSES || this.failedCalls >= DEAF_CALLS) break;
      // A miss is looked into at once.
      if (misses === 0) await this.bell.wait(times.probeEvery);
    }
    return everOnline;
  }

  /** Ends the present session, however it takes that; the next must not begin beside it. */
  private async end(): Promise<void> {
    const { bot } = this;
    if (!bot) return;
    this.bot = undefined;
    this.probe = undefined;
    this.isOnline = false;
    try {
      await bounded(this.deps.times.startWithin, () => bot.stop());
    } catch (error) {
      this.deps.log.warn('wechat.not-ended', { error: codeOf(error) });
    }
  }

  private came(puppet: Puppet): void {
    if (this.isOnline) return;
    this.isOnline = true;
    this.told = false;
    this.deps.log.info('wechat.online');
    this.deps.online(puppet);
    this.changed.ring();
  }

  private lost(trouble: Trouble): void {
    const wasOnline = this.isOnline;
    this.isOnline = false;
    if (this.told) return;
    this.told = true;
    this.deps.log.warn('wechat.offline', { trouble, wasOnline });
    this.deps.offline(trouble);
  }

  private scanned(code: string): void {
    this.codeAt = performance.now();
    this.deps.showCode(code);
  }

  private loggedOut(): void {
    this.codeAt = performance.now();
    this.lost('logged-out');
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}
