/** A map that keeps the entries used last; a `Map` remembers insertion order, so the first key is the oldest. */
export class Lru<Value> {
  private readonly entries = new Map<string, Value>();
  private readonly limit: number;

  /** @param limit how many entries are kept; 0 keeps none. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** The value, which thereby becomes the one used last. */
  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  /** Whether the key is kept; that does not count as using it. */
  has(key: string): boolean {
    return this.entries.has(key);
  }

  /**
   * Keeps the value and lets go of the one unused for longest when there are too many.
   * @returns the key that was let go of.
   */
  set(key: string, value: Value): string | undefined {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.limit) return undefined;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return oldest;
    }
    return undefined;
  }

  /** Forgets the key. */
  delete(key: string): void {
    this.entries.delete(key);
  }
}
