import * as z from 'zod';

/** The shape of data/operations.yaml: from when on an operator has to know, and how often they are told. */

const count = z.int().positive();

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
});

export type OperationsFile = z.output<typeof operationsFileSchema>;
