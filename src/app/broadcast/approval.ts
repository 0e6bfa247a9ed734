import type { Office } from '../../dialogue/staff/desk.ts';
import type { Post } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { tellOnce } from './tell.ts';

/** Whether an office is responsible for all of these cities. */
export function covers(office: Office, programme: string, cities: readonly string[]): boolean {
  return office.programme === programme && cities.length > 0 && cities.every((city) => office.cities.includes(city));
}

/** Whoever may approve is told that somebody has to. */
export async function askForApproval(
  deps: BroadcastDeps,
  id: string,
  by: string,
  cities: readonly string[],
  post: Post,
  now: number,
): Promise<void> {
  const { roles, offices, words } = deps;
  for (const { chat, post: theirs, revoked } of await roles.everybody()) {
    if (chat === by || revoked !== undefined || !covers(offices.officeOf(theirs), post.programme, cities)) continue;
    await tellOnce(deps, chat, `approve:${id}`, words.approvalWanted(id, offices.officeOf(post).name), now);
  }
}
