import type { Standing } from '../../dialogue/staff/desk.ts';
import type { Member } from '../../outreach/audience.ts';
import { callList, type MissedFirm } from '../../outreach/reach-calls.ts';
import type { ChatDoc } from '../chatdoc.ts';
import { FaultyDocument } from '../ports.ts';
import type { BroadcastRecord, Recipient, Totals } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { listKey } from './listkey.ts';
import { knownIn } from './members.ts';
import { rosterOf } from './roster.ts';
import { stageOf, startOf } from './stage.ts';

/** What became of a broadcast, recipient by recipient, from what stands in their chats. */

export type Ending = keyof Totals;

const READS = 64;

/** The key under which a broadcast lies in the outbox and the ledger of a recipient. */
export function sourceOf(id: string, { nth }: Pick<Recipient, 'nth'>): string {
  return `broadcast:${id}${nth === undefined ? '' : `#${String(nth)}`}`;
}

/** The broadcast that a source belongs to; undefined for other sources. */
export function idOfSource(source: string): string | undefined {
  return /^broadcast:([^#]+)/.exec(source)?.[1];
}

/** All recipients, page by page, with whether their page is in the outboxes. */
async function* recipients(deps: BroadcastDeps, { id, pages, expanded }: BroadcastRecord) {
  for (let page = 0; page < pages; page += 1) {
    const found = (await deps.records.read('page', pageId(id, page)))?.recipients ?? [];
    for (let from = 0; from < found.length; from += READS)
      yield { part: found.slice(from, from + READS), expanded: page < expanded };
  }
}

export function pageId(id: string, page: number): string {
  return `${id}/${String(page).padStart(5, '0')}`;
}

function endingOf(
  broadcast: BroadcastRecord,
  recipient: Recipient,
  doc: ChatDoc | undefined,
  expanded: boolean,
): Ending {
  const source = sourceOf(broadcast.id, recipient);
  const line = doc?.ledger?.find((one) => one.source === source);
  const over = broadcast.state === 'cancelled' || broadcast.state === 'withdrawn';
  switch (line?.outcome) {
    case 'sent':
    case 'ambiguous':
    case 'unreachable':
      return line.outcome;
    case 'refused':
    case 'gave-up':
      return 'failed';
    case 'cancelled':
      return over ? 'cancelled' : 'unsubscribed';
    case undefined:
      if (doc?.outbox.some((entry) => entry.source === source)) return 'waiting';
      if (!expanded) return over ? 'cancelled' : 'waiting';
      // It was not put there, or is gone with everything else of the chat.
      return 'unsubscribed';
  }
}

async function docOf(deps: BroadcastDeps, chat: string): Promise<ChatDoc | undefined> {
  try {
    return await deps.chats.read(chat);
  } catch (error) {
    if (error instanceof FaultyDocument) return undefined;
    throw error;
  }
}

export interface Reported {
  readonly totals: Totals;
  /** Of those who may be named, those who have not got it. */
  readonly missed: readonly MissedFirm[];
}

/** Counts how every recipient stands. */
export async function tally(deps: BroadcastDeps, broadcast: BroadcastRecord, now: number): Promise<Reported> {
  const none = { sent: 0, failed: 0, ambiguous: 0, unsubscribed: 0, unreachable: 0, cancelled: 0, waiting: 0 };
  // It was over long ago, and its recipients are not kept any more; without totals it was taken back before it began.
  if (broadcast.pages === 0) return { totals: broadcast.totals ?? { ...none, cancelled: broadcast.count }, missed: [] };
  const totals = none;
  const missed: MissedFirm[] = [];
  const programme = deps.offices.programme(broadcast.audience.programme);
  for await (const { part, expanded } of recipients(deps, broadcast)) {
    const docs = await Promise.all(part.map(({ chat }) => docOf(deps, chat)));
    for (const [index, recipient] of part.entries()) {
      const doc = docs[index];
      const ending = endingOf(broadcast, recipient, doc, expanded);
      totals[ending] += 1;
      const why = whyMissed(ending, doc);
      if (!doc || !programme || why === undefined) continue;
      const known = knownIn(doc, programme, broadcast.audience.cities, now);
      const member: Member | undefined = known.find(
        ({ member: one }) => one.enterprise.id === recipient.enterprise,
      )?.member;
      if (member) missed.push({ city: member.city ?? '', name: member.enterprise.name ?? '', why });
    }
  }
  return { totals, missed };
}

/** Why a recipient has not got it; undefined for those who have, or may yet, or are not meant to any more. */
function whyMissed(ending: Ending, doc: ChatDoc | undefined): MissedFirm['why'] | undefined {
  if (ending === 'sent' || ending === 'waiting' || ending === 'cancelled') return undefined;
  return ending === 'unreachable' ? (doc?.reach?.reason ?? 'unreachable') : ending;
}

/** Where a broadcast stands, in a line: without those to be called, and counted anew only while it is not over. */
export async function briefOf(
  deps: BroadcastDeps,
  broadcast: BroadcastRecord,
  asker: string,
  now: number,
): Promise<Standing> {
  const totals = broadcast.totals ?? (await tally(deps, broadcast, now)).totals;
  return { ...headOf(broadcast, asker, now), ...totals, calls: 0, callFrom: 0, call: [] };
}

function headOf(broadcast: BroadcastRecord, asker: string, now: number) {
  const { id, count, at, audience, by } = broadcast;
  return {
    ...{ id, count, at, mine: by === asker, cities: audience.cities },
    stage: stageOf(broadcast, now),
    startsAt: startOf(broadcast),
  };
}

/** Where a broadcast stands, for the chat of an officer; `part` of those to be called, from 1. */
export async function standingOf(
  deps: BroadcastDeps,
  broadcast: BroadcastRecord,
  asker: string,
  now: number,
  part = 1,
): Promise<Standing> {
  const { audience } = broadcast;
  const { totals, missed } = await tally(deps, broadcast, now);
  // Behind a condition on the verdict every name would tell one.
  const all = audience.verdict === undefined ? [...missed, ...(await neverHere(deps, broadcast, missed))] : [];
  const { call_shown: shown } = deps.limits.broadcast;
  const callFrom = Math.min((part - 1) * shown, Math.max(0, all.length - 1));
  return {
    ...headOf(broadcast, asker, now),
    ...totals,
    ...{ calls: all.length, callFrom },
    call: await withPhones(deps, broadcast, all.slice(callFrom, callFrom + shown)),
  };
}

/** Firms on the list that it was not sent to, once it has begun; not those that are told of already. */
async function neverHere(
  deps: BroadcastDeps,
  { id, pages, begun, state }: BroadcastRecord,
  missed: Reported['missed'],
): Promise<MissedFirm[]> {
  if (begun === undefined || state === 'withdrawn') return [];
  const told = new Set(missed.map(({ city, name }) => listKey(city, name)));
  const firms: MissedFirm[] = [];
  for (let page = 0; page < pages; page += 1)
    for (const { city, name } of (await deps.records.read('page', pageId(id, page)))?.call ?? [])
      if (!told.has(listKey(city, name))) firms.push({ city, name, why: 'never-wrote' });
  return firms;
}

/** Those to be called, with the numbers that stand on the office's own list now. */
async function withPhones(
  deps: BroadcastDeps,
  { audience }: BroadcastRecord,
  missed: Reported['missed'],
): Promise<Standing['call']> {
  if (missed.length === 0) return [];
  const rows = await rosterOf(deps, audience);
  const phones = new Map(rows.map((row) => [listKey(row.city, row.name), row.phone]));
  return callList(missed, (city, name) => phones.get(listKey(city, name)), missed.length);
}
