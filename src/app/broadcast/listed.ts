import type { Audience } from '../../dialogue/staff/audience.ts';
import type { ListedCount } from '../../dialogue/staff/desk.ts';
import type { RosterRow } from '../records/kinds.ts';
import { listKey } from './listkey.ts';

/** The firms on an office's own list, set beside an audience: most of them were never here. */

/** Where a firm stands that can be seen here: it gets the message, cannot be written to, or is not meant. */
export type Place = 'reached' | 'silent' | 'other';

/** A firm that has to be called instead. */
export type Firm = Pick<RosterRow, 'city' | 'name'>;

export interface Listed extends ListedCount {
  /** To be called, besides recipients whose message will not get there. */
  readonly firms: readonly Firm[];
}

/** Whether it can be said of a firm that nobody has seen here that it belongs to the audience. */
function isForUnseen({ verdict, progress, lacks, filed }: Audience): boolean {
  return verdict === undefined && progress === undefined && lacks === undefined && filed !== true;
}

/** Counts the list; `places` says by `listKey` where those stand that can be seen. Undefined without a list. */
export function listedOf(
  audience: Audience,
  rows: readonly RosterRow[],
  places: ReadonlyMap<string, Place>,
  stopped: ReadonlySet<string>,
): Listed | undefined {
  // Set beside a condition on the verdict, a list would tell it.
  if (rows.length === 0 || audience.verdict !== undefined) return undefined;
  const count = { total: 0, reached: 0, call: 0, other: 0, unknown: 0 };
  const firms: Firm[] = [];
  for (const [key, { city, name }] of new Map(rows.map((row) => [listKey(row.city, row.name), row]))) {
    count.total += 1;
    const place = places.get(key);
    if (place === 'reached' || place === 'other') count[place] += 1;
    else if (place === undefined && !isForUnseen(audience)) count.unknown += 1;
    else {
      count.call += 1;
      // A recipient whose message will not get there is told of by what becomes of it.
      if (place === undefined || stopped.has(key)) firms.push({ city, name });
    }
  }
  return { ...count, firms };
}
