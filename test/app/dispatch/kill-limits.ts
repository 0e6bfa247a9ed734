import type { ChannelLimits } from '../../../src/outreach/pacing-limits.ts';
import { LIMITS } from './limits.ts';

/** Quick enough for many kills in a short time, with many messages under way at each. */
export const KILL_LIMITS: ChannelLimits = {
  ...LIMITS,
  rates: { account: { messages: 200, perMs: 1_000 }, chat: { messages: 1, perMs: 1_000 } },
};
