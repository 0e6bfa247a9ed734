import { Lru } from './lru.ts';

/** The share of the documents that may be there for the first time. */
const RECENT_SHARE = 0.1;

/**
 * The documents used last. One that is used for the first time stays only briefly, and is kept when it comes back soon
 * ("2Q"): where ever other chats write, their documents are then gone before the garbage collector takes them for old
 * ones, and they do not drive out those that are used again and again.
 */
export class DocumentCache<Value> {
  private readonly recent: Lru<Value>;
  private readonly often: Lru<Value>;
  /** Keys that have left `recent`. */
  private readonly left: Lru<true>;

  /** @param limit how many documents are kept at most, besides the few recent ones; 0 keeps none. */
  constructor(limit: number) {
    this.recent = new Lru(Math.ceil(limit * RECENT_SHARE));
    this.often = new Lru(limit);
    this.left = new Lru(limit);
  }

  get(key: string): Value | undefined {
    return this.often.get(key) ?? this.recent.get(key);
  }

  set(key: string, value: Value): void {
    if (this.often.has(key) || this.left.has(key)) {
      this.left.delete(key);
      this.often.set(key, value);
      return;
    }
    const gone = this.recent.set(key, value);
    if (gone !== undefined) this.left.set(gone, true);
  }

  /** Forgets the key. */
  delete(key: string): void {
    this.often.delete(key);
    this.recent.delete(key);
    this.left.delete(key);
  }
}
