import { Bell, bounded } from './bounded.ts';
import type { Puppet } from './puppet.ts';

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

  constructor(puppet: Puppet, withinMs: number) {
    this.puppet = puppet;
    this.withinMs = withinMs;
  }

  /** Whether the puppet answers in time, and its account can be looked at; false as soon as it is aborted. Never rejects. */
  async ask(signal?: AbortSignal): Promise<boolean> {
    const { puppet, withinMs } = this;
    this.round += 1;
    const giveUp = (): void => this.came.ring();
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      puppet.ding(wordOf(this.round));
      const until = performance.now() + withinMs;
      while (this.heard < this.round && performance.now() < until && signal?.aborted !== true)
        await this.came.wait(until - performance.now());
      if (this.heard < this.round) return false;
      if (!puppet.isLoggedIn) return true;
      return (await bounded(withinMs, () => puppet.contactPayload(puppet.currentUserId), signal)).id !== '';
    } catch {
      return false;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** A puppet has answered. */
  answered(data: string): void {
    // Some puppets answer without the word that they were given.
    if (data !== '' && data !== wordOf(this.round)) return;
    this.heard = this.round;
    this.came.ring();
  }
}

function wordOf(round: number): string {
  return `probe-${round}`;
}
