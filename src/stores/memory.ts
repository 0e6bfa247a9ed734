import { FaultyDocument } from '../app/ports.ts';
import type { Change, Codec, Store } from '../app/ports.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { MarkedKeys } from './marked-keys.ts';

class MemoryStore<Doc> implements Store<Doc> {
  private readonly codec: Codec<Doc>;
  private readonly texts = new Map<string, string>();
  private readonly marked = new MarkedKeys();
  private readonly queue = new KeyedQueue();
  private closed = false;

  constructor(codec: Codec<Doc>) {
    this.codec = codec;
  }

  async update<Result>(key: string, work: (doc: Doc | undefined) => Change<Doc, Result>): Promise<Result> {
    this.assertOpen();
    return this.queue.run(key, async () => {
      // Updates of one key take turns over a real gap, as they do in a store that waits for a disk.
      await Promise.resolve();
      const change = work(await this.load(key));
      if (change.doc === null) {
        this.texts.delete(key);
        this.marked.set(key, undefined);
      } else if (change.doc !== undefined) {
        const text = this.codec.encode(change.doc);
        const marks = this.codec.marks(change.doc);
        this.texts.set(key, text);
        this.marked.set(key, marks);
      }
      return change.result;
    });
  }

  async read(key: string): Promise<Doc | undefined> {
    this.assertOpen();
    return this.load(key);
  }

  async pending(limit: number): Promise<string[]> {
    this.assertOpen();
    return this.marked.pending(limit);
  }

  async due(now: number, limit: number): Promise<string[]> {
    this.assertOpen();
    return this.marked.due(now, limit);
  }

  async *keys(prefix = ''): AsyncIterable<string> {
    this.assertOpen();
    for (const key of this.texts.keys()) if (key.startsWith(prefix)) yield key;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.queue.idle();
  }

  private async load(key: string): Promise<Doc | undefined> {
    const text = this.texts.get(key);
    if (text === undefined) return undefined;
    try {
      return await this.codec.decode(text);
    } catch (error) {
      // A faulty document must not stand at the head of the pending keys for ever.
      this.marked.set(key, undefined);
      throw new FaultyDocument(key, error instanceof Error ? error.message : String(error));
    }
  }

  private assertOpen(): void {
    if (this.closed) throw new Error('the store is closed');
  }
}

/**
 * Documents kept in memory as text, for tests and trials: they go through the codec as in a durable store, so that a
 * document that does not survive encoding is found early.
 */
export function memoryStore<Doc>(codec: Codec<Doc>): Store<Doc> {
  return new MemoryStore(codec);
}
