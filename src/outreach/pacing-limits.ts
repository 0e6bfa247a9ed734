import type { ChannelRates } from './pacing-channel.ts';
import type { Retry } from './pacing-retry.ts';

/** How a channel is sent to: what its platform allows, and how much this program takes on at a time. */
export interface ChannelLimits {
  readonly rates: ChannelRates;
  readonly retry: Retry;
  /** Messages under way: left, and not yet answered and noted. A crash can repeat no more than these. */
  readonly inFlight: number;
  /** Unasked messages marked as leaving while they wait for their turn, so that the disk never slows the pace. */
  readonly ahead: number;
  /** Chats kept waiting in memory, each for replies and for everything else; further ones wait in the store. */
  readonly queue: number;
  /** An attempt without an outcome by then (ms) counts as ambiguous; longer than the channel's own time limit. */
  readonly sendTimeoutMs: number;
  /** A stop of the whole account for at least this long (ms) is the operator's to know. */
  readonly alarmHoldMs: number;
}
