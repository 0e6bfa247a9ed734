import type { Event, Reply } from '../dialogue/reply.ts';

/** The ports of the application: what the use cases need from the outside world, and what channels need from them. */

/** The time, as a UTC instant in milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** A structured log without message text, phone numbers or tokens. */
export interface Log {
  info(operation: string, fields?: Record<string, string | number | boolean>): void;
  warn(operation: string, fields?: Record<string, string | number | boolean>): void;
  error(operation: string, fields?: Record<string, string | number | boolean>): void;
}

/** What a store knows of a document without parsing it: it is found again by these marks after a restart. */
export interface Marks {
  /** The document holds something that was not handed over yet. */
  readonly pending: boolean;
  /** The earliest UTC instant (ms) at which the document wants to be looked at again. */
  readonly due?: number;
}

/**
 * How documents of one kind are written and read. `decode` upgrades older versions and throws on anything that is not a
 * document of this kind; a store then puts the raw text into quarantine and treats the key as faulty.
 */
export interface Codec<Doc> {
  encode(doc: Doc): string;
  decode(text: string): Doc | Promise<Doc>;
  marks(doc: Doc): Marks;
}

/** The answer of an update: the document to store (`null` deletes, `undefined` leaves it) and a result for the caller. */
export interface Change<Doc, Result> {
  readonly doc?: Doc | null | undefined;
  readonly result: Result;
}

/** Raised for a document that could not be read; the text is kept aside, the other documents are not touched. */
export class FaultyDocument extends Error {
  readonly key: string;
  constructor(key: string, reason: string) {
    super(`document ${key} cannot be read: ${reason}`);
    this.name = 'FaultyDocument';
    this.key = key;
  }
}

/**
 * Documents by key. Updates of one key run one after the other, those of different keys side by side.
 * A resolved update is durable.
 */
export interface Store<Doc> {
  /**
   * Reads the document, lets `work` decide, and writes the whole new document in one atomic, durable step.
   * `work` is pure and synchronous; it must not change the document it is given.
   * @throws FaultyDocument when the stored text cannot be read; whatever `work` throws, with nothing written.
   */
  update<Result>(key: string, work: (doc: Doc | undefined) => Change<Doc, Result>): Promise<Result>;
  /** The stored document, or undefined. */
  read(key: string): Promise<Doc | undefined>;
  /** Keys whose document is marked pending, oldest write first. */
  pending(limit: number): Promise<string[]>;
  /** Keys whose document is due at or before the instant, earliest first. */
  due(now: number, limit: number): Promise<string[]>;
  /** All keys that start with the prefix, in no particular order. */
  keys(prefix?: string): AsyncIterable<string>;
  /** Waits for open writes, flushes and releases every lock. */
  close(): Promise<void>;
}

/**
 * A store that several processes work on at the same time. What each of them alone has to do is shared out by leases and
 * claims, which run out by the store's own clock: of a process that died or hangs they pass to others.
 * A holder is any text that is different in every process and at every start.
 */
