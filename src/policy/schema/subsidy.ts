import * as z from 'zod';
import { cited, rate, text, yuan } from './basics.ts';
import { conditionSchema, definitions } from './conditions.ts';

/** subsidy.yaml: what is paid, at most. */

const bracketSchema = z.strictObject({ up_to: yuan.nullable(), rate });

const lineSchema = z.strictObject({
  id: text,
  label: text,
  ...cited,
  covers: z.array(text).default([]),
  /** Missing: the line applies always. Not certain: it counts only in the favourable figure. */
  when: conditionSchema.optional(),
  /** Which services the line pays for. */
  where: conditionSchema.optional(),
  /** The least of these amounts is the base of a service; an optional one counts only when known. */
  base: z.array(z.strictObject({ fact: text, optional: z.boolean().default(false) })).default([]),
  rates: z.array(z.strictObject({ when: conditionSchema.optional(), rate, label: text, ...cited })).default([]),
  brackets: z.array(bracketSchema).default([]),
  /** A fixed sum per service, or per application when the line has no base. */
  fixed: yuan.optional(),
  per_service: z.boolean().default(false),
  minimum: yuan.optional(),
  /** The result is rounded down to a multiple of this. */
  step: yuan.optional(),
  cap: yuan.optional(),
});

export const subsidyFileSchema = z.strictObject({
  define: definitions,
  lines: z.array(lineSchema).min(1),
  caps: z
    .array(
      z.strictObject({
        when: conditionSchema.optional(),
        amount: yuan,
        label: text,
        ...cited,
        covers: z.array(text).default([]),
      }),
    )
    .min(1),
  /** A limit of the applicant's own (a voucher's face), under the caps. */
  limit: z.strictObject({ when: conditionSchema.optional(), fact: text, label: text, ...cited }).optional(),
  /** What was received already counts against the cap. */
  receipts: z.array(z.strictObject({ fact: text, when: conditionSchema.optional() })),
  split: z
    .strictObject({
      when: conditionSchema.optional(),
      provincial: z.int().min(0),
      municipal: z.int().min(0),
      label: text,
      ...cited,
      covers: z.array(text).default([]),
    })
    .optional(),
  /** Sentences that always go with a figure: ceiling, not a promise. */
  remarks: z.array(z.strictObject({ text, ...cited, covers: z.array(text).default([]) })).default([]),
});

export type SubsidyFile = z.output<typeof subsidyFileSchema>;
