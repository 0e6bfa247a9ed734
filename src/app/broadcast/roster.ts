import type { Audience } from '../../dialogue/staff/audience.ts';
import type { RosterRow } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';

/** The lists of the audience's cities. */
export async function rosterOf(
  { records }: Pick<BroadcastDeps, 'records'>,
  { programme, cities }: Pick<Audience, 'programme' | 'cities'>,
): Promise<readonly RosterRow[]> {
  const rosters = await Promise.all(cities.map((city) => records.read('roster', `${programme}/${city}`)));
  return rosters.flatMap((roster) => roster?.rows ?? []);
}
