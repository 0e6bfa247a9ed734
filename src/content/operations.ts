import * as z from 'zod';

/** The shape of data/operations.yaml: when an operator has to know, how often they are told, what is kept how long. */

const count = z.int().positive();

/** How long things are kept. A limit that would let something be handled or sent twice is refused. */
const retentionSchema = z
  .strictObject({
    every_hours: count.default(24),
    /** Documents in one go, and the pause after them. */
    page: count.max(500, 'more than 500 in one go would hold up everything else').default(50),
    pause_ms: count.default(20),
    handled: z
      .strictObject({
        ids: z.int().min(20, 'fewer than 20 are not enough to know a repeated message by').default(100),
        days: z.int().min(2, 'a platform repeats a message for a day').default(30),
      })
      .prefault({}),
    ledger: z.strictObject({ days: count.default(400) }).prefault({}),
    chats: z.strictObject({ days: count.default(730), agreed_days: count.default(1_825) }).prefault({}),
    invites: z.strictObject({ days: count.default(30) }).prefault({}),
    questions: z.strictObject({ days: count.default(365) }).prefault({}),
    /** Article 21 of the Cybersecurity Law wants logs kept for six months. */
    audit: z
      .strictObject({ days: z.int().min(184, 'logs have to be kept for six months').default(1_095) })
      .prefault({}),
    broadcasts: z.strictObject({ audience_days: count.default(180), days: count.default(1_095) }).prefault({}),
  })
  .prefault({})
  .refine(({ chats, handled }) => chats.days > handled.days, {
    path: ['chats', 'days'],
    error: 'must be more than handled.days',
  })
  .refine(({ chats }) => chats.agreed_days >= chats.days, {
    path: ['chats', 'agreed_days'],
    error: 'must not be less than chats.days',
  })
  .refine(({ ledger, broadcasts }) => ledger.days >= broadcasts.audience_days, {
    path: ['ledger', 'days'],
    error: 'must not be less than broadcasts.audience_days: reports are made of these lines',
  })
  .refine(({ broadcasts }) => broadcasts.days >= broadcasts.audience_days, {
    path: ['broadcasts', 'days'],
    error: 'must not be less than broadcasts.audience_days',
  });

export const operationsFileSchema = z.strictObject({
  ready: z
    .strictObject({
      /** A reply that has waited longer makes the process count as not ready. */
      oldest_reply_seconds: count.default(120),
      /** So long a store may take to answer. */
      store_seconds: count.default(2),
      /** So long a message that could not be saved counts against the store. */
      unsaved_seconds: count.default(30),
    })
    .prefault({}),
  alarms: z
    .strictObject({
      /** Between two alarms of one kind; what comes in between is counted. */
      every_seconds: count.default(600),
      timeout_seconds: count.default(10),
      tries: count.default(4),
      /** The first pause before another attempt; it doubles. */
      retry_seconds: count.default(2),
      /** Between two looks at store and queue. */
      watch_seconds: count.default(30),
    })
    .prefault({}),
  retention: retentionSchema,
});

export type OperationsFile = z.output<typeof operationsFileSchema>;
