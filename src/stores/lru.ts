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

  /** Keeps the value and lets go of the one unused for longest when there are too many. */
  set(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.limit) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }

  /** Forgets the key. */
  delete(key: string): void {
    this.entries.delete(key);
  }
}
