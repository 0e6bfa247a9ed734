import { createHash } from 'node:crypto';
import type { Audience } from '../../dialogue/staff/audience.ts';
import type { Counted, ListedCount, Preview, TextFault, Told } from '../../dialogue/staff/desk.ts';
import { Member } from '../../outreach/audience.ts';
import { fill, unknownPlaces } from '../../outreach/placeholders.ts';
import type { Programme } from '../../policy/index.ts';
import type { BroadcastRecord, Post, Recipient } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import type { Listed } from './listed.ts';
import { outlookOf } from './forecast.ts';
import { inParts } from '../turn.ts';
import { membersOf, type Members } from './members.ts';
import { rosterOf } from './roster.ts';
import { startOf } from './stage.ts';

/** Before a broadcast is confirmed: how many it is for, and how it will look. */

/** A name for recipients who must not be named. */
const SOMEBODY = '某某科技有限公司';
const SECOND_MS = 1_000;
const HASHED_AT_ONCE = 2_000;

export interface Wanted {
  readonly audience: Audience;
  readonly text: string;
  /** UTC ms. */
  readonly at?: number;
}

/** Everybody the audience is made of now; with a text its placeholders are tried on each. */
export async function gather(deps: BroadcastDeps, audience: Audience, now: number, text?: string): Promise<Members> {
  const programme = deps.offices.programme(audience.programme);
  if (!programme) return { members: [], lacking: new Map(), unsubscribed: 0 };
  const rows = await rosterOf(deps, audience);
  const search = { audience, rows, ...(text !== undefined && unknownPlaces(text).length === 0 && { text }) };
  return membersOf({ chats: deps.chats, log: deps.log }, programme, search, now);
}

/** The recipients, as they are frozen. */
export function recipientsOf({ members }: Members): Recipient[] {
  return members.map(({ chat, enterprise, nth }) => ({ chat, enterprise, ...(nth !== undefined && { nth }) }));
}

export function countedOf({ limits }: BroadcastDeps, audience: Audience, found: Members): Counted {
  const { members, unsubscribed, listed } = found;
  // Behind a condition on the verdict every name would tell one.
  const shown = audience.verdict === undefined ? members.slice(0, limits.broadcast.samples) : [];
  return {
    count: members.length,
    samples: shown.map(({ name }) => name),
    unsubscribed: audience.verdict === undefined ? unsubscribed : 0,
    ...(listed && { listed: countOf(listed) }),
  };
}

function countOf({ firms: _firms, ...count }: Listed): ListedCount {
  return count;
}

/** How the text will look, and what keeps it from being sent. */
export async function previewOf(
  deps: BroadcastDeps,
  post: Post,
  wanted: Wanted,
  found: Members,
  now: number,
): Promise<Told<Preview>> {
  const { audience, text, at } = wanted;
  const { broadcast } = deps.limits;
  if (text === '' || text.length > broadcast.text_limit) return { ok: false, why: 'faulty' };
  const programme = deps.offices.programme(audience.programme);
  if (!programme) return { ok: false, why: 'not-found' };
  const counted = countedOf(deps, audience, found);
  const undoUntil = now + broadcast.undo_seconds * SECOND_MS;
  const startsAt = startOf({ undoUntil, ...(at === undefined ? {} : { startsAt: at }) });
  const shown = shownTo(deps, post, programme, text, found, audience.verdict !== undefined);
  const { forecasts } = await outlookOf(deps, found, { reply: shown, startsAt }, now);
  return {
    ok: true,
    value: {
      ...counted,
      faults: faultsOf(text, found),
      needsApproval: needsApproval(deps, audience, counted.count),
      ...{ shown, startsAt, forecasts },
    },
  };
}

/** What keeps a text from being sent to those it was tried on. */
export function faultsOf(text: string, { lacking }: Members): readonly TextFault[] {
  const unknown = unknownPlaces(text).map((placeholder) => ({ placeholder }));
  if (unknown.length > 0) return unknown;
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
  { first }: Members,
  hidden: boolean,
): Preview['shown'] {
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
export async function hashOf(
  broadcast: Pick<BroadcastRecord, 'text' | 'audience' | 'startsAt'>,
  recipients: readonly Recipient[],
): Promise<string> {
  const { text, audience, startsAt } = broadcast;
  const head = [text, Object.entries(audience).sort(), startsAt ?? null];
  const hash = createHash('sha256').update(JSON.stringify(head));
  for await (const part of inParts(recipients, HASHED_AT_ONCE))
    for (const one of part) hash.update(`\n${JSON.stringify(Object.entries(one).sort())}`);
  return hash.digest('hex');
}
