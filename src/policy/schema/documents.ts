import * as z from 'zod';
import { text } from './basics.ts';
import { conditionSchema, definitions } from './conditions.ts';

/** documents.yaml: what is handed in, by whom. */

const documentSchema = z.strictObject({
  id: text,
  name: text,
  clause: text,
  quote: text.optional(),
  covers: z.array(text).default([]),
  when: conditionSchema.optional(),
  per: z.enum(['application', 'service', 'project']).default('application'),
  /** Original, copy … as the text has it. */
  format: text.optional(),
  note: text.optional(),
  advised: z.boolean().default(false),
  any_of: z.array(z.strictObject({ id: text, name: text, when: conditionSchema, note: text.optional() })).optional(),
});

export const documentsFileSchema = z.strictObject({
  define: definitions,
  sets: z
    .array(
      z.strictObject({
        id: text,
        name: text,
        clause: text,
        for: z.enum(['applicant', 'provider', 'city_bureau']),
        /** The set that `missing_documents` is computed from. */
        checked: z.boolean().default(false),
        when: conditionSchema.optional(),
        copies: text.optional(),
        format: text.optional(),
        hand_in: text.optional(),
        items: z.array(documentSchema).min(1),
      }),
    )
    .min(1),
  caveats: z.array(z.strictObject({ text, clause: text })).default([]),
});

export type DocumentsFile = z.output<typeof documentsFileSchema>;
