import { PaceWindow, type Rate } from './pacing.ts';

/** The limits of one platform account. */
export interface ChannelRates {
  /** Over all chats together. */
  readonly account: Rate;
  /** Further limits over all chats together, such as a gap between any two messages. */
  readonly further?: readonly Rate[];
  /** To one chat. */
  readonly chat: Rate;
  /** To one group, besides; `matches` says by the chat's id (what follows the channel) which chats are groups. */
  readonly group?: Rate & { readonly matches: RegExp };
}

/** Replies that somebody waits for are fast; everything else is bulk. */
export type Lane = 'fast' | 'bulk';

interface ChatPace {
  readonly windows: readonly PaceWindow[];
  /** The platform asked to leave the chat alone until then. */
  heldUntil: number;
}

/**
 * Bulk leaves a little faster than evenly over the window. At once, all its places would come free at once as well, and
 * a reply that comes between would wait for most of a window; exactly evenly, time lost would never be made good.
 */
const EVENLY = 0.9;
const PRUNE_FROM = 1_000;

/**
 * When the next message of an account may leave: its own limit, the chat's and the group's, and what the platform said.
 * After it stopped the account, and at the start, when an earlier process may have been stopped, a single message goes
 * first. Instants are ms of a clock that never goes back.
 */
export class ChannelPace {
  private readonly rates: ChannelRates;
  private readonly account: readonly PaceWindow[];
  private readonly chats = new Map<string, ChatPace>();
  private readonly bulkGap: number;
  private nextBulk = -Infinity;
  private held = -Infinity;
  private probe: 'none' | 'due' | 'flying' = 'due';
  private pruneAt = PRUNE_FROM;

  constructor(rates: ChannelRates) {
    this.rates = rates;
    this.account = [rates.account, ...(rates.further ?? [])].map((rate) => new PaceWindow(rate));
    this.bulkGap = (EVENLY * rates.account.perMs) / rates.account.messages;
  }

  /** When the account takes so many messages more; undefined while that depends on an answer to come. */
  accountFreeAt(lane: Lane, count: number, now: number): number | undefined {
    if (this.probe === 'flying') return undefined;
    let at = Math.max(now, this.held, lane === 'bulk' ? this.nextBulk : now);
    for (const window of this.account) {
      const free = window.freeAt(now, count);
      if (free === undefined) return undefined;
      at = Math.max(at, free);
    }
    return at;
  }

  /** When the chat takes so many messages more, apart from the account; undefined while that depends on an answer. */
  chatFreeAt(chat: string, count: number, now: number): number | undefined {
    const pace = this.chats.get(chat);
    if (!pace) return now;
    let at = Math.max(now, pace.heldUntil);
    for (const window of pace.windows) {
      const free = window.freeAt(now, count);
      if (free === undefined) return undefined;
      at = Math.max(at, free);
    }
    return at;
  }

  /** So many messages leave for the chat. */
  leave(chat: string, lane: Lane, count: number, now: number): void {
    for (const window of this.account) window.leave(count);
    for (const window of this.paceOf(chat, now).windows) window.leave(count);
    if (lane === 'bulk') this.nextBulk = now + count * this.bulkGap;
    if (this.probe === 'due') this.probe = 'flying';
  }

  /** They are answered, whatever the answer is. */
  answered(chat: string, count: number, now: number): void {
    for (const window of this.account) window.answered(now, count);
    for (const window of this.paceOf(chat, now).windows) window.answered(now, count);
    if (this.probe === 'flying') this.probe = 'none';
  }

  /** Nothing may leave before the instant. */
  holdAccount(until: number): void {
    this.held = Math.max(this.held, until);
    this.probe = 'due';
  }

  /** Nothing may leave for the chat before the instant. */
  holdChat(chat: string, until: number, now: number): void {
    const pace = this.paceOf(chat, now);
    pace.heldUntil = Math.max(pace.heldUntil, until);
  }

  /** Before this instant nothing may leave. */
  get heldUntil(): number {
    return this.held;
  }

  /** How many chats are remembered, for the sake of memory. */
  get chatsKnown(): number {
    return this.chats.size;
  }

  private paceOf(chat: string, now: number): ChatPace {
    const known = this.chats.get(chat);
    if (known) return known;
    this.prune(now);
    const { chat: rate, group } = this.rates;
    const id = chat.slice(chat.indexOf(':') + 1);
    const windows = [new PaceWindow(rate), ...(group?.matches.test(id) === true ? [new PaceWindow(group)] : [])];
    const pace = { windows, heldUntil: -Infinity };
    this.chats.set(chat, pace);
    return pace;
  }

  /** Forgets chats that nothing holds back, now and then, so that memory follows what is going on. */
  private prune(now: number): void {
    if (this.chats.size < this.pruneAt) return;
    for (const [chat, { windows, heldUntil }] of this.chats)
      if (heldUntil <= now && windows.every((window) => window.isIdle(now))) this.chats.delete(chat);
    this.pruneAt = Math.max(PRUNE_FROM, 2 * this.chats.size);
  }
}
