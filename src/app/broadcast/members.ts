import type { Audience } from '../../dialogue/staff/audience.ts';
import { isIn, isShared, isStopped, Member } from '../../outreach/audience.ts';
import { fill } from '../../outreach/placeholders.ts';
import type { Programme } from '../../policy/index.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { UnreachableReason } from '../dispatch/entry.ts';
import { FaultyDocument, type Log, type Store } from '../ports.ts';
import { giveWay } from '../turn.ts';
import type { Recipient, RosterRow } from '../records/kinds.ts';
import { listKey } from './listkey.ts';
import { listedOf, type Listed, type Place } from './listed.ts';

/** An enterprise that may be seen, with the chat it belongs to. */
export interface Known {
  readonly doc: ChatDoc;
  readonly member: Member;
}

export interface Scanning {
  readonly chats: Pick<Store<ChatDoc>, 'keys' | 'placed' | 'read'>;
  readonly log: Log;
}

/** Documents read side by side, and looked at before others have their turn. */
const READS = 32;

/** The enterprises of these cities that agreed to be seen, chat by chat. A chat that cannot be read is left out. */
export async function* seenBy(
  { chats, log }: Scanning,
  programme: Programme,
  cities: readonly string[],
  now: number,
): AsyncGenerator<Known> {
  let keys: string[] = [];
  const read = async (chat: string): Promise<ChatDoc | undefined> => {
    try {
      return await chats.read(chat);
    } catch (error) {
      if (!(error instanceof FaultyDocument)) throw error;
      log.warn('broadcast.chat-unreadable', { chat });
      return undefined;
    }
  };
  const flush = async (): Promise<Known[]> => {
    const docs = await Promise.all(keys.map(read));
    keys = [];
    return docs.flatMap((doc) => (doc ? knownIn(doc, programme, cities, now) : []));
  };
  for await (const key of chats.placed?.(cities) ?? chats.keys()) {
    keys.push(key);
    if (keys.length < READS) continue;
    yield* await flush();
    await giveWay();
  }
  yield* await flush();
}

/** The enterprises of one chat that an office of these cities may see. Nothing of a group: others read there. */
export function knownIn(doc: ChatDoc, programme: Programme, cities: readonly string[], now: number): Known[] {
  if (!isShared(doc.state) || doc.group) return [];
  return doc.state.enterprises.flatMap((enterprise) => {
    const member = new Member(programme, enterprise, now);
    const { city } = member;
    const isOurs = city !== undefined && cities.includes(city) && enterprise.name !== undefined;
    return isOurs ? [{ doc, member }] : [];
  });
}

/** A member of an audience, as much of it as is kept: there may be a hundred thousand. */
export interface Meant extends Recipient {
  readonly name: string;
  /** Why the chat cannot be written to, as far as is known. */
  readonly reach?: UnreachableReason;
}

/** The members of an audience, and how many more would be were they not to be left alone. */
export interface Members {
  readonly members: readonly Meant[];
  /** The first of them, to show what a text will look like. */
  readonly first?: Member;
  /** How many of them have nothing for a placeholder of the text. */
  readonly lacking: ReadonlyMap<string, number>;
  readonly unsubscribed: number;
  /** The office's list beside it. */
  readonly listed?: Listed;
}

/** What members are looked for with. */
export interface Search {
  readonly audience: Audience;
  /** The office's list. */
  readonly rows: readonly RosterRow[];
  /** Its placeholders are tried on every member. Absent: there is none yet. */
  readonly text?: string;
}

/** Everybody an audience is made of now; a chat with several enterprises gets a message for each. */
export async function membersOf(
  scanning: Scanning,
  programme: Programme,
  { audience, rows, text = '' }: Search,
  now: number,
): Promise<Members> {
  const onList = new Set(rows.map((row) => listKey(row.city, row.name)));
  const members: Meant[] = [];
  const places = new Map<string, Place>();
  const stopped = new Set<string>();
  const perChat = new Map<string, number>();
  const lacking = new Map<string, number>();
  let first: Member | undefined;
  let unsubscribed = 0;
  for await (const known of seenBy(scanning, programme, audience.cities, now)) {
    const { doc, member } = known;
    const { id: enterprise, name = '' } = member.enterprise;
    const key = listKey(member.city ?? '', name);
    const isMeant = isIn(audience, member, doc.updatedAt, onList.has(key));
    const isSilent = isStopped(doc.state) || doc.reach !== undefined;
    // A firm in several chats is reached in the best of them.
    const place = !isMeant ? 'other' : isSilent ? 'silent' : 'reached';
    if (onList.has(key) && BETTER[place] >= BETTER[places.get(key) ?? 'other']) places.set(key, place);
    if (!isMeant) continue;
    if (isStopped(doc.state)) {
      unsubscribed += 1;
      stopped.add(key);
      continue;
    }
    first ??= member;
    const nth = (perChat.get(doc.chat) ?? 0) + 1;
    perChat.set(doc.chat, nth);
    const { chat, reach } = doc;
    members.push({ chat, enterprise, ...(nth > 1 && { nth }), name, ...(reach && { reach: reach.reason }) });
    const filled = fill(text, member);
    if (filled.kind === 'lacks') for (const one of filled.places) lacking.set(one, (lacking.get(one) ?? 0) + 1);
  }
  const listed = listedOf(audience, rows, places, stopped);
  return { members, lacking, unsubscribed, ...(first && { first }), ...(listed && { listed }) };
}

const BETTER: Readonly<Record<Place, number>> = { other: 0, silent: 1, reached: 2 };

export function recipientKey({ chat, enterprise }: Pick<Recipient, 'chat' | 'enterprise'>): string {
  return `${chat} ${enterprise}`;
}
