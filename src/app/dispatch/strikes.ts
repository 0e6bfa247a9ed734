import { retryAfterMs } from '../../outreach/pacing-retry.ts';
import type { ChannelLimits } from '../../outreach/pacing-limits.ts';
import type { Sent } from '../outports.ts';
import type { DispatchDeps } from './deps.ts';

/** How often in a row the platform has stopped the whole account, and how long it is left alone for it. */
export class Strikes {
  private readonly deps: Pick<DispatchDeps, 'timer' | 'random' | 'log' | 'alarm'>;
  private readonly channel: string;
  private readonly limits: ChannelLimits;
  private count = 0;
  private heldUntil = -Infinity;

  constructor(deps: Pick<DispatchDeps, 'timer' | 'random' | 'log' | 'alarm'>, channel: string, limits: ChannelLimits) {
    this.deps = deps;
    this.channel = channel;
    this.limits = limits;
  }

  /** For how long (ms) nothing may be sent after this outcome; undefined when it says nothing against sending. */
  holdMs(sent: Sent): number | undefined {
    if (sent.kind !== 'later' || sent.scope !== 'channel') {
      // An outcome that is not known does not show that the platform listens again.
      if (sent.kind !== 'ambiguous') this.count = 0;
      return undefined;
    }
    const now = this.deps.timer.now();
    // What was under way when the account was stopped comes back with the same answer: that is one strike.
    const first = now >= this.heldUntil;
    if (first) this.count += 1;
    // What the platform asks for is kept to exactly: there is nobody else to stay out of the way of.
    const ms = sent.afterMs ?? retryAfterMs(this.limits.retry, this.count, this.deps.random());
    this.heldUntil = Math.max(this.heldUntil, now + ms);
    if (first) this.tell(ms);
    return ms;
  }

  private tell(ms: number): void {
    const fields = { channel: this.channel, ms };
    this.deps.log.warn('dispatch.channel-held', fields);
    if (ms >= this.limits.alarmHoldMs) this.deps.alarm?.('channel-held', fields);
  }
}
