import * as z from 'zod';
import { text } from './basics.ts';
import { conditionSchema, definitions } from './conditions.ts';

/** warnings.yaml: what must be said beside a verdict. */

export const warningsFileSchema = z.strictObject({
  define: definitions,
  warnings: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
      when: conditionSchema,
      text,
      clause: text,
      reading: text.optional(),
      /** Shown in a chat verdict; the rest only in the full report. */
      prominent: z.boolean().default(false),
    }),
  ),
});

export type WarningsFile = z.output<typeof warningsFileSchema>;
