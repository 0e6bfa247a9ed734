import { createHash } from 'node:crypto';
import type { Change, Codec, Store } from '../../app/ports.ts';
import type { Opening } from '../../outreach/reach-window.ts';
import { Newest } from './newest.ts';
import { handleOf, type ContactPayload } from './puppet.ts';

/** Prefix of this channel's chats in the store, without the colon. */
export const WECHAT = 'wechat';

/** Rooms are told by the end of their key, whatever the puppet calls them. */
const ROOM = '@chatroom';

/** The key of a room's conversation. */
export function roomKey(roomId: string): string {
  return `${WECHAT}:${roomId.endsWith(ROOM) ? roomId : `${roomId}${ROOM}`}`;
}

/**
 * What is known of people beyond one login. No names and no words: the platform's ids, and a digest of the nickname.
 * Kinds of documents by key: `id:` and `handle:` lead to a conversation, `chat:` from it, `name:` to those of people
 * without a stable name, `window:` to when a conversation may be written to.
 */
export interface PeopleDoc {
  readonly v: 1;
  readonly chat?: string;
  /** The id under which the person, or the room, was seen last. */
  readonly id?: string;
  readonly handle?: string;
  readonly chats?: readonly string[];
  /** A question whose answer decides which conversation it is; so many answers did not fit. */
  readonly misses?: number;
  /** A count of one day, by its number. */
  readonly day?: number;
  readonly count?: number;
  /** When somebody last did what opens a window, and what they were sent lately (UTC ms). */
  readonly acts?: { readonly [What in Opening]?: number };
  readonly sent?: readonly number[];
}

/** How they are written and read. Reading throws on anything else. */
export const peopleCodec: Codec<PeopleDoc> = {
  encode: (doc) => JSON.stringify(doc),
  decode(text) {
    const doc: unknown = JSON.parse(text);
    if (typeof doc !== 'object' || doc === null || !('v' in doc) || doc.v !== 1) throw new Error('not of this kind');
    return doc as PeopleDoc;
  },
  marks: () => ({ pending: false }),
};

/** Which conversation a person's is. */
export type Found =
  | { readonly kind: 'known'; readonly chat: string }
  /** Perhaps one of these; otherwise the fresh one. */
  | { readonly kind: 'perhaps'; readonly chats: readonly string[]; readonly fresh: string };

const REMEMBERED = 5_000;
/** Of so many people with one nickname the newest are asked about. */
const NAMESAKES = 5;

/** Whose conversation is whose. Ids may change with a login; a handle does not. */
export class People {
  private readonly store: Store<PeopleDoc>;
  private readonly chats = new Newest<string>(REMEMBERED);
  private readonly addresses = new Newest<string>(REMEMBERED);
  /** What was written of people last, so that a message of theirs costs no write. */
  private readonly bound = new Newest<string>(REMEMBERED);

  constructor(store: Store<PeopleDoc>) {
    this.store = store;
  }

  /**
   * Finds somebody's conversation. `isHere` tells whether an id is one of the present login: its person is then somebody
   * else. @throws the store's error.
   */
  async find(person: ContactPayload, isHere: (id: string) => Promise<boolean>): Promise<Found> {
    const known = this.chats.get(person.id) ?? (await this.read(`id:${person.id}`))?.chat;
    const handle = handleOf(person);
    const chat = known ?? (handle === undefined ? undefined : (await this.read(`handle:${handle}`))?.chat);
    if (chat !== undefined) {
      await this.bind(person, chat);
      return { kind: 'known', chat };
    }
    const fresh = `${WECHAT}:${digest(handle ?? person.id)}`;
    const chats: string[] = [];
    for (const namesake of (await this.read(nameKey(person)))?.chats ?? []) {
      const { id, handle: other } = (await this.read(`chat:${namesake}`)) ?? {};
      // Somebody with a handle would have been found by it.
      if (id !== undefined && (other === undefined || handle === undefined) && !(await isHere(id)))
        chats.push(namesake);
    }
    if (chats.length > 0) return { kind: 'perhaps', chats, fresh };
    await this.bind(person, fresh);
    return { kind: 'known', chat: fresh };
  }

  /** From now on this conversation is the person's. @throws the store's error. */
  async bind(person: ContactPayload, chat: string): Promise<void> {
    const handle = handleOf(person);
    const key = nameKey(person);
    const standing = `${chat} ${handle ?? ''} ${key}`;
    if (this.bound.get(person.id) === standing) return;
    await this.bindId(person.id, chat, handle);
    if (handle !== undefined) await this.put(`handle:${handle}`, { v: 1, chat });
    const chats = (await this.read(key))?.chats ?? [];
    if (chats.at(-1) !== chat)
      await this.put(key, { v: 1, chats: [...chats.filter((one) => one !== chat), chat].slice(-NAMESAKES) });
    this.bound.set(person.id, standing);
  }

  /** From now on this conversation goes to the id: a person or a room. @throws the store's error. */
  async bindId(id: string, chat: string, handle?: string): Promise<void> {
    if (handle === undefined && this.chats.get(id) === chat && this.addresses.get(chat) === id) return;
    const before = await this.read(`chat:${chat}`);
    const stable = handle ?? before?.handle;
    if (before?.id !== id || before.handle !== stable)
      await this.put(`chat:${chat}`, { v: 1, id, ...(stable !== undefined && { handle: stable }) });
    if ((await this.read(`id:${id}`))?.chat !== chat) await this.put(`id:${id}`, { v: 1, chat });
    this.chats.set(id, chat);
    this.addresses.set(chat, id);
  }

  /** Where a conversation is sent to: the id seen last, and the handle if there is one. @throws the store's error. */
  async addressOf(chat: string): Promise<{ readonly id: string; readonly handle?: string } | undefined> {
    const { id, handle } = (await this.read(`chat:${chat}`)) ?? {};
    if (id === undefined) return undefined;
    return handle === undefined ? { id } : { id, handle };
  }

  /** Reads one of the documents. @throws the store's error. */
  read(key: string): Promise<PeopleDoc | undefined> {
    return this.store.read(key);
  }

  /** Writes or deletes one of the documents. @throws the store's error. */
  async put(key: string, doc: PeopleDoc | null): Promise<void> {
    await this.store.update(key, () => ({ doc, result: undefined }));
  }

  /** Changes one of the documents. @throws the store's error. */
  update<Result>(key: string, change: (doc: PeopleDoc | undefined) => Change<PeopleDoc, Result>): Promise<Result> {
    return this.store.update(key, change);
  }

  /** So many more of a day's count, unless that makes it more than `most`. @returns whether they were counted. */
  count(key: string, day: number, most: number, by: number): Promise<boolean> {
    return this.store.update(key, (doc) => {
      const count = Math.max(0, (doc?.day === day ? (doc.count ?? 0) : 0) + by);
      return count > most ? { result: false } : { doc: { v: 1, day, count }, result: true };
    });
  }
}

function nameKey({ name }: ContactPayload): string {
  return `name:${digest(name.normalize('NFKC').trim())}`;
}

/** Keys appear in logs; what people call themselves may hold their telephone number. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
