import type * as PUPPET from 'wechaty-puppet';

/** What is used of a puppet. Its calls may hang or reject at any time. */
export type Puppet = Pick<
  PUPPET.impls.PuppetInterface,
  | 'contactList'
  | 'contactPayload'
  | 'currentUserId'
  | 'ding'
  | 'friendshipAccept'
  | 'friendshipPayload'
  | 'isLoggedIn'
  | 'messagePayload'
  | 'messageSend'
  | 'messageSendText'
  | 'roomMemberPayload'
>;

export type MessagePayload = PUPPET.payloads.Message;
export type ContactPayload = PUPPET.payloads.Contact;

/** What a puppet reports. Listeners must not throw. */
export interface BotEvents {
  readonly scan: (code: string) => void;
  readonly login: () => void;
  readonly logout: () => void;
  readonly message: (messageId: string) => void;
  readonly friendship: (friendshipId: string) => void;
  /** The answer to a `ding`, with its words. */
  readonly dong: (data: string) => void;
  /** `code` holds nothing of any message. */
  readonly error: (code: string) => void;
}

/** One session of one account, from its making to its end. */
export interface Bot {
  readonly puppet: Puppet;
  start(): Promise<void>;
  /** Ends the session. */
  stop(): Promise<void>;
}

/** Makes a session that is not started yet. */
export type OpenBot = (events: BotEvents) => Promise<Bot>;

/** Kinds of messages, by the library's numbers: they are also what goes over the wire. */
export const MESSAGE = {
  unknown: 0,
  attachment: 1,
  audio: 2,
  contact: 3,
  chatHistory: 4,
  emoticon: 5,
  image: 6,
  text: 7,
  location: 8,
  miniProgram: 9,
  groupNote: 10,
  transfer: 11,
  redEnvelope: 12,
  recalled: 13,
  url: 14,
  video: 15,
  post: 16,
} as const;

/** A friend request that waits for us, and one that was accepted. */
export const FRIENDSHIP = { confirm: 1, receive: 2 } as const;

/** A contact that is an official account: a machine. */
export const OFFICIAL_CONTACT = 2;

/** Puppets that are not of this year give the handle under another name. */
interface OlderContact {
  readonly weixin?: string;
}

/** Somebody's stable name on the platform, when the puppet tells it. */
export function handleOf({ handle, weixin }: Pick<ContactPayload, 'handle'> & OlderContact): string | undefined {
  const own = handle ?? weixin ?? '';
  return own === '' ? undefined : own;
}

/** Instants come in seconds or in milliseconds, by puppet. Undefined when there is none. */
export function instantOf(timestamp: number | undefined): number | undefined {
  if (timestamp === undefined || !(timestamp > 0)) return undefined;
  return timestamp < 1e11 ? timestamp * 1_000 : timestamp;
}
