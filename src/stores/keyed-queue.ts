/** Work of one key runs one after the other, work of different keys side by side. */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Runs `work` when all earlier work of the key has ended, well or badly. Rejects with whatever `work` rejects with. */
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key);
    const own = before === undefined ? work() : before.then(work, work);
    this.tails.set(key, own);
    const forget = (): void => {
      // Only the last in line may forget the key; otherwise later work would overtake.
      if (this.tails.get(key) === own) this.tails.delete(key);
    };
    void own.then(forget, forget);
    return own;
  }

  /** Resolves when everything queued so far has ended. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.tails.values()]);
  }
}
