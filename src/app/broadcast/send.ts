import type { Standing, Told } from '../../dialogue/staff/desk.ts';
import type { BroadcastRecord, Post } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { faultsOf, gather, hashOf, needsApproval, recipientsOf, type Wanted } from './draft.ts';
import { pageId, standingOf } from './report.ts';

/** Confirming a broadcast: its audience is frozen, and nothing leaves yet. */

const SECOND_MS = 1_000;

export interface Confirmed extends Wanted {
  /** Made before: confirmed twice, it is one broadcast. */
  readonly id: string;
  /** What the officer typed. */
  readonly count: number;
}

/** Freezes the audience if it is of the count that was confirmed. `by` is the officer's chat, `now` UTC ms. */
export async function confirm(
  deps: BroadcastDeps,
  by: string,
  post: Post,
  confirmed: Confirmed,
  now: number,
): Promise<Told<Standing>> {
  const { id, audience, text, at, count } = confirmed;
  const before = await deps.records.read('broadcast', id);
  if (before) return before.by === by ? told(deps, before, by, now) : { ok: false, why: 'not-found' };
  const found = await gather(deps, audience, now);
  const recipients = recipientsOf(found);
  if (recipients.length === 0) return { ok: false, why: 'nobody' };
  if (recipients.length !== count) return { ok: false, why: 'changed', count: recipients.length };
  if (text === '' || text.length > deps.limits.broadcast.text_limit || faultsOf(text, found).length > 0)
    return { ok: false, why: 'faulty' };
  const { page, undo_seconds: undo } = deps.limits.broadcast;
  const pages = Math.ceil(recipients.length / page);
  const record: BroadcastRecord = {
    ...{ record: 'broadcast', v: 1, id, by, post, audience, text, count, pages, at: now },
    hash: hashOf({ text, audience, ...(at === undefined ? {} : { startsAt: at }) }, recipients),
    undoUntil: now + undo * SECOND_MS,
    ...(at === undefined ? {} : { startsAt: at }),
    needsApproval: needsApproval(deps, audience, count),
    state: 'open',
    expanded: 0,
  };
  // The pages first: a broadcast that is there has all of its recipients.
  for (let index = 0; index < pages; index += 1) {
    const part = recipients.slice(index * page, (index + 1) * page);
    await deps.records.put('page', pageId(id, index), { record: 'page', v: 1, recipients: part });
  }
  const stored = await deps.records.update<'broadcast', BroadcastRecord>('broadcast', id, (doc) =>
    doc ? { result: doc } : { doc: record, result: record },
  );
  return told(deps, stored, by, now);
}

async function told(deps: BroadcastDeps, record: BroadcastRecord, by: string, now: number): Promise<Told<Standing>> {
  return { ok: true, value: await standingOf(deps, record, by, now) };
}
