import { createHash } from 'node:crypto';
import type { Audience } from '../../dialogue/staff/audience.ts';
import type { Counted, Preview, TextFault, Told } from '../../dialogue/staff/desk.ts';
import { Member } from '../../outreach/audience.ts';
import { fill, unknownPlaces } from '../../outreach/placeholders.ts';
import type { Programme } from '../../policy/index.ts';
import type { BroadcastRecord, Post, Recipient } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { listKey, membersOf, recipientOf, type Members } from './members.ts';
import { startOf } from './stage.ts';

/** Before a broadcast is confirmed: how many it is for, and how it will look. */

/** A name for recipients who must not be named. */
const SOMEBODY = '某某科技有限公司';
const SECOND_MS = 1_000;

export interface Wanted {
  readonly audience: Audience;
  readonly text: string;
  /** UTC ms. */
  readonly at?: number;
}

/** Everybody the audience is made of now. */
export async function gather(deps: BroadcastDeps, audience: Audience, now: number): Promise<Members> {
  const programme = deps.offices.programme(audience.programme);
  if (!programme) return { members: [], unsubscribed: 0 };
  const listed = new Set<string>();
  if (audience.roster)
    for (const city of audience.cities)
      for (const row of (await deps.records.read('roster', `${audience.programme}/${city}`))?.rows ?? [])
        listed.add(listKey(city, row.name));
  return membersOf({ chats: deps.chats, log: deps.log }, programme, audience, listed, now);
}

/** The recipients, as they are frozen: a chat with several enterprises gets a message for each. */
export function recipientsOf({ members }: Members): Recipient[] {
  const seen = new Map<string, number>();
  return members.map((known) => {
    const recipient = recipientOf(known);
    const nth = (seen.get(recipient.chat) ?? 0) + 1;
    seen.set(recipient.chat, nth);
    return nth === 1 ? recipient : { ...recipient, nth };
  });
}

export function countedOf({ limits }: BroadcastDeps, audience: Audience, found: Members): Counted {
  const { members, unsubscribed } = found;
  // Behind a condition on the verdict every name would tell one.
  const shown = audience.verdict === undefined ? members.slice(0, limits.broadcast.samples) : [];
  return {
    count: members.length,
    samples: shown.map(({ member }) => member.enterprise.name ?? ''),
    unsubscribed: audience.verdict === undefined ? unsubscribed : 0,
  };
}

/** How the text will look, and what keeps it from being sent. */
export function previewOf(deps: BroadcastDeps, post: Post, wanted: Wanted, found: Members, now: number): Told<Preview> {
  const { audience, text, at } = wanted;
  const { broadcast } = deps.limits;
  if (text === '' || text.length > broadcast.text_limit) return { ok: false, why: 'faulty' };
  const programme = deps.offices.programme(audience.programme);
  if (!programme) return { ok: false, why: 'not-found' };
  const counted = countedOf(deps, audience, found);
  const undoUntil = now + broadcast.undo_seconds * SECOND_MS;
  return {
    ok: true,
    value: {
      ...counted,
      faults: faultsOf(text, found),
      shown: shownTo(deps, post, programme, text, found, audience.verdict !== undefined),
      needsApproval: needsApproval(deps, audience, counted.count),
      startsAt: startOf({ undoUntil, ...(at === undefined ? {} : { startsAt: at }) }),
    },
  };
}

export function faultsOf(text: string, { members }: Members): readonly TextFault[] {
  const unknown = unknownPlaces(text).map((placeholder) => ({ placeholder }));
  if (unknown.length > 0) return unknown;
  const lacking = new Map<string, number>();
  for (const { member } of members) {
    const filled = fill(text, member);
    if (filled.kind === 'lacks') for (const place of filled.places) lacking.set(place, (lacking.get(place) ?? 0) + 1);
  }
  return [...lacking].map(([placeholder, count]) => ({ placeholder, lacking: count }));
}

/** Whether a second officer has to agree: across cities, or to many. */
export function needsApproval({ limits }: BroadcastDeps, audience: Audience, count: number): boolean {
  return audience.cities.length > 1 || count >= limits.broadcast.approval_from;
}

function shownTo(
  deps: BroadcastDeps,
  post: Post,
  programme: Programme,
  text: string,
  { members }: Members,
  hidden: boolean,
): Preview['shown'] {
  const first = members[0]?.member;
  const shown = first && hidden ? new Member(programme, { ...first.enterprise, name: SOMEBODY }, first.now) : first;
  const filled = shown && fill(text, shown);
  return recipientReply(deps, post, filled?.kind === 'text' ? filled.text : text);
}

/** The message as it leaves: in the name of the office, with the status of a text that is only a draft. */
export function recipientReply({ offices, words }: BroadcastDeps, post: Post, text: string): Preview['shown'] {
  const { status, status_says: says, short } = offices.programme(post.programme)?.files.programme ?? {};
  return words.recipient(
    offices.officeOf(post).name,
    text,
    status === 'draft' ? `【${short ?? ''}】${says ?? ''}` : '',
  );
}

/** What an approval is bound to: any other text, audience or recipient gives another. */
export function hashOf(
  broadcast: Pick<BroadcastRecord, 'text' | 'audience' | 'startsAt'>,
  recipients: readonly Recipient[],
): string {
  const { text, audience, startsAt } = broadcast;
  const parts = [
    text,
    Object.entries(audience).sort(),
    startsAt ?? null,
    recipients.map((one) => Object.entries(one).sort()),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
