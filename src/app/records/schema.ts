import * as z from 'zod';

/** What stored records have to look like to be worked with. Loaded by need, like the schema of chats. */

const text = z.string().min(1);
const at = z.number();
const count = z.int().min(0);
const v = z.literal(1);
const post = z.object({ programme: text, city: text.optional() });

const audience = z.object({
  programme: text,
  cities: z.array(text),
  verdict: z.enum(['eligible', 'ineligible', 'undetermined']).optional(),
  filed: z.boolean().optional(),
  progress: text.optional(),
  lacks: text.optional(),
  unseenDays: count.optional(),
  roster: z.literal(true).optional(),
});

const totals = z.object({
  sent: count,
  failed: count,
  ambiguous: count,
  unsubscribed: count,
  unreachable: count,
  cancelled: count,
  waiting: count,
});

/** The shape of a stored record, version 1, by its kind. */
export const recordSchema = z.discriminatedUnion('record', [
  z.object({
    ...{ record: z.literal('invite'), v, post, at, expires: at },
    used: z.object({ chat: text, at }).optional(),
    void: z.literal(true).optional(),
  }),
  z.object({ record: z.literal('staff'), v, chat: text, post, at, invite: text, revoked: at.optional() }),
  z.object({
    ...{ record: z.literal('broadcast'), v, id: text, by: text, post, audience, text, hash: text },
    ...{ count, pages: count, at, undoUntil: at, startsAt: at.optional(), needsApproval: z.boolean() },
    approved: z.object({ by: text, at, hash: text }).optional(),
    state: z.enum(['open', 'paused', 'cancelled', 'withdrawn', 'done']),
    stopped: z.enum(['revoked', 'hash']).optional(),
    begun: at.optional(),
    expanded: count,
    totals: totals.optional(),
  }),
  z.object({
    record: z.literal('page'),
    v,
    recipients: z.array(z.object({ chat: text, enterprise: text, nth: count.optional(), at: at.optional() })),
    call: z.array(z.object({ city: text, name: text })).optional(),
  }),
  z.object({
    ...{ record: z.literal('roster'), v, at },
    rows: z.array(z.object({ name: text, city: text, contact: text.optional(), phone: text.optional() })),
  }),
  z.object({ record: z.literal('office'), v, done: z.array(z.object({ entry: text, by: text, at })) }),
  z.object({ record: z.literal('audit'), v, at, who: text, what: text, on: text.optional(), result: text }),
  z.object({
    ...{ record: z.literal('question'), v, at, question: z.string() },
    answer: text.optional(),
    why: z.enum(['unanswered', 'bad']),
  }),
  z.object({ record: z.literal('limit'), v, misses: z.array(at) }),
  z.object({
    ...{ record: z.literal('retention'), v, at, done: at.optional(), limits: text.optional(), through: at.optional() },
    after: z.object({ touched: at, key: text }).optional(),
  }),
]);
