import { readInstant } from '../../policy/dates.ts';
import type { Scope } from './scope.ts';

/**
 * The tables of states leave no instant without a state: the last row of each is unbounded, the last table applies to
 * everybody, and no row ends before an earlier one that fits always.
 * @throws DataFault at the first gap.
 */
export function checkStates(scope: Scope): void {
  const { states } = scope.files.timeline;
  states.forEach((table, i) => {
    const at = `states[${i}]`;
    let end = Number.NEGATIVE_INFINITY;
    table.rows.forEach((row, k) => {
      const bound = row.until ?? row.before;
      const until = bound === undefined ? Number.POSITIVE_INFINITY : (readInstant(bound) ?? 0);
      if (until <= end) scope.fault('timeline', `${at}.rows[${k}]`, 'is never reached: an earlier row lasts as long');
      if (row.when === undefined) end = until;
    });
    if (end !== Number.POSITIVE_INFINITY)
      scope.fault('timeline', `${at}.rows[${table.rows.length - 1}]`, 'the last row must have no end and no condition');
    const last = i === states.length - 1;
    if (last && table.when !== undefined)
      scope.fault('timeline', `${at}.when`, 'the last table must apply to everybody');
    if (!last && table.when === undefined)
      scope.fault('timeline', `states[${i + 1}]`, 'is never reached: the table before it applies to everybody');
  });
}
