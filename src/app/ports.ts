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
  /**
   * When somebody last wrote (UTC ms), rounded down so far that it seldom changes: what is in an index costs a store
   * more to write. Absent for documents that nobody writes to.
   */
  readonly touched?: number;
  /** Names of places under which it is looked for; perhaps more than are really meant. Absent: none. */
  readonly places?: readonly string[];
}

/** A document and when somebody last wrote to it, as its mark says. */
export interface Touched {
  readonly key: string;
  readonly touched: number;
}

/**
 * How documents of one kind are written and read. `decode` upgrades older versions and throws on anything that is not a
 * document of this kind; a store then puts the raw text into quarantine and treats the key as faulty.
 */
export interface Codec<Doc> {
  encode(doc: Doc): string;
  /** The same text in parts, for a store that writes them one behind the other: to join them would be to copy them. */
  encodeParts?(doc: Doc): readonly string[];
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
  /**
   * Keys of the documents that are marked with one of the places, and perhaps of others, in no particular order. Absent:
   * the store cannot tell, and whoever looks for them reads all.
   */
  placed?(places: readonly string[]): AsyncIterable<string>;
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
  /** Documents last touched before the instant (UTC ms) that come behind the one named, by time, then by key. */
  touched(before: number, after: Touched, limit: number): Promise<Touched[]>;
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