export interface SharedStore<Doc> extends Store<Doc> {
  /**
   * Takes a lease, or keeps it for `ttlMs` from now. @returns whether the holder has it. Not tried again by itself:
   * rejects when the store is away, and the lease then runs out in its time.
   */
  lease(name: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Gives a lease back at once; nothing when somebody else has it. */
  unlease(name: string, holder: string): Promise<void>;
  /**
   * Takes up to `limit` pending documents, oldest write first, that begin with one of the prefixes and that nobody has
   * (the holder neither). A claim ends after `ttlMs`, or with an update that leaves nothing pending.
   */
  claim(prefixes: readonly string[], limit: number, holder: string, ttlMs: number): Promise<string[]>;
  /** Keeps claims for `ttlMs` from now. @returns the keys that the holder still has. */
  extend(keys: readonly string[], holder: string, ttlMs: number): Promise<string[]>;
  /** Gives claims back at once. */
  release(keys: readonly string[], holder: string): Promise<void>;
}

/** A message as every channel hands it over. */
export interface Inbound {
  /** `channel:chat`; the key of the chat's document. */
  readonly chat: string;
  readonly event: Event;
  /** The platform's id of the message; without it nothing is taken as a repeat. */
  readonly messageId?: string;
  /** UTC instant (ms); default: the clock. */
  readonly at?: number;
  /** Several people read there: nothing of bureau staff is said or done. */
  readonly group?: true;
  /**
   * The channel answers only while it is asked (standard input, a terminal): what an earlier process could not hand over
   * is asked for again with the same message id, or is of no use any more once the chat has moved on.
   */
  readonly pull?: true;
}

/** A reply on its way; the id is what the channel reports when it has handed it over. */
export interface Outgoing {
  readonly id: string;
  readonly reply: Reply;
}

/** What a channel talks to. */
export interface Assistant {
  /**
   * Handles one message; messages of one chat in the order of the calls. What comes back is durable already. Empty for a
   * repeated message that was answered.
   * @throws the store's error when nothing could be saved: the message is then not handled, and may be handed in again.
   */
  handle(inbound: Inbound): Promise<readonly Outgoing[]>;
  /** The replies were handed over. Need not be awaited; never rejects: what could not be noted is noted later. */
  delivered(chat: string, ids: readonly string[]): Promise<void>;
  /** Resolves when everything reported so far is noted. */
  settled(): Promise<void>;
}

/**
 * What became of one attempt to hand a reply to a platform, as far as it can be known. `partsSent` counts all parts of
 * the reply that are shown, those of earlier attempts included; an ambiguous part is not among them.
 */
export type Sent =
  | { readonly kind: 'sent' }
  /**
   * Not accepted; may be tried again, not before `afterMs` (absent: after the usual backoff). A limit of the whole
   * account has the scope `channel`: nothing at all may be sent before.
   */
  | {
      readonly kind: 'later';
      readonly scope: 'chat' | 'channel';
      readonly afterMs?: number;
      readonly partsSent?: number;
    }
  /** Nothing can be sent to this chat any more, until it writes again. */
  | { readonly kind: 'unreachable'; readonly reason: 'blocked' | 'deactivated' | 'unknown-chat' | 'window-closed' }
  /** The platform will never take this reply; others may go through. `reason` holds no words of the reply. */
  | { readonly kind: 'refused'; readonly reason: string; readonly partsSent?: number }
  /** The request left and no answer came: perhaps it is shown, perhaps not. */
  | { readonly kind: 'ambiguous'; readonly partsSent?: number };

/** The way out to the people of one platform account: what a channel gives the dispatcher. */
export interface Sender {
  /** Prefix of its chats, without the colon. */
  readonly channel: string;
  /**
   * Hands one reply over, all its parts, beginning with part `fromPart` (0 unless an earlier attempt got further).
   * Never rejects and never retries by itself. `chat` is the key of the chat's document.
   */
  send(chat: string, reply: Reply, fromPart: number): Promise<Sent>;
  /**
   * How many of the platform's messages the reply takes, from its first part; absent: one. Pacing counts them all, so
   * that a reply in three parts leaves only when three may leave.
   */
  parts?(reply: Reply): number;
}

/** What the way out has done since the start and what still waits, without a word of any message. */
export interface DispatchFigures {
  /** Chats with something to send that this process has in its hands; the store may hold more (`more`). */
  readonly queued: number;
  readonly more: boolean;
  /** Age (ms) of the oldest reply that somebody waits for, and of the oldest entry of any kind, as last looked at. */
  readonly oldestReplyAgeMs: number;
  readonly oldestAgeMs: number;
  readonly sent: number;
  /** Closed without being shown: unreachable, refused, given up. */
  readonly failed: number;
  readonly ambiguous: number;
  /** Attempts the platform wanted later. */
  readonly retries429: number;
}

/** What a channel that can write at any time hands its replies to. */
export interface Dispatcher {
  /** Opens the way out of a channel: what was left undelivered for its chats is taken up at once. */
  attach(sender: Sender): void;
  /** Sends the replies to a message that was just handled, in their order; they overtake everything unasked. */
  deliver(chat: string, outgoing: readonly Outgoing[]): void;
  /** Something unasked was put into outboxes: looks at the store now instead of at the next turn. */
  nudge(): void;
  figures(): DispatchFigures;
  /** Stops sending; resolves when what is under way has ended and is noted. What is left stays in the store. */
  stop(): Promise<void>;
}
