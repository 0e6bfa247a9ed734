import * as z from 'zod';
import { cited, period, text } from './basics.ts';

/** programme.yaml: the text as a whole. */

export const programmeFileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,30}$/),
  name: text,
  short: text,
  title: text,
  document_no: text.optional(),
  issuer: text,
  status: z.enum(['in_force', 'draft']),
  status_says: text,
  /** The same in a few words, for where it has been said before. */
  status_brief: text.optional(),
  in_force: period,
  /** Whoever interprets the text. */
  authority: text,
  /** Words and places that mean this programme. */
  says: z.array(text).min(1),
  /** The fact that holds the enterprise's city, for the directory and audiences. */
  city_fact: text,
  /** The office that may see how an enterprise stands, if the enterprise agrees; absent: nobody asks for that. */
  share_with: z.strictObject({ office: text, clause: text }).optional(),
  /** A place and a sentence as its people would type them, for the hints. */
  examples: z.strictObject({ city: text, sentence: text }),
  /** Clause names in document order; `contradiction` is last by itself. */
  clauses: z.array(text).min(1),
  readings: z.record(
    z.string(),
    z.strictObject({ point: text, conservative: text, tell: text.optional(), refer: text }),
  ),
  /** Statements of the register that give an assistant nothing to model, with the reason. */
  not_modelled: z.record(z.string(), text).default({}),
  /** Statements told as they stand (definitions, duties, penalties), each with its quote. */
  statements: z
    .array(z.strictObject({ id: text, ...cited, covers: z.array(text).min(1), tell: text.optional() }))
    .default([]),
  /** Places of the notice whose text is not the text of the rule (page breaks, pasted addresses). */
  elisions: z.array(z.strictObject({ text, reason: text })).default([]),
  assumptions: z.array(z.strictObject({ text, clause: text })).default([]),
});

export type ProgrammeFile = z.output<typeof programmeFileSchema>;
