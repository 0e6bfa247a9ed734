import type { ChannelLimits } from '../../../src/outreach/pacing-limits.ts';

/** Those of a large platform. */
export const LIMITS: ChannelLimits = {
  rates: {
    account: { messages: 30, perMs: 1_000 },
    chat: { messages: 1, perMs: 1_000 },
    group: { messages: 20, perMs: 60_000, matches: /^-/ },
  },
  retry: { firstMs: 2_000, capMs: 300_000, tries: 8, jitter: 0.2 },
  inFlight: 30,
  ahead: 6,
  queue: 1_000,
  sendTimeoutMs: 120_000,
  alarmHoldMs: 60_000,
};
