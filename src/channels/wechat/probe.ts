import { Bell, bounded } from './bounded.ts';
import type { Puppet } from './puppet.ts';

const WORD = 'probe-';

/**
 * Asks a puppet something that only a living one answers: a word that has to come back as an event. A gateway whose
 * stream of events has broken still takes calls, and is deaf.
 */
export class Probe {
  private readonly puppet: Puppet;
  private readonly withinMs: number;
  private readonly came = new Bell();
  private round = 0;
  private heard = 0;
  /** The question that others wait for, and the one after it. */
  private present: Promise<boolean> = Promise.resolve(true);
  private next: Promise<boolean> | undefined;

  constructor(puppet: Puppet, withinMs: number) {
    this.puppet = puppet;
    this.withinMs = withinMs;
  }

  /** Whether the puppet answers in time, and its account can be looked at; false as soon as it is aborted. Never rejects. */
  async ask(signal?: AbortSignal): Promise<boolean> {
    const { puppet, withinMs } = this;
    this.round += 1;
    const { round } = this;
    const giveUp = (): void => this.came.ring();
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      puppet.ding(WORD + String(round));
      const until = performance.now() + withinMs;
      while (this.heard < round && performance.now() < until && signal?.aborted !== true)
        await this.came.wait(until - performance.now());
      if (this.heard < round) return false;
      if (!puppet.isLoggedIn) return true;
      return (await bounded(withinMs, () => puppet.contactPayload(puppet.currentUserId), signal)).id !== '';
    } catch {
      return false;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /**
   * Whether the puppet answers one of two questions that are put from now on; `missed` is called after the first. Who
   * asks while others wait shares their question. Never rejects.
   */
  lives(signal: AbortSignal, missed: () => void): Promise<boolean> {
    this.next ??= this.present.then(() => {
      this.next = undefined;
      this.present = this.askTwice(signal, missed);
      return this.present;
    });
    return this.next;
  }

  /** A puppet has answered. */
  answered(data: string): void {
    // Some puppets answer without the word that they were given.
    const round = data === '' ? this.round : data.startsWith(WORD) ? Number(data.slice(WORD.length)) : NaN;
    if (!(round <= this.round)) return;
    this.heard = Math.max(this.heard, round);
    this.came.ring();
  }

  private async askTwice(signal: AbortSignal, missed: () => void): Promise<boolean> {
    if (await this.ask(signal)) return true;
    missed();
    return this.ask(signal);
  }
}
