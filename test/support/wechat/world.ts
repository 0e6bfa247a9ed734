import { types, type payloads } from 'wechaty-puppet';
import { WorldPuppet, type Request } from './puppet.ts';

/** Somebody on the platform. The id may be another one in every login. */
export interface Person {
  readonly name: string;
  readonly handle?: string | undefined;
  id: string;
}

export interface Shown {
  /** Name of the person, or the room. */
  readonly to: string;
  readonly text: string;
}

/** What goes wrong on the way; each may throw or wait. */
export interface Faults {
  /** Before and after the platform has taken a message. */
  send?: (conversation: string, text: string) => Promise<void> | void;
  sent?: (conversation: string, text: string) => Promise<void> | void;
  /** Before a message is given. */
  payload?: (id: string) => Promise<void> | void;
}

export interface Said {
  readonly id?: string;
  readonly type?: types.Message;
  /** UTC ms. */
  readonly at?: number;
  readonly filename?: string;
  readonly mentions?: readonly string[];
  /** It is not reported yet. */
  readonly held?: true;
}

export const SELF = 'self';
export const BOT_NAME = '小券';

/** The platform behind mock puppets: people, rooms, and what was said and shown, beyond any one login. */
export class WechatWorld {
  readonly people = new Map<string, Person>();
  readonly rooms = new Map<string, string>();
  readonly messages = new Map<string, payloads.Message>();
  readonly requests = new Map<string, Request>();
  readonly acceptedAt: number[] = [];
  readonly shown: Shown[] = [];
  readonly faults: Faults = {};
  /** UTC ms, for what is said. */
  now: () => number = Date.now;
  /** Whether the account is logged in as soon as a puppet starts; otherwise a code is shown. */
  knowsLogin = true;
  probes = 0;
  /** Puppets that are started and not ended: there must never be two. */
  live = 0;
  mostLive = 0;
  puppet: WorldPuppet | undefined;
  /** Ids of messages that wait for a login. */
  private readonly waiting: string[] = [];
  private count = 0;
  private lastOwn: string | undefined;

  newPuppet(): WorldPuppet {
    return new WorldPuppet(this);
  }

  /** A friend of the account. */
  person(name: string, handle?: string, id = `id-${name}`): Person {
    const person = { name, handle, id };
    this.people.set(name, person);
    if (this.puppet) this.join(this.puppet, person);
    return person;
  }

  room(topic: string): string {
    const id = `${topic}@chatroom`;
    this.rooms.set(id, topic);
    if (this.puppet) this.joinRoom(this.puppet, id);
    return id;
  }

  /** A person says something to the account, or in a room. Waits for a login when there is none. @returns the id. */
  say(person: Person, text: string, said: Said = {}, room?: string): string {
    this.count += 1;
    const id = said.id ?? `m${this.count}`;
    const base = {
      id,
      talkerId: person.id,
      text,
      timestamp: said.at ?? this.now(),
      type: said.type ?? types.Message.Text,
      ...(said.filename !== undefined && { filename: said.filename }),
    };
    this.messages.set(
      id,
      room === undefined
        ? { ...base, listenerId: SELF }
        : { ...base, roomId: room, ...(said.mentions && { mentionIdList: [...said.mentions] }) },
    );
    if (said.held !== true) this.deliver(id);
    return id;
  }

  /** The platform reports a message, or waits for a login that hears it. */
  deliver(messageId: string): void {
    const { puppet } = this;
    if (puppet?.isLoggedIn === true && !puppet.numb) puppet.emit('message', { messageId });
    else this.waiting.push(messageId);
  }

  /** The platform reports a message once more. */
  repeat(id: string): void {
    this.puppet?.emit('message', { messageId: id });
  }

  /** Somebody asks to be a friend. */
  request(name: string, type = 2): Person {
    const person = this.person(name);
    const id = `f-${name}-${type}`;
    this.requests.set(id, { id, contactId: person.id, type });
    this.puppet?.emit('friendship', { friendshipId: id });
    return person;
  }

  /** The person at the telephone logs the account in, or out. */
  login(): void {
    const { puppet } = this;
    if (!puppet) throw new Error('no puppet is started');
    puppet.mocker.login(puppet.mocker.ContactMock.load(SELF));
    for (const messageId of this.waiting.splice(0)) puppet.emit('message', { messageId });
  }

  async logout(): Promise<void> {
    await this.puppet?.logout('by hand');
    if (this.puppet) this.puppet.mocker.scan('https://login.example/again');
  }

  /** What was shown to a person or in a room, from a certain message on. */
  to(name: string, from = 0): string[] {
    return this.shown.flatMap(({ to, text }) => (to === name ? text : [])).slice(from);
  }

  started(puppet: WorldPuppet): void {
    this.puppet = puppet;
    this.live += 1;
    this.mostLive = Math.max(this.mostLive, this.live);
    if (!puppet.mocker.cacheContactPayload.has(SELF)) puppet.mocker.createContact({ id: SELF, name: BOT_NAME });
    for (const person of this.people.values()) this.join(puppet, person);
    for (const room of this.rooms.keys()) this.joinRoom(puppet, room);
    if (this.knowsLogin) this.login();
    else puppet.mocker.scan('https://login.example/code');
  }

  ended(puppet: WorldPuppet): void {
    if (this.puppet === puppet) {
      this.puppet = undefined;
      this.live -= 1;
    }
  }

  showed(puppet: WorldPuppet, conversation: string, text: string): void {
    const person = [...this.people.values()].find(({ id }) => id === conversation);
    this.shown.push({ to: person?.name ?? this.rooms.get(conversation) ?? conversation, text });
    const [id, payload] = [...puppet.mocker.cacheMessagePayload].at(-1)!;
    this.messages.set(id, payload);
    this.lastOwn = id;
  }

  /** The account's own last message is told to the next login as well, as to every device of an account. */
  syncOwn(): void {
    if (this.lastOwn !== undefined) this.waiting.push(this.lastOwn);
  }

  private join({ mocker }: WorldPuppet, { id, name, handle }: Person): void {
    if (!mocker.cacheContactPayload.has(id))
      mocker.createContact({ id, name, type: types.Contact.Individual, ...(handle && { handle }) });
  }

  private joinRoom({ mocker }: WorldPuppet, id: string): void {
    const memberIdList = [SELF, ...[...this.people.values()].map((person) => person.id)];
    if (!mocker.cacheRoomPayload.has(id)) mocker.createRoom({ id, topic: this.rooms.get(id) ?? '', memberIdList });
  }
}
