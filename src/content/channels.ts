import * as z from 'zod';

/** The shape of data/channels/*.yaml: how fast and how persistently each channel is sent to. */

const count = z.int().positive();
const rate = { messages: count, per_ms: count };

const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, 'u').test('') || text !== '';
  } catch {
    return false;
  }
}, 'is no regular expression');

const retrySchema = z
  .strictObject({
    first_ms: count,
    cap_ms: count,
    tries: count,
    /** Share of the wait, 0 to 1. */
    jitter: z.number().min(0).max(1),
  })
  .refine((retry) => retry.first_ms <= retry.cap_ms, 'the first wait is longer than the longest');

const limitsSchema = z.strictObject({
  account: z.strictObject(rate),
  chat: z.strictObject(rate),
  group: z.strictObject({ ...rate, matches: pattern }).optional(),
});

/** One kind of account, where a platform has several that bear differently much. Durations in ms. */
const kindSchema = z.strictObject({
  name: z.string().min(1),
  /** The ways in to which it applies; of several kinds the first that fits. */
  matches: pattern,
  source: z.string().min(1).optional(),
  limits: limitsSchema,
  /** Between any two messages of the account. */
  gap_ms: count,
  /** Messages a day to people who have not just written. */
  per_day: count,
  /** Of the account's messages a minute, those kept for what is said beside the conversations. */
  asides_per_minute: count,
  /** Between two requests of new people that are accepted. */
  friend_gap_ms: count,
  /** Between two parts of one reply. */
  part_gap_ms: count,
  /** For how long, and how often, somebody may be written to after what they have done; absent: at any time. */
  windows: z
    .array(z.strictObject({ after: z.enum(['message', 'follow', 'menu', 'scan']), open_ms: count, messages: count }))
    .optional(),
});

/** How a channel is sent to. Durations in ms. */
export const channelFileSchema = z.strictObject({
  channel: z.string().regex(/^[a-z]+$/, 'is no name of a channel (a to z)'),
  /** Where the limits come from. */
  source: z.string().min(1),
  limits: limitsSchema,
  /** Kinds of accounts; their limits then replace those above. */
  kinds: z.array(kindSchema).optional(),
  retry: retrySchema,
  in_flight: count,
  ahead: count,
  queue: count,
  send_timeout_ms: count,
  alarm_hold_ms: count,
});

export type ChannelFile = z.output<typeof channelFileSchema>;
export type ChannelKind = z.output<typeof kindSchema>;
