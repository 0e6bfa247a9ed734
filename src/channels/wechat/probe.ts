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

  /** Whether the puppet answers in time, and its account can be looked at. Never rejects. */
  async ask(signal?: AbortSignal): Promise<boolean> {
    const { puppet, withinMs } = this;
    this.round += 1;
    try {
      puppet.ding(wordOf(this.round));
      await bounded(withinMs, () => this.dong(), signal);
      if (!puppet.isLoggedIn) return true;
      return (await bounded(withinMs, () => puppet.contactPayload(puppet.currentUserId), signal)).id !== '';
    } catch {
      return false;
    }
  }

  /** A puppet has answered. */
  answered(data: string): void {
    // Some puppets answer without the word that they were given.
    if (data !== '' && data !== wordOf(this.round)) return;
    this.heard = this.round;
    this.came.ring();
  }

  private async dong(): Promise<void> {
    const { round } = this;
    while (this.heard < round && this.round === round) await this.came.wait(this.withinMs);
  }
}

function wordOf(round: number): string {
  return `probe-${round}`;
}
