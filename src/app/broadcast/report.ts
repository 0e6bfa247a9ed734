import type { Standing } from '../../dialogue/staff/desk.ts';
import type { Member } from '../../outreach/audience.ts';
import type { ChatDoc } from '../chatdoc.ts';
import { FaultyDocument } from '../ports.ts';
import type { BroadcastRecord, Recipient, RosterRow, Totals } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { knownIn, listKey } from './members.ts';
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
  readonly missed: readonly { readonly city: string; readonly name: string }[];
}

/** Counts how every recipient stands. */
export async function tally(deps: BroadcastDeps, broadcast: BroadcastRecord, now: number): Promise<Reported> {
  const totals = { sent: 0, failed: 0, ambiguous: 0, unsubscribed: 0, unreachable: 0, cancelled: 0, waiting: 0 };
  const missed: { city: string; name: string }[] = [];
  const programme = deps.offices.programme(broadcast.audience.programme);
  for await (const { part, expanded } of recipients(deps, broadcast)) {
    const docs = await Promise.all(part.map(({ chat }) => docOf(deps, chat)));
    for (const [index, recipient] of part.entries()) {
      const doc = docs[index];
      const ending = endingOf(broadcast, recipient, doc, expanded);
      totals[ending] += 1;
      if (!doc || !programme || ['sent', 'waiting', 'cancelled'].includes(ending)) continue;
      const known = knownIn(doc, programme, broadcast.audience.cities, now);
      const member: Member | undefined = known.find(
        ({ member: one }) => one.enterprise.id === recipient.enterprise,
      )?.member;
      if (member) missed.push({ city: member.city ?? '', name: member.enterprise.name ?? '' });
    }
  }
  return { totals, missed };
}

/** Where a broadcast stands, for the chat of an officer. */
export async function standingOf(
  deps: BroadcastDeps,
  broadcast: BroadcastRecord,
  asker: string,
  now: number,
): Promise<Standing> {
  const { id, count, at, audience, by } = broadcast;
  const { totals, missed } = await tally(deps, broadcast, now);
  return {
    ...{ id, count, at, mine: by === asker, cities: audience.cities },
    stage: stageOf(broadcast, now),
    startsAt: startOf(broadcast),
    ...totals,
    // Behind a condition on the verdict every name would tell one.
    call: audience.verdict === undefined ? await toCall(deps, broadcast, missed) : [],
  };
}

/** Whom to call instead: those who have not got it, and, when it was for a list, those on it who were never here. */
async function toCall(
  deps: BroadcastDeps,
  broadcast: BroadcastRecord,
  missed: Reported['missed'],
): Promise<Standing['call']> {
  const { audience } = broadcast;
  const rows: RosterRow[] = [];
  for (const city of audience.cities)
    rows.push(...((await deps.records.read('roster', `${audience.programme}/${city}`))?.rows ?? []));
  const phones = new Map(rows.map((row) => [listKey(row.city, row.name), row.phone]));
  return missed.slice(0, deps.limits.broadcast.call_shown).map(({ city, name }) => {
    const phone = phones.get(listKey(city, name));
    return phone === undefined ? { name } : { name, phone };
  });
}
