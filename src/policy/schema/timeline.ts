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
    }),
  ),
});

export type TimelineFile = z.output<typeof timelineFileSchema>;
