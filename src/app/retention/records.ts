import { isOver } from '../broadcast/broadcasts.ts';
import { FaultyDocument } from '../ports.ts';
import { Records } from '../records/documents.ts';
import type { BroadcastRecord, InviteRecord, RecordKind, RecordKinds } from '../records/kinds.ts';
import { timeOfId } from './age.ts';
import type { Removed, Run } from './deps.ts';
import { daysBefore } from './limits.ts';

/** Removing records that are too old: invitations, roles taken back, broadcasts that are over, the audit log. */

/** One kind, what it is counted as, and which of its records are to go. */
interface Rule<Kind extends RecordKind> {
  readonly kind: Kind;
  readonly counted: Removed;
  readonly isOld: (doc: RecordKinds[Kind], id: string) => boolean;
  /** Told by the id alone: whether it need not even be read. */
  readonly isYoung?: (id: string) => boolean;
}

/** Goes through all kinds of records. @throws the store's error; Stopped. */
export async function sweepRecords(run: Run): Promise<void> {
  const { limits, missesMs } = run.deps;
  const records = new Records(run.deps.store);
  const before = (days: number): number => daysBefore(run.now, days);
  const invited = before(limits.invites.days);
  const invites = new Set(await records.ids('invite'));
  const isOut = ({ expires }: InviteRecord): boolean => expires <= invited;
  for (const gone of await sweep(run, records, { kind: 'invite', counted: 'invites', isOld: isOut }))
    invites.delete(gone);
  await sweep(run, records, {
    kind: 'staff',
    counted: 'staff',
    // While the invitation is there, this record is what keeps its code from being used once more.
    isOld: ({ revoked, invite }) =>
      revoked !== undefined && revoked <= before(limits.audit.days) && !invites.has(invite),
  });
  const missed = Math.min(invited, run.now - missesMs);
  await sweep(run, records, {
    kind: 'limit',
    counted: 'misses',
    isOld: ({ misses }) => misses.every((at) => at <= missed),
  });
  await sweepAudiences(run, records, before(limits.broadcasts.audience_days));
  await sweep(run, records, {
    kind: 'broadcast',
    counted: 'broadcasts',
    isOld: (doc) => isOver(doc) && doc.pages === 0 && lastOf(doc) <= before(limits.broadcasts.days),
  });
  for (const [kind, counted, days] of [
    ['audit', 'audit', limits.audit.days],
    ['question', 'questions', limits.questions.days],
  ] as const) {
    const isYoung = (id: string): boolean => (timeOfId(id) ?? 0) > before(days);
    await sweep(run, records, { kind, counted, isYoung, isOld: ({ at }) => at <= before(days) });
  }
}

/**
 * Lets go of the recipients of broadcasts that were over long ago. Their number of pages is set to none first: after a
 * crash in between, pages are found that nothing speaks of.
 */
async function sweepAudiences(run: Run, records: Records, before: number): Promise<void> {
  const isOld = (doc: BroadcastRecord): boolean => isOver(doc) && lastOf(doc) <= before;
  const all = new Map((await readable(run, records, 'broadcast')).map(({ id, doc }) => [id, doc]));
  for (const [id, doc] of all) {
    if (doc.pages === 0 || !isOld(doc)) continue;
    run.counts.audiences += 1;
    all.set(id, { ...doc, pages: 0 });
    if (run.apply)
      await records.update('broadcast', id, (now) => ({
        doc: now && isOld(now) ? { ...now, pages: 0 } : undefined,
        result: undefined,
      }));
    await run.between();
  }
  await sweep(run, records, {
    kind: 'page',
    counted: 'pages',
    isOld(_, page) {
      const id = page.slice(0, page.lastIndexOf('/'));
      const broadcast = all.get(id);
      // Pages are written before their broadcast: without one they are new, or were never confirmed.
      return broadcast ? broadcast.pages === 0 : (timeOfId(id) ?? run.now) <= before;
    },
  });
}

/** The last instant at which something is known to have happened to it. */
function lastOf({ at, startsAt = 0, begun = 0, approved }: BroadcastRecord): number {
  return Math.max(at, startsAt, begun, approved?.at ?? 0);
}

/** So many ids are passed over in one go. */
const IDS = 1_000;

/** @returns the ids that are gone, or would be. */
async function sweep<Kind extends RecordKind>(run: Run, records: Records, rule: Rule<Kind>): Promise<string[]> {
  const { kind, counted, isOld, isYoung = () => false } = rule;
  const gone: string[] = [];
  let passed = 0;
  let looked = 0;
  for await (const id of records.each(kind)) {
    passed += 1;
    if (passed % IDS === 0) await run.between();
    if (isYoung(id)) continue;
    looked += 1;
    if (looked % run.deps.limits.page === 0) await run.between();
    const doc = await read(run, records, kind, id);
    if (!doc || !isOld(doc, id)) continue;
    if (run.apply)
      await records.update(kind, id, (now) => ({ doc: now && isOld(now, id) ? null : undefined, result: undefined }));
    run.counts[counted] += 1;
    gone.push(id);
  }
  await run.between();
  return gone;
}

async function readable<Kind extends RecordKind>(
  run: Run,
  records: Records,
  kind: Kind,
): Promise<{ readonly id: string; readonly doc: RecordKinds[Kind] }[]> {
  const found: { id: string; doc: RecordKinds[Kind] }[] = [];
  for (const id of await records.ids(kind)) {
    const doc = await read(run, records, kind, id);
    if (doc) found.push({ id, doc });
  }
  return found;
}

/** The record, unless it cannot be read: it then stays. */
async function read<Kind extends RecordKind>(
  { deps }: Run,
  records: Records,
  kind: Kind,
  id: string,
): Promise<RecordKinds[Kind] | undefined> {
  try {
    return await records.read(kind, id);
  } catch (error) {
    if (!(error instanceof FaultyDocument)) throw error;
    deps.log.warn('retention.faulty-document', { kind });
    return undefined;
  }
}
