import type { Refusal, Stage } from '../../dialogue/staff/desk.ts';
import type { Change } from '../ports.ts';
import type { BroadcastRecord } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { stageOf } from './stage.ts';

/** Taking back, holding up, ending and approving a broadcast. Each done twice is done once. */

export type Verb = 'withdraw' | 'pause' | 'resume' | 'cancel';

export type Controlled =
  { readonly ok: true; readonly record: BroadcastRecord } | { readonly ok: false; readonly why: Refusal };

const SECOND_MS = 1_000;

/** What each verb can be said to, and what it leads to; `undefined` for what is as wanted already. */
const FROM: Readonly<Record<Verb, readonly Stage[]>> = {
  withdraw: ['approval', 'undo', 'scheduled', 'sending', 'paused', 'stopped'],
  pause: ['approval', 'undo', 'scheduled', 'sending'],
  resume: ['paused'],
  cancel: ['approval', 'undo', 'scheduled', 'sending', 'paused', 'stopped'],
};
const TO = { withdraw: 'withdrawn', pause: 'paused', resume: 'open', cancel: 'cancelled' } as const;

/** Changes where a broadcast stands at `now` (UTC ms). */
export function control({ records }: BroadcastDeps, id: string, verb: Verb, now: number): Promise<Controlled> {
  return records.update<'broadcast', Controlled>('broadcast', id, (doc) => {
    if (!doc) return refused('not-found');
    if (doc.state === TO[verb] && verb !== 'resume') return { result: { ok: true, record: doc } };
    // What has begun to leave cannot be taken back any more, only ended.
    if (verb === 'withdraw' && doc.begun !== undefined) return refused('too-late');
    if (!FROM[verb].includes(stageOf(doc, now))) return refused('not-now');
    const record = { ...doc, state: TO[verb] };
    return { doc: record, result: { ok: true, record } };
  });
}

/**
 * A second officer's agreement, for exactly what they were shown. The time to take it back begins anew: until now
 * nothing was going to be sent.
 */
export function approve(
  { records, limits }: BroadcastDeps,
  id: string,
  by: string,
  hash: string,
  now: number,
): Promise<Controlled> {
  return records.update<'broadcast', Controlled>('broadcast', id, (doc) => {
    if (!doc) return refused('not-found');
    if (doc.by === by) return refused('own');
    if (doc.hash !== hash) return refused('changed');
    if (doc.approved?.by === by) return { result: { ok: true, record: doc } };
    if (stageOf(doc, now) !== 'approval') return refused('not-now');
    const undoUntil = Math.max(doc.undoUntil, now + limits.broadcast.undo_seconds * SECOND_MS);
    const record = { ...doc, approved: { by, at: now, hash }, undoUntil };
    return { doc: record, result: { ok: true, record } };
  });
}

function refused(why: Refusal): Change<BroadcastRecord, Controlled> {
  return { result: { ok: false, why } };
}
