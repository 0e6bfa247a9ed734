import type { ChannelLimits } from '../../../src/outreach/pacing-limits.ts';
import { LIMITS } from '../../app/dispatch/limits.ts';

/** The channel of the fleet; the chats of a swarm begin with it. */
export const CHANNEL = 'chat';

/** Quick enough for twenty thousand replies and a broadcast beside them, with many messages under way at each kill. */
export const FLEET_LIMITS: ChannelLimits = {
  ...LIMITS,
  rates: { account: { messages: 500, perMs: 1_000 }, chat: { messages: 100, perMs: 1_000 } },
};
