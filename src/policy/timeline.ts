import type { Programme } from './compile.ts';
import type { Context } from './evaluate.ts';

/** Where the clock stands against the programme's table of states. */
export interface DeadlineState {
  readonly state: string;
  readonly label: string;
  readonly clause: string;
  /** A figure told now is only hypothetical. */
  readonly closed: boolean;
}

/** The first fitting row of the first table that certainly applies; `unknown` when the data leaves a gap. */
export function deadlineState(programme: Programme, context: Context): DeadlineState {
  for (const table of programme.states) {
    if (table.when && table.when.eval(context) !== 1) continue;
    for (const row of table.rows) {
      if (row.when && row.when.eval(context) !== 1) continue;
      if (context.now > row.until) continue;
      const closed = programme.files.timeline.closed.includes(row.state);
      return { state: row.state, label: row.label, clause: row.clause, closed };
    }
  }
  return { state: 'unknown', label: '', clause: '', closed: false };
}
