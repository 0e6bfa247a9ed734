import * as z from 'zod';
import { cited, instant, literal, period, text } from './basics.ts';
import { conditionSchema, definitions } from './conditions.ts';

/** conditions.yaml and services.yaml: the rules. */

const exampleSchema = z.strictObject({
  /** Facts by concrete path; the service at hand is `services[0]`. */
  given: z.record(z.string(), literal),
  at: instant.optional(),
  outcome: z.enum(['yes', 'no', 'unknown']),
});

export const ruleSchema = z.strictObject({
  id: text,
  ...cited,
  /** Statements of the register of rules that this one models. */
  covers: z.array(text).min(1),
  binds: z.array(text).min(1),
  /** Missing: as long as the programme. Rules of one id follow one another without gap. */
  in_force: period.optional(),
  /** The reading taken where the text can be read in two ways. */
  reading: text.optional(),
  when: conditionSchema.optional(),
  require: conditionSchema,
  /** What the user is told: why it holds, why it fails, what is open. */
  says: z.strictObject({ pass: text, fail: text, open: text }),
  /** Group of the directory to ask. */
  refer: text.optional(),
  examples: z.array(exampleSchema).min(1),
});

export const conditionsFileSchema = z.strictObject({ define: definitions, rules: z.array(ruleSchema).min(1) });

export const servicesFileSchema = z.strictObject({
  define: definitions,
  /** Whether a fundable service is needed at all, and the clause to cite while none is named. */
  needed: z.strictObject({ when: conditionSchema, clause: text, says: text }),
  rules: z.array(ruleSchema).min(1),
});

export type RuleFile = z.output<typeof ruleSchema>;
export type ConditionsFile = z.output<typeof conditionsFileSchema>;
export type ServicesFile = z.output<typeof servicesFileSchema>;
