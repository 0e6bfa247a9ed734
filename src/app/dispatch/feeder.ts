import type { Log, Store } from '../ports.ts';
import type { ChatDoc } from '../chatdoc.ts';
import { isUnasked, nextEntry } from './outbox.ts';
import type { Outlet } from './outlet.ts';

/** Keys asked for beyond those that are known already. */
const PAGE = 500;
/** Documents read side by side when replies are looked for. */
const READS = 8;
/** Replies are looked for among so many pending chats; those behind are reached in the order of the store. */
const SWEEP = 100_000;

export interface FeederDeps {
  readonly store: Pick<Store<ChatDoc>, 'read' | 'pending' | 'due'>;
  readonly log: Log;
  readonly outletOf: (chat: string) => Outlet | undefined;
}

/** What is found in one look at the store. */
export interface Look {
  /** The chat whose entries wait longest, as far as the store tells without reading documents. */
  readonly oldest: string | undefined;
  /** There is more than there was room for. */
  readonly more: boolean;
}

/**
 * Brings chats from the store to the ways out, as many as there is room for. The store gives keys from its head only,
 * where those stand that are in hand already or belong to nobody here: so many more are asked for.
 */
export class Feeder {
  private readonly deps: FeederDeps;

  constructor(deps: FeederDeps) {
    this.deps = deps;
  }

  /**
   * Offers pending chats, oldest first, and those due by now (UTC ms). `known` chats are in hand; when nobody is
   * `hungry`, only the head is looked at. Rejects with the store's error.
   */
  async look(now: number, known: number, hungry: boolean): Promise<Look> {
    const { store } = this.deps;
    const due = await this.page((limit) => store.due(now, limit), known, hungry);
    const pending = await this.page((limit) => store.pending(limit), known, hungry);
    return { oldest: pending.oldest ?? due.oldest, more: pending.more || due.more };
  }

  /** Finds the chats in which somebody waits for a reply, for replies do not queue behind what nobody asked for. */
  async sweep(now: number, wanted: (chat: string) => boolean): Promise<void> {
    const keys = (await this.deps.store.pending(SWEEP)).filter(wanted);
    for (let from = 0; from < keys.length; from += READS)
      await Promise.all(keys.slice(from, from + READS).map((chat) => this.takeReplies(chat, now)));
  }

  private async takeReplies(chat: string, now: number): Promise<void> {
    const outlet = this.deps.outletOf(chat);
    if (!outlet) return;
    try {
      const doc = await this.deps.store.read(chat);
      const entry = doc && nextEntry(doc, now);
      if (entry && !isUnasked(entry)) outlet.offerReply(chat, entry.at);
    } catch (error) {
      // One chat that cannot be read keeps nobody else waiting; it was quarantined, or is found again later.
      this.deps.log.warn('dispatch.sweep-failed', { chat, error: error instanceof Error ? error.name : typeof error });
    }
  }

  private async page(list: (limit: number) => Promise<string[]>, known: number, hungry: boolean): Promise<Look> {
    for (let limit = known + PAGE; ; limit *= 2) {
      const keys = await list(limit);
      const ours = keys.filter((key) => this.deps.outletOf(key) !== undefined);
      const fresh = ours.filter((key) => this.deps.outletOf(key)?.knows(key) === false);
      const taken = fresh.filter((key) => this.deps.outletOf(key)?.offer(key) === true).length;
      const isAll = keys.length < limit;
      if (taken === 0 && !isAll && hungry) continue;
      return { oldest: ours[0], more: !isAll || taken < fresh.length };
    }
  }
}
