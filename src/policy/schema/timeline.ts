import * as z from 'zod';
import { cited, date, instant, text } from './basics.ts';
import { conditionSchema, definitions } from './conditions.ts';

/** timeline.yaml: the state at an instant, and every dated statement. */

const stateRow = z.strictObject({
  state: text,
  when: conditionSchema.optional(),
  /** The state holds up to and including this instant … */
  until: instant.optional(),
  /** … or up to but not including it. */
  before: instant.optional(),
  label: text,
  clause: text,
});

/** What is said unasked before a date comes: before `at`, or before the end of the day `to`. */
const remindSchema = z.strictObject({
  for: z.array(z.enum(['applicant', 'city_bureau'])).min(1),
  /** Calendar days before the date; 0 is the day itself. */
  leads: z.array(z.int().min(0).max(365)).min(1),
  /** Beijing time of day. */
  time: z.string().regex(/^(?:0[89]|1\d|20):[0-5]\d$/, 'is no time of day outside the quiet hours'),
  /** Only those for whom this is certain … */
  when: conditionSchema.optional(),
  /** … or who have come as far as one of these states of the procedure. */
  states: z.array(text).default([]),
  /** Nobody for whom this is certain. */
  unless: conditionSchema.optional(),
  /** What ends on the date, where the label of the entry does not say so. */
  label: text.optional(),
  /** What is due: said after the date. */
  says: text,
  /** The group of the directory to which it is handed in, where it is not that of the applicants. */
  group: text.optional(),
  /** Tells which papers are missing and where they are handed in. */
  papers: z.boolean().default(false),
});

export const timelineFileSchema = z.strictObject({
  define: definitions,
  /** First row that fits, of the first table whose condition is certain. */
  states: z.array(z.strictObject({ when: conditionSchema.optional(), rows: z.array(stateRow).min(1) })).min(1),
  /** States after which a figure is only hypothetical. */
  closed: z.array(text),
  entries: z.array(
    z.strictObject({
      id: text,
      kind: text,
      ...cited,
      covers: z.array(text).default([]),
      label: text,
      actor: text.optional(),
      from: date.optional(),
      to: date.optional(),
      at: instant.optional(),
      inclusive: z.boolean().optional(),
      working_days: z.int().positive().optional(),
      note: text.optional(),
      /** A deadline of these roles: shown with the days left, and reminded of. */
      deadline_for: z.array(z.enum(['applicant', 'city_bureau'])).default([]),
      show: z.boolean().default(false),
      remind: remindSchema.optional(),
    }),
  ),
});

export type TimelineFile = z.output<typeof timelineFileSchema>;
