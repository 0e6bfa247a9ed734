import { Newest } from './newest.ts';
import type { People } from './people.ts';

const DAY_MS = 86_400_000;
/** Beijing is eight hours ahead all year. */
const BEIJING_MS = 8 * 3_600_000;
/** Nothing unasked is sent before this time of the next day. */
const MORNING_MS = 9 * 3_600_000;
/** Somebody who has written within this time waits for an answer. */
const TALKING_MS = 3_600_000;
const TALKS = 10_000;

/**
 * How much an account may send in a day to people who have not just written. The count is kept beyond a restart: a
 * platform goes on counting as well.
 */
export class Quota {
  private readonly people: Pick<People, 'count'>;
  private readonly perDay: number;
  private readonly now: () => number;
  private readonly heard = new Newest<number>(TALKS);

  /** `now`: UTC ms. */
  constructor(people: Pick<People, 'count'>, perDay: number, now: () => number) {
    this.people = people;
    this.perDay = perDay;
    this.now = now;
  }

  /** The chat has written. */
  wrote(chat: string): void {
    this.heard.set(chat, this.now());
  }

  /**
   * Takes so many messages for a chat from the day's count; nothing for an answer.
   * @returns what was taken, or how long (ms) they have to wait. @throws the store's error.
   */
  async take(chat: string, messages: number): Promise<Taken> {
    const now = this.now();
    const heard = this.heard.get(chat);
    if (heard !== undefined && now - heard < TALKING_MS) return { kind: 'taken', day: 0, messages: 0 };
    const local = now + BEIJING_MS;
    const day = Math.floor(local / DAY_MS);
    if (await this.people.count(KEY, day, this.perDay, messages)) return { kind: 'taken', day, messages };
    return { kind: 'wait', ms: (day + 1) * DAY_MS + MORNING_MS - local };
  }

  /** Of what was taken, so many messages were not sent. @throws the store's error. */
  async giveBack({ day }: Extract<Taken, { kind: 'taken' }>, messages: number): Promise<void> {
    if (day > 0 && messages > 0) await this.people.count(KEY, day, this.perDay, -messages);
  }
}

/** Places of a day's count (its number, 0: an answer, which takes none), or that there are none until later. */
export type Taken =
  | { readonly kind: 'taken'; readonly day: number; readonly messages: number }
  | { readonly kind: 'wait'; readonly ms: number };

const KEY = 'unasked';
