import type { Adapter } from 'lowdb';
import { FaultyDocument } from '../app/ports.ts';
import type { Codec } from '../app/ports.ts';
import type { Slot } from './journal/slot.ts';
import type { DocumentCache } from './document-cache.ts';

/** A document in a wrapper, because lowdb takes a falsy value for none. */
export interface Held<Doc> {
  readonly doc: Doc;
}

/** A decoded document and the number of the write it comes from. */
export interface Cached<Doc> extends Held<Doc> {
  readonly version: number;
}

/**
 * What lowdb reads and writes one document through: reading comes from the cache or the journal, writing appends one
 * line and resolves when it is durable.
 */
export class DocumentAdapter<Doc> implements Adapter<Held<Doc> | null> {
  private readonly key: string;
  private readonly slot: Slot;
  private readonly codec: Codec<Doc>;
  private readonly cache: DocumentCache<Cached<Doc>>;

  constructor(key: string, slot: Slot, codec: Codec<Doc>, cache: DocumentCache<Cached<Doc>>) {
    this.key = key;
    this.slot = slot;
    this.codec = codec;
    this.cache = cache;
  }

  /** The document if it is at hand; undefined when it has to be read. */
  cached(): Held<Doc> | undefined {
    const cached = this.cache.get(this.key);
    // The version tells whether somebody wrote, deleted or lost the document since.
    return cached !== undefined && cached.version === this.slot.version() ? cached : undefined;
  }

  /** @throws FaultyDocument when the document cannot be read. */
  async read(): Promise<Held<Doc> | null> {
    const cached = this.cached();
    if (cached !== undefined) return cached;
    const stored = await this.slot.read();
    if (stored === undefined) return null;
    const held = { doc: await this.decode(stored.text), version: stored.version };
    this.cache.set(this.key, held);
    return held;
  }

  /** Rejects when the document is not durable; the old one then stays. */
  async write(held: Held<Doc> | null): Promise<void> {
    if (held === null) return;
    const { doc } = held;
    const parts = this.codec.encodeParts?.(doc) ?? [this.codec.encode(doc)];
    const version = await this.slot.write(parts, this.codec.marks(doc));
    this.cache.set(this.key, { doc, version });
  }

  /** Deletes the document; lowdb itself knows only reading and writing. */
  async remove(): Promise<void> {
    await this.slot.remove();
    this.cache.delete(this.key);
  }

  private async decode(text: string): Promise<Doc> {
    try {
      return await this.codec.decode(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.slot.setAside(reason);
      throw new FaultyDocument(this.key, reason);
    }
  }
}
