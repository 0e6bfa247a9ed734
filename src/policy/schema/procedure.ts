import * as z from 'zod';
import { text } from './basics.ts';
import { conditionSchema } from './conditions.ts';

/** procedure.yaml: the procedure of each role. */

export const procedureFileSchema = z.strictObject({
  machines: z.array(
    z.strictObject({
      id: text,
      role: z.enum(['applicant', 'team', 'provider', 'city_bureau', 'platform']),
      name: text,
      /** Those whose procedure it is; of several that fit, the first. Absent: everybody of the role. */
      when: conditionSchema.optional(),
      /** The machine that goes on where this one ends. */
      then: text.optional(),
      /** The state in which the papers are handed in: nobody is reminded of that from there on. */
      filed: text.optional(),
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
