import { isStillIn, isStopped } from '../../outreach/audience.ts';
import { fill } from '../../outreach/placeholders.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { UnaskedEntry } from '../dispatch/entry.ts';
import { enqueue } from '../dispatch/outbox.ts';
import { FaultyDocument } from '../ports.ts';
import type { BroadcastRecord, Recipient } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { hashOf, recipientReply } from './draft.ts';
import { knownIn } from './members.ts';
import { pageId, sourceOf, standingOf, tally } from './report.ts';
import { stageOf } from './stage.ts';
import { tellOnce } from './tell.ts';
import { someoneWaits } from './waiting.ts';

/** Carrying a broadcast from its pages into the outboxes, and closing it. Every step may be done twice. */

const AT_ONCE = 64;

/** Does what can be done for one broadcast at `now` (UTC ms). @returns it as it then stands. */
export async function carry(deps: BroadcastDeps, id: string, now: number): Promise<BroadcastRecord | undefined> {
  let broadcast = await begin(deps, id, now);
  while (broadcast && stageOf(broadcast, now) === 'sending' && broadcast.expanded < broadcast.pages) {
    const page = broadcast.expanded;
    const recipients = (await deps.records.read('page', pageId(id, page)))?.recipients ?? [];
    for (let from = 0; from < recipients.length; from += AT_ONCE) {
      // It may have been stopped meanwhile; what is in the outboxes already is held back by the gate.
      if ((await deps.records.read('broadcast', id))?.state !== 'open') return deps.records.read('broadcast', id);
      const sending = broadcast;
      await Promise.all(recipients.slice(from, from + AT_ONCE).map((one) => put(deps, sending, one, now)));
    }
    broadcast = await deps.records.update<'broadcast', BroadcastRecord | undefined>('broadcast', id, (doc) => {
      if (!doc || doc.expanded > page) return { result: doc };
      const next = { ...doc, expanded: page + 1 };
      return { doc: next, result: next };
    });
  }
  return broadcast && finish(deps, broadcast, now);
}

/** Marks the beginning, once everything that it depends on still holds. */
async function begin(deps: BroadcastDeps, id: string, now: number): Promise<BroadcastRecord | undefined> {
  const broadcast = await deps.records.read('broadcast', id);
  if (!broadcast || stageOf(broadcast, now) !== 'sending') return broadcast;
  const stopped = broadcast.begun === undefined ? await faultOf(deps, broadcast) : undefined;
  return deps.records.update<'broadcast', BroadcastRecord | undefined>('broadcast', id, (doc) => {
    if (!doc || doc.begun !== undefined || stageOf(doc, now) !== 'sending') return { result: doc };
    const next: BroadcastRecord = stopped ? { ...doc, stopped } : { ...doc, begun: now };
    return { doc: next, result: next };
  });
}

/** Why it must not leave although it was confirmed: somebody is not staff any more, or it is not what was approved. */
async function faultOf(deps: BroadcastDeps, broadcast: BroadcastRecord): Promise<BroadcastRecord['stopped']> {
  const { by, post, approved, needsApproval, audience } = broadcast;
  for (const chat of [by, ...(needsApproval ? [approved?.by ?? ''] : [])]) {
    const staff = await deps.roles.staff(chat);
    if (staff === undefined || staff === 'revoked') return 'revoked';
    const { cities, programme } = deps.offices.officeOf(staff.post);
    const isTheirs = programme === post.programme && audience.cities.every((city) => cities.includes(city));
    if (!isTheirs) return 'revoked';
  }
  const recipients: Recipient[] = [];
  for (let page = 0; page < broadcast.pages; page += 1)
    recipients.push(...((await deps.records.read('page', pageId(broadcast.id, page)))?.recipients ?? []));
  const hash = await hashOf(broadcast, recipients);
  return hash !== broadcast.hash || (needsApproval && approved?.hash !== hash) ? 'hash' : undefined;
}

/** Puts the message of one recipient into their outbox, unless they are not to have it any more. */
async function put(deps: BroadcastDeps, broadcast: BroadcastRecord, recipient: Recipient, now: number): Promise<void> {
  try {
    await deps.chats.update(recipient.chat, (doc) => {
      const filled = doc && withMessage(deps, broadcast, recipient, doc, now);
      return { doc: filled === doc ? undefined : filled, result: undefined };
    });
  } catch (error) {
    if (!(error instanceof FaultyDocument)) throw error;
    deps.log.warn('broadcast.chat-unreadable', { chat: recipient.chat });
  }
}

function withMessage(
  deps: BroadcastDeps,
  broadcast: BroadcastRecord,
  recipient: Recipient,
  doc: ChatDoc,
  now: number,
): ChatDoc {
  const { audience, post, text, id } = broadcast;
  const programme = deps.offices.programme(audience.programme);
  if (!programme || isStopped(doc.state)) return doc;
  const known = knownIn(doc, programme, audience.cities, now).find(
    ({ member }) => member.enterprise.id === recipient.enterprise,
  );
  const filled = known && fill(text, known.member);
  // It was chosen for what is not so any more (it has handed in, no paper is missing): it would be wrong to send it.
  if (!known || filled?.kind !== 'text' || !isStillIn(audience, known.member)) return doc;
  const entry: UnaskedEntry = {
    ...{ id: deps.ids(), at: now, kind: 'broadcast', source: sourceOf(id, recipient) },
    reply: recipientReply(deps, post, filled.text),
    ...(recipient.at === undefined ? {} : { notBefore: recipient.at }),
  };
  return enqueue(doc, [entry]);
}

/** Closes it when nobody waits any more, and tells the officer what became of it. */
async function finish(deps: BroadcastDeps, broadcast: BroadcastRecord, now: number): Promise<BroadcastRecord> {
  const isOut = broadcast.state === 'open' && broadcast.begun !== undefined && broadcast.expanded === broadcast.pages;
  const isEnded = broadcast.state === 'cancelled' && broadcast.totals === undefined;
  if (!isOut && !isEnded) return broadcast;
  if (await someoneWaits(deps, broadcast)) return broadcast;
  const { totals } = await tally(deps, broadcast, now);
  if (totals.waiting > 0) return broadcast;
  const closed = await deps.records.update<'broadcast', BroadcastRecord>('broadcast', broadcast.id, (doc) => {
    if (!doc || doc.state !== broadcast.state) return { result: doc ?? broadcast };
    const next: BroadcastRecord = { ...doc, state: isOut ? 'done' : doc.state, totals };
    return { doc: next, result: next };
  });
  const standing = await standingOf(deps, closed, closed.by, now);
  await tellOnce(deps, closed.by, `report:${closed.id}`, deps.words.finished(standing, now), now);
  return closed;
}
