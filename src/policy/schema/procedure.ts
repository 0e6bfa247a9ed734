import * as z from 'zod';
import { text } from './basics.ts';

/** procedure.yaml: the procedure of each role. */

export const procedureFileSchema = z.strictObject({
  machines: z.array(
    z.strictObject({
      id: text,
      role: z.enum(['applicant', 'team', 'provider', 'city_bureau', 'platform']),
      name: text,
      states: z.record(z.string(), text),
      /** Other words for a state. */
      says: z.record(z.string(), text).default({}),
      transitions: z.array(
        z.strictObject({
          from: text,
          to: text,
          event: text,
          actor: text,
          deadline: text.optional(),
          evidence: text.optional(),
          clause: text,
          covers: z.array(text).default([]),
          implied: z.boolean().default(false),
        }),
      ),
    }),
  ),
});

export type ProcedureFile = z.output<typeof procedureFileSchema>;
