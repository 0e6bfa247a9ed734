import type { Audience } from '../../dialogue/staff/audience.ts';
import { isIn, isShared, isStopped, Member } from '../../outreach/audience.ts';
import type { Programme } from '../../policy/index.ts';
import type { ChatDoc } from '../chatdoc.ts';
import { FaultyDocument, type Log, type Store } from '../ports.ts';
import type { Recipient } from '../records/kinds.ts';

/** An enterprise that may be seen, with the chat it belongs to. */
export interface Known {
  readonly doc: ChatDoc;
  readonly member: Member;
}

export interface Scanning {
  readonly chats: Pick<Store<ChatDoc>, 'keys' | 'read'>;
  readonly log: Log;
}

/** Documents read side by side. */
const READS = 64;

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
  for await (const key of chats.keys()) {
    keys.push(key);
    if (keys.length >= READS) yield* await flush();
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

/** The members of an audience, and how many more would be were they not to be left alone. */
export interface Members {
  readonly members: readonly Known[];
  readonly unsubscribed: number;
}

/** Everybody an audience is made of now, in the order of the chats' keys. `listed` holds the names on the office's list. */
export async function membersOf(
  scanning: Scanning,
  programme: Programme,
  audience: Audience,
  listed: ReadonlySet<string>,
  now: number,
): Promise<Members> {
  const members: Known[] = [];
  let unsubscribed = 0;
  for await (const known of seenBy(scanning, programme, audience.cities, now)) {
    const { doc, member } = known;
    const isListed = listed.has(listKey(member.city ?? '', member.enterprise.name ?? ''));
    if (!isIn(audience, member, doc.updatedAt, isListed)) continue;
    if (isStopped(doc.state)) unsubscribed += 1;
    else members.push(known);
  }
  members.sort((a, b) => (recipientKey(recipientOf(a)) < recipientKey(recipientOf(b)) ? -1 : 1));
  return { members, unsubscribed };
}

/** How a firm is found on a list: by its exact name, in its city. */
export function listKey(city: string, name: string): string {
  return `${city} ${name.replace(/\s/g, '')}`;
}

export function recipientOf({ doc, member }: Known): Recipient {
  return { chat: doc.chat, enterprise: member.enterprise.id };
}

export function recipientKey({ chat, enterprise }: Recipient): string {
  return `${chat} ${enterprise}`;
}
