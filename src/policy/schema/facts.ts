import * as z from 'zod';

/** facts.yaml: the vocabulary. */

const label = z.string().min(1);

const changeSchema = z.strictObject({
  /** Values a firm may bring about by its own doing. */
  to: z.array(z.union([z.string(), z.boolean()])).min(1),
  /** What to do, in one sentence. */
  text: label,
});

export const factBody = {
  type: z.enum(['bool', 'choice', 'money', 'count', 'date', 'instant', 'text', 'texts']),
  label,
  /** For choices: value → label. */
  values: z.record(z.string(), label).optional(),
  /** Further values are accepted, but no condition may name them. */
  open: z.boolean().default(false),
  /** Absence means "did not happen" (none), never "unknown". */
  negative_event: z.boolean().default(false),
  /** Kept out of exports to third parties and of logs; asked only with a reason. */
  sensitive: z.boolean().default(false),
  /** Same meaning in other programmes: carried over when the chat switches. */
  shared: z.boolean().default(false),
  /** How a firm can change it; without this the fact cannot be changed. */
  change: changeSchema.optional(),
  /** Why it cannot be changed, for the advice. */
  fixed: label.optional(),
};

const listSchema = z.strictObject({
  label,
  /** The key that names the member in the list form (`type`), absent when the list holds the ids themselves. */
  key: z.string().optional(),
  members: z.record(z.string(), label),
  /** How a firm can come to hold a member. */
  change: z.record(z.string(), changeSchema).default({}),
  attributes: z.record(z.string(), z.strictObject(factBody)).default({}),
  shared: z.boolean().default(false),
});

/** The file facts.yaml. */
export const factsFileSchema = z.strictObject({
  facts: z.record(z.string(), z.strictObject(factBody)),
  lists: z.record(z.string(), listSchema),
  /** Facts computed from others: the year or month of the first of these that is known. */
  derived: z
    .record(
      z.string(),
      z.strictObject({
        label,
        year_of: z.array(z.string()).min(1).optional(),
        month_of: z.array(z.string()).min(1).optional(),
      }),
    )
    .default({}),
});

export type FactsFile = z.infer<typeof factsFileSchema>;
export type FactType = z.infer<(typeof factBody)['type']>;
export type FactChange = z.infer<typeof changeSchema>;

export type FactBody = z.infer<z.ZodObject<typeof factBody>>;
