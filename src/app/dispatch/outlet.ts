import { ChannelPace, type Lane } from '../../outreach/pacing-channel.ts';
import type { ChannelLimits } from '../../outreach/pacing-limits.ts';
import { FaultyDocument, type Outgoing } from '../ports.ts';
import type { Sender } from '../outports.ts';
import type { Counts } from './counts.ts';
import { Courier } from './courier.ts';
import { LOOK_EVERY_MS, type DispatchDeps, type Wait } from './deps.ts';
import { Pauses } from './pauses.ts';
import { Strikes } from './strikes.ts';
import { Turns } from './turns.ts';

/**
 * The way out of one channel: which chats have something to send, one after the other for each chat. Memory holds the
 * keys of chats; what is to be sent is read from the store when its turn is near.
 */
export class Outlet {
  private readonly deps: DispatchDeps;
  private readonly limits: ChannelLimits;
  private readonly hungry: () => void;
  private readonly pace: ChannelPace;
  private readonly turns: Turns;
  private readonly courier: Courier;
  /** Chats with replies that somebody waits for, and since when (UTC ms). */
  private readonly fast = new Map<string, number>();
  private readonly bulk = new Set<string>();
  private readonly busy = new Map<string, { readonly lane: Lane; readonly since: number }>();
  private readonly jobs = new Set<Promise<void>>();
  private readonly pauses: Pauses;
  /** Chats that got new replies while they were busy. */
  private readonly again = new Map<string, number>();
  /** What is to be said even if the chat's document cannot be read. */
  private readonly spoken = new Map<string, readonly Outgoing[]>();
  private wake: Wait | undefined;
  private bulkWaiting = 0;
  private overflown = false;
  private stopped = false;

  /** `hungry` is called when there is room for further chats. */
  constructor(deps: DispatchDeps, limits: ChannelLimits, sender: Sender, counts: Counts, hungry: () => void) {
    this.deps = deps;
    this.hungry = hungry;
    this.limits = limits;
    this.pace = new ChannelPace(limits.rates);
    this.turns = new Turns(this.pace, deps.timer, limits.inFlight);
    this.pauses = new Pauses(deps.timer);
    const strikes = new Strikes(deps, sender.channel, limits);
    const { turns, pauses } = this;
    this.courier = new Courier(deps, { limits, sender, turns, strikes, pauses, counts });
  }

  /** Replies to a message were stored. They come next, before everything unasked. */
  deliver(chat: string, outgoing: readonly Outgoing[]): void {
    if (outgoing.length === 0 || this.stopped) return;
    const before = this.spoken.get(chat);
    // Before it is offered: it may be taken up at once.
    this.spoken.set(chat, [...(before ?? []), ...outgoing]);
    if (this.offerReply(chat, this.deps.clock.now())) return;
    if (before) this.spoken.set(chat, before);
    else this.spoken.delete(chat);
  }

  /** The chat has replies waiting since then (UTC ms). False when there is no room: the store keeps them. */
  offerReply(chat: string, since: number): boolean {
    if (this.busy.has(chat)) {
      this.again.set(chat, this.again.get(chat) ?? since);
      this.turns.recall(chat);
    } else if (!this.fast.has(chat)) {
      if (this.fast.size >= this.limits.queue) {
        this.overflown = true;
        return false;
      }
      this.bulk.delete(chat);
      this.fast.set(chat, since);
    }
    this.pump();
    return true;
  }

  /** The chat has something to send. False when there is no room: the store keeps it. */
  offer(chat: string): boolean {
    if (this.knows(chat)) return true;
    if (this.bulk.size >= this.limits.queue || this.stopped) return false;
    this.bulk.add(chat);
    this.pump();
    return true;
  }

  knows(chat: string): boolean {
    return this.fast.has(chat) || this.bulk.has(chat) || this.busy.has(chat);
  }

  /** Whether further chats should be looked for in the store. */
  get wantsMore(): boolean {
    return !this.stopped && this.bulk.size <= this.limits.queue / 2;
  }

  /** Whether there was no room for replies, and there is now; asking takes note of it. */
  takeOverflow(): boolean {
    const over = this.overflown && this.fast.size <= this.limits.queue / 2;
    if (over) this.overflown = false;
    return over;
  }

  get queued(): number {
    return this.fast.size + this.bulk.size + this.busy.size;
  }

  /** Since when (UTC ms) the reply waits that waits longest; undefined when none does. */
  oldestReply(): number | undefined {
    const [first] = this.fast.values();
    const busy = [...this.busy.values()].flatMap(({ lane, since }) => (lane === 'fast' ? since : []));
    const all = [...busy, ...this.again.values(), ...(first === undefined ? [] : [first])];
    return all.length === 0 ? undefined : Math.min(...all);
  }

  /** Sends nothing any more; resolves when what is under way has ended and is noted. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.cancel();
    this.turns.close();
    this.pauses.end();
    while (this.jobs.size > 0) await Promise.all(this.jobs);
  }

  /** Starts what may start. */
  private pump(): void {
    if (this.stopped) return;
    this.wake?.cancel();
    for (const [chat, since] of this.fast) {
      if (this.busy.size >= this.limits.queue) break;
      this.fast.delete(chat);
      this.start(chat, 'fast', since);
    }
    const now = this.deps.timer.now();
    let at = this.pace.heldUntil;
    for (const chat of this.bulk) {
      if (this.bulkWaiting >= this.limits.ahead || this.pace.heldUntil > now) break;
      const free = this.pace.chatFreeAt(chat, 1, now);
      if (free === now) {
        this.bulk.delete(chat);
        this.bulkWaiting += 1;
        this.start(chat, 'bulk', now);
      } else if (free !== undefined) at = at > now ? Math.min(at, free) : free;
    }
    if (this.bulk.size > 0 && at > now && at < Infinity) this.wakeIn(at - now);
  }

  private wakeIn(ms: number): void {
    const wake = this.deps.timer.after(ms);
    this.wake = wake;
    void wake.done.then((passed) => {
      if (passed) this.pump();
    });
  }

  private start(chat: string, lane: Lane, since: number): void {
    this.busy.set(chat, { lane, since });
    const job = this.run(chat, lane).then((next) => {
      this.jobs.delete(job);
      this.busy.delete(chat);
      const replies = this.again.get(chat);
      this.again.delete(chat);
      if (replies !== undefined || next === 'fast') this.fast.set(chat, replies ?? since);
      else if (next === 'bulk') this.bulk.add(chat);
      this.pump();
      if (this.wantsMore) this.hungry();
    });
    this.jobs.add(job);
  }

  /** Sends one entry of the chat. Gives the lane in which the chat has more to send. Never rejects. */
  private async run(chat: string, lane: Lane): Promise<Lane | undefined> {
    let waiting = lane === 'bulk';
    const left = (): void => {
      if (!waiting) return;
      waiting = false;
      this.bulkWaiting -= 1;
      this.pump();
    };
    try {
      const spoken = this.spoken.get(chat);
      this.spoken.delete(chat);
      return await this.courier.carry(chat, spoken ?? [], left);
    } catch (error) {
      this.deps.log.warn('dispatch.store-failed', { chat, error: error instanceof Error ? error.name : typeof error });
      // What somebody waits for is tried again soon; everything else is found again in the store.
      if (lane === 'bulk' || error instanceof FaultyDocument) return undefined;
      return (await this.pauses.pause(LOOK_EVERY_MS)) ? 'fast' : undefined;
    } finally {
      left();
    }
  }
}
