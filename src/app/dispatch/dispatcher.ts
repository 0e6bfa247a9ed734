import type { Outgoing } from '../ports.ts';
import type { Account, DispatchFigures, Dispatcher, Sender } from '../outports.ts';
import { Counts } from './counts.ts';
import { LOOK_EVERY_MS, type DispatchDeps } from './deps.ts';
import { Feeder } from './feeder.ts';
import { Outlet } from './outlet.ts';
import { Pauses } from './pauses.ts';

/** A dispatcher whose channels may be left to another process. */
export interface OwnDispatcher extends Dispatcher {
  /** Closes the way out of a channel; resolves when what is under way has ended and is noted. It may be opened again. */
  detach(channel: string): Promise<void>;
  /** What bounds the account of a channel that is attached here; undefined for others. */
  account(channel: string): Account | undefined;
}

/** The ways out of all channels of this process, fed from one store. */
class OneDispatcher implements OwnDispatcher {
  private readonly deps: DispatchDeps;
  private readonly outlets = new Map<string, Outlet>();
  private readonly accounts = new Map<string, Account>();
  private readonly counts = new Counts();
  private readonly feeder: Feeder;
  private readonly pauses: Pauses;
  private readonly sweeps = new Set<Promise<void>>();
  private running: Promise<void> | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private more = false;
  private oldest: number | undefined;
  private stopped = false;

  constructor(deps: DispatchDeps) {
    this.deps = deps;
    this.pauses = new Pauses(deps.timer);
    this.feeder = new Feeder({ store: deps.store, log: deps.log, outletOf: (chat) => this.outletOf(chat) });
  }

  attach(sender: Sender): void {
    const { account, channel } = sender;
    const limits = this.deps.limits(channel);
    if (!limits) throw new Error(`there are no limits for the channel ${channel}`);
    if (this.outlets.has(channel)) throw new Error(`the channel ${channel} is attached already`);
    this.outlets.set(
      channel,
      new Outlet(this.deps, limits, sender, this.counts, () => {
        if (this.more) this.nudge();
      }),
    );
    if (account) this.accounts.set(channel, account);
    this.sweep(channel);
    this.running ??= this.keepLooking();
    this.nudge();
  }

  async detach(channel: string): Promise<void> {
    const outlet = this.outlets.get(channel);
    this.accounts.delete(channel);
    await outlet?.stop();
    if (outlet) this.outlets.delete(channel);
  }

  account(channel: string): Account | undefined {
    return this.accounts.get(channel);
  }

  deliver(chat: string, outgoing: readonly Outgoing[]): void {
    this.outletOf(chat)?.deliver(chat, outgoing);
  }

  nudge(): void {
    if (this.stopped) return;
    if (this.looking) this.lookAgain = true;
    else this.looking = this.look();
  }

  figures(): DispatchFigures {
    const now = this.deps.clock.now();
    const outlets = [...this.outlets.values()];
    const replies = outlets.flatMap((outlet) => outlet.oldestReply() ?? []);
    const age = (since: readonly number[]): number => (since.length === 0 ? 0 : Math.max(0, now - Math.min(...since)));
    const { sent, failed, ambiguous, later } = this.counts;
    return {
      queued: outlets.reduce((sum, { queued }) => sum + queued, 0),
      more: this.more,
      oldestReplyAgeMs: age(replies),
      oldestAgeMs: age([...replies, ...(this.oldest === undefined ? [] : [this.oldest])]),
      sent,
      failed,
      ambiguous,
      retries429: later,
    };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.pauses.end();
    await Promise.all([...this.outlets.values()].map((outlet) => outlet.stop()));
    await Promise.all([this.running, this.looking, ...this.sweeps]);
  }

  private outletOf(chat: string): Outlet | undefined {
    return this.outlets.get(chat.slice(0, chat.indexOf(':')));
  }

  private async keepLooking(): Promise<void> {
    while (await this.pauses.pause(LOOK_EVERY_MS)) {
      this.nudge();
      for (const [channel, outlet] of this.outlets) if (outlet.takeOverflow()) this.sweep(channel);
    }
  }

  private async look(): Promise<void> {
    await this.lookOnce();
    this.looking = undefined;
    if (!this.lookAgain) return;
    this.lookAgain = false;
    this.nudge();
  }

  private async lookOnce(): Promise<void> {
    const outlets = [...this.outlets.values()];
    const known = outlets.reduce((sum, { queued }) => sum + queued, 0);
    const hungry = outlets.some(({ wantsMore }) => wantsMore);
    try {
      const { oldest, more } = await this.feeder.look(this.deps.clock.now(), known, hungry);
      const doc = oldest === undefined ? undefined : await this.deps.store.read(oldest);
      this.more = more;
      this.oldest = doc && doc.outbox.length > 0 ? Math.min(...doc.outbox.map(({ at }) => at)) : undefined;
    } catch (error) {
      this.deps.log.warn('dispatch.look-failed', { error: error instanceof Error ? error.name : typeof error });
    }
  }

  private sweep(channel: string): void {
    const wanted = (chat: string): boolean => !this.stopped && chat.startsWith(`${channel}:`);
    const sweeping = this.feeder.sweep(this.deps.clock.now(), wanted).catch((error: unknown) => {
      this.deps.log.warn('dispatch.look-failed', { error: error instanceof Error ? error.name : typeof error });
    });
    this.sweeps.add(sweeping);
    void sweeping.then(() => this.sweeps.delete(sweeping));
  }
}

/**
 * The way out of every channel that can write at any time. One per store and process; with several processes on one
 * store, at most one may have a channel's account attached.
 */
export function createDispatcher(deps: DispatchDeps): OwnDispatcher {
  return new OneDispatcher(deps);
}
