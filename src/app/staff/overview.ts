import type { OfficeFigures } from '../../dialogue/staff/office.ts';
import { counting, NO_FIGURES } from '../../outreach/reminders-office.ts';
import type { BroadcastDeps } from '../broadcast/deps.ts';
import { listKey } from '../broadcast/listkey.ts';
import { seenBy } from '../broadcast/members.ts';
import type { Post } from '../records/kinds.ts';

/** How the enterprises of one office stand, and their names as on a list. */
export interface Overview {
  figures: OfficeFigures;
  readonly names: Set<string>;
}

/** The key of the records of one city's office. */
export function officeKey({ programme, city = '' }: Post): string {
  return `${programme}/${city}`;
}

/** How the enterprises of these offices stand, by `officeKey`, in one look at the chats. */
export async function overviewsOf(
  deps: BroadcastDeps,
  posts: readonly Required<Post>[],
  now: number,
): Promise<ReadonlyMap<string, Overview>> {
  const found = new Map<string, Overview>();
  for (const post of posts) found.set(officeKey(post), { figures: NO_FIGURES, names: new Set() });
  for (const id of new Set(posts.map(({ programme }) => programme))) {
    const programme = deps.offices.programme(id);
    if (!programme) continue;
    const cities = new Set(posts.flatMap((post) => (post.programme === id ? post.city : [])));
    for await (const { member } of seenBy(deps, programme, [...cities], now)) {
      const { city = '', enterprise } = member;
      const overview = found.get(officeKey({ programme: id, city }));
      if (!overview) continue;
      overview.figures = counting(overview.figures, member);
      overview.names.add(listKey(city, enterprise.name ?? ''));
    }
  }
  return found;
}
