import * as z from 'zod';

/** The shape of data/bureau.yaml: what bureau staff may do, and how much of it. */

const count = z.int().positive();

export const bureauFileSchema = z.strictObject({
  invite_hours: count,
  bind: z.strictObject({ window_minutes: count, per_chat: count, overall: count }),
  broadcast: z.strictObject({
    undo_seconds: count,
    approval_from: count,
    text_limit: count,
    samples: count,
    page: count,
    call_shown: count,
    listed: count,
  }),
  enterprises_shown: count,
  questions_kept: count,
});

export type BureauFile = z.output<typeof bureauFileSchema>;
