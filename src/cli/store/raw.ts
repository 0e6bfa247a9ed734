import { createHash } from 'node:crypto';
import type { Codec, Marks, Store } from '../../app/ports.ts';
import { documentCodec } from '../../app/records/documents.ts';

/** A document as it is stored, word for word, and what its reader makes of it. */
export interface Raw {
  readonly text: string;
  readonly marks: Marks;
  /** Why the assistant cannot read it; undefined when it can. */
  readonly fault?: string;
}

/** Stored documents as text, so that moving them changes none; one that cannot be read is moved all the same. */
export const rawCodec: Codec<Raw> = {
  encode: ({ text }) => text,
  async decode(text) {
    try {
      return { text, marks: documentCodec.marks(await documentCodec.decode(text)) };
    } catch (error) {
      return { text, marks: { pending: false }, fault: error instanceof Error ? error.message : String(error) };
    }
  },
  marks: ({ marks }) => marks,
};

/** A stored document under its key. */
export interface Entry extends Raw {
  readonly key: string;
  /** Place among the pending documents, from 1. */
  readonly order?: number | undefined;
}

const AT_ONCE = 200;

/** The keys of a store in one order that does not depend on the store. */
export async function sortedKeys(store: Store<Raw>): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.keys()) keys.push(key);
  return keys.sort();
}

/** The documents under these keys, in this order; those deleted meanwhile are left out. */
export async function* entriesOf(store: Store<Raw>, keys: readonly string[]): AsyncGenerator<Entry> {
  const waiting = await store.pending(Infinity);
  const orders = new Map(waiting.map((key, index) => [key, index + 1]));
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const some = keys.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map((key) => store.read(key)));
    for (const [index, raw] of found.entries()) {
      const key = some[index];
      if (raw !== undefined && key !== undefined) yield { ...raw, key, order: orders.get(key) };
    }
  }
}

/** What a set of documents comes to, the same wherever they lie. */
export interface Sum {
  readonly count: number;
  readonly sha256: string;
}

/** Adds up documents in the order of their keys. */
export class Summing {
  private readonly hash = createHash('sha256');
  private count = 0;

  add(key: string, text: string): void {
    this.hash.update(`${JSON.stringify([key, text])}\n`);
    this.count += 1;
  }

  /** The sum; nothing can be added afterwards. */
  end(): Sum {
    return { count: this.count, sha256: this.hash.digest('hex') };
  }
}

/** Whether two sums are of the same documents. */
export function same(one: Sum, other: Sum): boolean {
  return one.count === other.count && one.sha256 === other.sha256;
}

/** The sum of everything in a store. */
export async function sumOf(store: Store<Raw>): Promise<Sum> {
  const sum = new Summing();
  for await (const { key, text } of entriesOf(store, await sortedKeys(store))) sum.add(key, text);
  return sum.end();
}
