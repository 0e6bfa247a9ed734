import type { Lane } from '../../outreach/pacing-channel.ts';
import type { ChannelLimits } from '../../outreach/pacing-limits.ts';
import { FaultyDocument, type Outgoing } from '../ports.ts';
import type { Sender, Sent } from '../outports.ts';
import type { Counts } from './counts.ts';
import { LOOK_EVERY_MS, type AlarmKind, type DispatchDeps } from './deps.ts';
import type { OutboxEntry } from './entry.ts';
import { isUnasked, nextEntry, type KeepSource } from './outbox.ts';
import type { Pauses } from './pauses.ts';
import { prepare, type PrepareDeps } from './prepare.ts';
import { PUT_BACK, settled, settlementOf, type Settlement } from './settle.ts';
import type { Strikes } from './strikes.ts';
import type { Turns } from './turns.ts';

/** What carrying a channel's messages needs besides the ports. */
export interface CourierParts {
  readonly limits: ChannelLimits;
  readonly sender: Sender;
  readonly turns: Turns;
  readonly strikes: Strikes;
  readonly pauses: Pauses;
  readonly counts: Counts;
}

interface Noted {
  readonly next?: Lane;
  /** Ids that are not in the outbox any more. */
  readonly gone: readonly string[];
}

/** Carries one entry at a time from the store to the platform, and what became of it back into the store. */
export class Courier {
  private readonly deps: DispatchDeps;
  private readonly parts: CourierParts;
  private readonly preparing: PrepareDeps;
  private readonly keep: KeepSource;

  constructor(deps: DispatchDeps, parts: CourierParts) {
    this.deps = deps;
    this.parts = parts;
    this.keep = deps.keepSource ?? (() => false);
    this.preparing = {
      ...deps,
      mayGo: async ({ part = 0, reply, source }, chat, doc) => {
        const go = (await deps.mayGo?.(source, chat, doc)) ?? true;
        const { account } = parts.sender;
        return go === true && account ? account.mayLeave(chat, account.messagesOf(reply) - part) : go;
      },
      keepSource: this.keep,
      tries: parts.limits.retry.tries,
      closed: ({ source }, closing) => {
        if (closing === 'exhausted') this.alarm('gave-up', source);
        if (closing !== 'cancelled') parts.counts.failed += 1;
      },
    };
  }

  /**
   * Sends the chat's next entry, if there is one now, and gives the lane in which there is more. `left` is called when
   * it leaves. `spoken` is said when the chat's document cannot be read. @throws the store's error when reading fails.
   */
  async carry(chat: string, spoken: readonly Outgoing[], left: () => void): Promise<Lane | undefined> {
    let entry: OutboxEntry | undefined;
    try {
      entry = await prepare(this.preparing, chat);
    } catch (error) {
      if (!(error instanceof FaultyDocument)) throw error;
      for (const { id, reply } of spoken) await this.attempt(chat, { id, reply, at: 0 }, left, async () => undefined);
      return undefined;
    }
    return entry && this.attempt(chat, entry, left, (settlement) => this.note(chat, entry, settlement));
  }

  private async attempt(
    chat: string,
    entry: OutboxEntry,
    left: () => void,
    note: (settlement: Settlement) => Promise<Lane | undefined>,
  ): Promise<Lane | undefined> {
    const { limits, sender, strikes, turns } = this.parts;
    const lane = isUnasked(entry) ? 'bulk' : 'fast';
    const count = Math.max(1, (sender.parts?.(entry.reply) ?? 1) - (entry.part ?? 0));
    if ((await turns.wait(chat, lane, count)) === 'back') return note(PUT_BACK);
    try {
      left();
      const sent = await this.send(chat, entry);
      const settlement = settlementOf(entry, sent, limits.retry, this.deps.clock.now(), this.deps.random());
      const chatMs = settlement.kind === 'stays' ? settlement.holdMs : undefined;
      // Before anybody else may leave: what the platform has just asked for holds for all.
      turns.answered(chat, count, { accountMs: strikes.holdMs(sent), chatMs });
      this.count(entry, sent, settlement);
      if (sent.kind === 'sent') this.deps.handover.report(chat, [entry.id]);
      return await note(settlement);
    } finally {
      turns.noted();
    }
  }

  /** One attempt with a bound on its time. Never rejects. */
  private async send(chat: string, entry: OutboxEntry): Promise<Sent> {
    const limit = this.deps.timer.after(this.parts.limits.sendTimeoutMs);
    const late = limit.done.then((): Sent => ({ kind: 'ambiguous' }));
    try {
      return await Promise.race([this.parts.sender.send(chat, entry.reply, entry.part ?? 0, isUnasked(entry)), late]);
    } catch (error) {
      this.deps.log.error('dispatch.sender-failed', {
        chat,
        error: error instanceof Error ? error.name : typeof error,
      });
      return { kind: 'ambiguous' };
    } finally {
      limit.cancel();
    }
  }

  /** Stores what became of the entry, however long that takes; only the end of the work leaves it to the next start. */
  private async note(chat: string, entry: OutboxEntry, settlement: Settlement): Promise<Lane | undefined> {
    const { clock, handover, log, store } = this.deps;
    for (;;) {
      try {
        const { next, gone } = await store.update(chat, (doc) => {
          const now = clock.now();
          const changed = doc && settled(doc, entry.id, settlement, now, this.keep);
          const result = changed ? notedOf(doc.outbox, changed.outbox, nextEntry(changed, now)) : { gone: [] };
          return changed === doc ? { result } : { doc: changed, result };
        });
        handover.noted(chat, [entry.id, ...gone]);
        return next;
      } catch (error) {
        log.warn('dispatch.not-noted', { chat, error: error instanceof Error ? error.name : typeof error });
        if (error instanceof FaultyDocument || !(await this.parts.pauses.pause(LOOK_EVERY_MS))) return undefined;
      }
    }
  }

  private count(entry: OutboxEntry, sent: Sent, settlement: Settlement): void {
    const { counts } = this.parts;
    if (sent.kind === 'sent') counts.sent += 1;
    else if (sent.kind === 'later') counts.later += 1;
    else if (sent.kind === 'ambiguous') counts.ambiguous += 1;
    if (settlement.kind === 'unreachable') counts.failed += 1;
    if (settlement.kind !== 'closed') return;
    const { outcome } = settlement;
    if (outcome !== 'refused' && outcome !== 'gave-up') return;
    counts.failed += 1;
    this.alarm(outcome, entry.source, sent.kind === 'refused' ? sent.reason : undefined);
  }

  private alarm(kind: AlarmKind, source = 'reply', reason?: string): void {
    const fields = { channel: this.parts.sender.channel, source, ...(reason === undefined ? {} : { reason }) };
    this.deps.log.error(`dispatch.${kind}`, fields);
    this.deps.alarm?.(kind, fields);
  }
}

function notedOf(before: readonly OutboxEntry[], after: readonly OutboxEntry[], next: OutboxEntry | undefined): Noted {
  const left = new Set(after.map(({ id }) => id));
  const gone = before.flatMap(({ id }) => (left.has(id) ? [] : id));
  return next ? { gone, next: isUnasked(next) ? 'bulk' : 'fast' } : { gone };
}
