import { Bell, bounded, codeOf } from './bounded.ts';
import { guarded } from './guard.ts';
import { Probe } from './probe.ts';
import type { Line, SessionDeps } from './line.ts';
import type { Bot, Puppet } from './puppet.ts';
import type { Trouble } from './words.ts';

/** So many calls in a row that do not end show that an account is dead, whatever its puppet says. */
const DEAF_CALLS = 3;
/** A single miss may be a slow network. */
const MISSES = 2;
/** A process that is to end does not wait longer for its session (ms). */
const LAST_END_MS = 4_000;

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
  private starting: Promise<void> | undefined;
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

  async lives(puppet: Puppet): Promise<boolean> {
    const { bot, probe } = this;
    if (!probe || bot?.puppet !== puppet || !this.isOnline) return false;
    const alive = await probe.lives(this.ending.signal, () => this.bell.ring());
    // Nothing spoke against it when the work was ended.
    return this.isStopped() || (alive && puppet.isLoggedIn);
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
      const wasOnline = bot !== undefined && (await this.live(bot));
      if (wasOnline) failures = 0;
      await this.end();
      if (this.isStopped()) return;
      this.lost(wasOnline ? 'dead' : 'not-started');
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
    const { deps } = this;
    const own: { bot?: Bot } = {};
    const isPresent = (): boolean => own.bot !== undefined && own.bot === this.bot && !this.stopped;
    const ifMine = guarded(deps.log, () => (isPresent() ? own.bot?.puppet : undefined));
    const bot = await deps.open({
      scan: (code) =>
        ifMine(() => {
          this.codeAt = performance.now();
          deps.showCode(code);
        }),
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
    own.bot = bot;
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
      const starting = bot.start();
      this.starting = starting.catch(() => undefined);
      await bounded(times.startWithin, () => starting, this.ending.signal);
    } catch (error) {
      log.warn('wechat.not-started', { error: codeOf(error) });
      return false;
    }
    for (let misses = 0; !this.stopped;) {
      const alive = (await this.probe?.ask(this.ending.signal)) === true && this.failedCalls < DEAF_CALLS;
      if (this.isStopped()) break;
      misses = alive ? 0 : misses + 1;
      if (misses > 0) this.lost(everOnline ? 'dead' : 'not-started');
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
    const { bot, starting } = this;
    if (!bot) return;
    this.bot = undefined;
    this.probe = undefined;
    this.isOnline = false;
    const { startWithin } = this.deps.times;
    try {
      await bounded(this.stopped ? Math.min(startWithin, LAST_END_MS) : startWithin, async () => {
        // Ended while it starts, a puppet would go on starting, and stay.
        await starting;
        await bot.stop();
      });
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

  private loggedOut(): void {
    this.codeAt = performance.now();
    this.lost('logged-out');
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}
