import { isStopped } from '../../outreach/audience.ts';
import { listKey } from '../broadcast/listkey.ts';
import { rosterOf } from '../broadcast/roster.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Post, RosterRow } from '../records/kinds.ts';
import { giveWay } from '../turn.ts';
import type { DeskDeps } from './desk.ts';
import { seenOf, seenOfOffice } from './papers.ts';
import { done, refused, type EnterpriseLine, type OperatorAnswer, type OperatorRequest } from './request.ts';

/** The firms of an office: those that agreed to be seen, and those on its own list. */

/** The posts that a request is about: one city, or every programme's cities. */
function postsOf(deps: DeskDeps, city: string | undefined, programme: string | undefined): readonly Post[] | undefined {
  const { offices } = deps;
  if (city === undefined)
    return offices.programmesPosts().filter(({ programme: id }) => programme === undefined || id === programme);
  const post = offices.cityPost(city, programme);
  return post && [post];
}

export async function enterprisesOf(
  deps: DeskDeps,
  { city, programme }: Extract<OperatorRequest, { verb: 'enterprises' | 'export' }>,
  now: number,
): Promise<OperatorAnswer> {
  const found = postsOf(deps, city, programme);
  if (!found) return refused('city', 'no-city', city ?? '');
  const enterprises: EnterpriseLine[] = [];
  for (const post of found) {
    const office = deps.offices.officeOf(post);
    const rows = await rosterOf(deps, { programme: post.programme, cities: office.cities });
    const byName = new Map(rows.map((row) => [listKey(row.city, row.name), row]));
    const lines = new Map<string, EnterpriseLine[]>(office.cities.map((city) => [city, []]));
    const seen = new Set<string>();
    for await (const known of seenOfOffice(deps, office, now)) {
      const { name, city: where, progress, missing } = seenOf(known);
      const key = listKey(where, name);
      seen.add(key);
      const line = { name, city: where, progress, missing, connected: isReached(known.doc) };
      lines.get(where)?.push({ ...line, ...contactOf(byName.get(key)) });
    }
    for (const own of lines.values()) {
      enterprises.push(...own.sort((a, b) => (a.name < b.name ? -1 : 1)));
      await giveWay();
    }
    for (const row of rows)
      if (!seen.has(listKey(row.city, row.name))) {
        const { name, city: where } = row;
        const line = { name, city: where, progress: '', missing: [], connected: false };
        enterprises.push({ ...line, ...contactOf(row) });
      }
  }
  return done({ enterprises });
}

/** Replaces the lists of the cities that occur, and tells who of them can be written to. */
export async function importRoster(deps: DeskDeps, rows: readonly RosterRow[], now: number): Promise<OperatorAnswer> {
  const { offices, records } = deps;
  if (rows.length === 0) return refused('file', 'no-rows');
  const byPost = new Map<string, { post: Post; rows: RosterRow[] }>();
  for (const [index, row] of rows.entries()) {
    const post = offices.cityPost(row.city);
    if (post?.city === undefined) return refused(`rows[${String(index)}].city`, 'no-city', row.city);
    const key = `${post.programme}/${post.city}`;
    const own = byPost.get(key) ?? { post, rows: [] };
    own.rows.push({ ...row, city: post.city });
    byPost.set(key, own);
  }
  const reachable: object[] = [];
  const call: object[] = [];
  for (const [key, own] of byPost) {
    await records.put('roster', key, { record: 'roster', v: 1, at: now, rows: own.rows });
    const can = new Set<string>();
    for await (const { doc, member } of seenOfOffice(deps, offices.officeOf(own.post), now))
      if (isReached(doc)) can.add(listKey(member.city ?? '', member.enterprise.name ?? ''));
    for (const row of own.rows) {
      if (can.has(listKey(row.city, row.name))) reachable.push({ name: row.name, city: row.city });
      else call.push({ name: row.name, city: row.city, ...contactOf(row) });
    }
  }
  return done({ imported: rows.length, reachable, call });
}

/** Whether something unasked would get there, as far as is known. */
function isReached({ state, reach }: ChatDoc): boolean {
  return !isStopped(state) && reach === undefined;
}

function contactOf(row: RosterRow | undefined): Pick<RosterRow, 'contact' | 'phone'> {
  return {
    ...(row?.contact === undefined ? {} : { contact: row.contact }),
    ...(row?.phone === undefined ? {} : { phone: row.phone }),
  };
}
