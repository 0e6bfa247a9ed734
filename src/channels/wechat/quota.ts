import type { ReachLimits } from '../../outreach/reach-plan.ts';
import { Newest } from './newest.ts';
import type { People } from './people.ts';

const DAY_MS = 86_400_000;
/** Beijing is eight hours ahead all year. */
const BEIJING_MS = 8 * 3_600_000;
/** Somebody who has written within this time waits for an answer. */
const TALKING_MS = 3_600_000;
const TALKS = 10_000;

/**
 * How much an account may say unasked in a day to people who have not just written. The count is kept beyond a restart: a
 * platform goes on counting as well.
 */
export class Quota {
  private readonly people: Pick<People, 'count' | 'read'>;
  private readonly limits: Pick<ReachLimits, 'perDay' | 'hours'>;
  private readonly now: () => number;
  private readonly heard = new Newest<number>(TALKS);

  /** `now`: UTC ms. */
  constructor(
    people: Pick<People, 'count' | 'read'>,
    limits: Pick<ReachLimits, 'perDay' | 'hours'>,
    now: () => number,
  ) {
    this.people = people;
    this.limits = limits;
    this.now = now;
  }

  /** The chat has written. */
  wrote(chat: string): void {
    this.heard.set(chat, this.now());
  }

  /** Messages that count for today (Beijing). @throws the store's error. */
  async used(): Promise<number> {
    const doc = await this.people.read(KEY);
    return doc?.day === dayOf(this.now()) ? (doc.count ?? 0) : 0;
  }

  /** How long (ms) so many messages to a chat would have to wait; 0: not at all. @throws the store's error. */
  async waitFor(chat: string, messages: number): Promise<number> {
    const { hours, perDay } = this.limits;
    // More than a day's count never fits; it is not kept waiting for ever.
    if (this.isTalking(chat) || (await this.used()) + Math.min(messages, perDay) <= perDay) return 0;
    const now = this.now();
    return (dayOf(now) + 1) * DAY_MS + hours.from - (now + BEIJING_MS);
  }

  /**
   * Takes so many messages for a chat from the day's count; nothing for somebody who has just written.
   * @returns what was taken, or how long (ms) they have to wait. @throws the store's error.
   */
  async take(chat: string, messages: number): Promise<Taken> {
    if (this.isTalking(chat)) return { kind: 'taken', day: 0, messages: 0 };
    const day = dayOf(this.now());
    if (await this.people.count(KEY, day, this.limits.perDay, messages)) return { kind: 'taken', day, messages };
    const until = (day + 1) * DAY_MS + this.limits.hours.from;
    return { kind: 'wait', ms: until - (this.now() + BEIJING_MS) };
  }

  /** Of what was taken, so many messages were not sent. @throws the store's error. */
  async giveBack({ day }: Extract<Taken, { kind: 'taken' }>, messages: number): Promise<void> {
    if (day > 0 && messages > 0) await this.people.count(KEY, day, this.limits.perDay, -messages);
  }

  private isTalking(chat: string): boolean {
    const heard = this.heard.get(chat);
    return heard !== undefined && this.now() - heard < TALKING_MS;
  }
}

/** Places of a day's count (its number, 0: an answer, which takes none), or that there are none until later. */
export type Taken =
  | { readonly kind: 'taken'; readonly day: number; readonly messages: number }
  | { readonly kind: 'wait'; readonly ms: number };

const KEY = 'unasked';

function dayOf(at: number): number {
  return Math.floor((at + BEIJING_MS) / DAY_MS);
}
