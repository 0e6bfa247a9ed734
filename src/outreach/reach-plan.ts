import { civilDateOf } from '../policy/dates.ts';
import type { Rate } from './pacing.ts';
import type { OpenWindow } from './reach-window.ts';

/** Why somebody cannot be written to. */
export type NotReached = 'blocked' | 'deactivated' | 'unknown-chat' | 'window-closed' | 'never-wrote';

/** Somebody a message is meant for. */
export interface Recipient {
  /** Whoever it is, by a name of the caller's own; different for each. */
  readonly chat: string;
  /** Known to be out of reach. */
  readonly unreachable?: NotReached;
  /** Where an account may write only for some time: the window that is open now. Absent there: none is. */
  readonly window?: OpenWindow;
}

/** What an account may send. */
export interface ReachLimits {
  readonly account: Rate;
  /** Between any two messages (ms). */
  readonly gapMs: number;
  /** Messages a day, by Beijing's calendar. */
  readonly perDay: number;
  /** The account may write only while a window is open. */
  readonly windowed: boolean;
  /** The hours of the day in which something unasked is sent: ms since midnight in Beijing. */
  readonly hours: { readonly from: number; readonly until: number };
}

export interface ReachNow {
  /** UTC ms. */
  readonly now: number;
  /** Messages that count for today already. */
  readonly usedToday: number;
  /** Messages that wait already and leave before. Absent: none. */
  readonly ahead?: number;
  /** Platform messages that one recipient takes. */
  readonly messages: number;
}

/** Who is reached when. Every recipient is in exactly one of the two lists. */
export interface ReachPlan {
  /** In the order of sending. `at`: UTC ms. */
  readonly sends: readonly { readonly chat: string; readonly at: number }[];
  /** `until` (UTC ms): their window is open, and closes before there is a place for them. */
  readonly unreachable: readonly { readonly chat: string; readonly reason: NotReached; readonly until?: number }[];
  /** How many are reached on each Beijing calendar date (YYYY-MM-DD), earliest first; only days with any. */
  readonly days: readonly { readonly date: string; readonly count: number }[];
  readonly today: number;
}

const DAY_MS = 86_400_000;
/** Beijing is eight hours ahead all year. */
const BEIJING_MS = 8 * 3_600_000;

/**
 * Plans a message to many: how many can be reached today and when the rest follow, within the limits of the account.
 * Whose window closes first comes first; nobody is planned into a closed one.
 * @throws RangeError when one recipient takes more than a day's messages, or the hours are empty.
 */
export function planReach(recipients: readonly Recipient[], limits: ReachLimits, state: ReachNow): ReachPlan {
  const { from, until } = limits.hours;
  if (state.messages > limits.perDay || until <= from) throw new RangeError('nobody can ever be reached');
  const sends: { readonly chat: string; readonly at: number }[] = [];
  const unreachable: ReachPlan['unreachable'][number][] = [];
  const slots = new Slots(limits, state);
  for (const { chat, unreachable: reason, window } of byUrgency(recipients)) {
    const at = slots.next;
    const isClosed = limits.windowed && (!window || window.left < state.messages || at >= window.until);
    const why = reason ?? (isClosed ? 'window-closed' : undefined);
    const isOpen = why === 'window-closed' && window !== undefined && window.until > state.now;
    if (why !== undefined) unreachable.push({ chat, reason: why, ...(isOpen && { until: window.until }) });
    else {
      sends.push({ chat, at });
      slots.take();
    }
  }
  const counts = new Map<string, number>();
  for (const { at } of sends) counts.set(civilDateOf(at), (counts.get(civilDateOf(at)) ?? 0) + 1);
  const days = [...counts].map(([date, count]) => ({ date, count }));
  return { sends, unreachable, days, today: counts.get(civilDateOf(state.now)) ?? 0 };
}

/** The instants at which messages may leave, one after the other. */
class Slots {
  next: number;
  private readonly limits: ReachLimits;
  private readonly messages: number;
  private day: number;
  private used: number;

  constructor(limits: ReachLimits, { now, usedToday, ahead = 0, messages }: ReachNow) {
    this.limits = limits;
    this.messages = messages;
    this.day = dayOf(now);
    this.used = usedToday;
    this.next = now;
    for (let one = 0; one < ahead; one += 1) this.take(1);
    this.settle(messages);
  }

  take(messages = this.messages): void {
    const { account, gapMs } = this.limits;
    this.settle(messages);
    this.used += messages;
    this.next += messages * Math.max(gapMs, Math.ceil(account.perMs / account.messages));
    this.settle(this.messages);
  }

  /** Moves on to the next instant that lies within the hours of a day with so many places left. */
  private settle(messages: number): void {
    const { hours, perDay } = this.limits;
    for (;;) {
      if (dayOf(this.next) > this.day) {
        this.day = dayOf(this.next);
        this.used = 0;
      }
      const start = this.day * DAY_MS - BEIJING_MS;
      if (this.next < start + hours.from) this.next = start + hours.from;
      if (this.next < start + hours.until && this.used + messages <= perDay) return;
      this.next = start + DAY_MS;
    }
  }
}

function byUrgency(recipients: readonly Recipient[]): Recipient[] {
  return [...recipients].sort((a, b) => (a.window?.until ?? Infinity) - (b.window?.until ?? Infinity) || 0);
}

function dayOf(at: number): number {
  return Math.floor((at + BEIJING_MS) / DAY_MS);
}
