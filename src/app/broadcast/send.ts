import type { Standing, Told } from '../../dialogue/staff/desk.ts';
import type { BroadcastRecord, Post } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { faultsOf, gather, hashOf, needsApproval, recipientReply, recipientsOf, type Wanted } from './draft.ts';
import { outlookOf, type Outlook } from './forecast.ts';
import { pageId, standingOf } from './report.ts';
import { startOf } from './stage.ts';

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
  const found = await gather(deps, audience, now, text);
  const members = recipientsOf(found);
  if (members.length === 0) return { ok: false, why: 'nobody' };
  if (members.length !== count) return { ok: false, why: 'changed', count: members.length };
  if (text === '' || text.length > deps.limits.broadcast.text_limit || faultsOf(text, found).length > 0)
    return { ok: false, why: 'faulty' };
  const { page, undo_seconds: undo } = deps.limits.broadcast;
  const undoUntil = now + undo * SECOND_MS;
  const startsAt = startOf({ undoUntil, ...(at === undefined ? {} : { startsAt: at }) });
  const outlook = await outlookOf(deps, found, { reply: recipientReply(deps, post, text), startsAt }, now);
  const recipients = outlook.timed(members);
  const firms = found.listed?.firms ?? [];
  const pages = Math.ceil(Math.max(recipients.length, firms.length) / page);
  const record: BroadcastRecord = {
    ...{ record: 'broadcast', v: 1, id, by, post, audience, text, count, pages, at: now },
    hash: await hashOf({ text, audience, ...(at === undefined ? {} : { startsAt: at }) }, recipients),
    undoUntil,
    ...(at === undefined ? {} : { startsAt: at }),
    needsApproval: needsApproval(deps, audience, count),
    state: 'open',
    expanded: 0,
  };
  // The pages first: a broadcast that is there has all of its recipients.
  for (let index = 0; index < pages; index += 1) {
    const part = recipients.slice(index * page, (index + 1) * page);
    const call = firms.slice(index * page, (index + 1) * page);
    await deps.records.put('page', pageId(id, index), {
      ...{ record: 'page', v: 1, recipients: part },
      ...(call.length > 0 && { call }),
    });
  }
  const stored = await deps.records.update<'broadcast', BroadcastRecord>('broadcast', id, (doc) =>
    doc ? { result: doc } : { doc: record, result: record },
  );
  return told(deps, stored, by, now, outlook);
}

async function told(
  deps: BroadcastDeps,
  record: BroadcastRecord,
  by: string,
  now: number,
  outlook?: Outlook,
): Promise<Told<Standing>> {
  const standing = await standingOf(deps, record, by, now);
  return { ok: true, value: outlook ? { ...standing, forecasts: outlook.forecasts } : standing };
}
