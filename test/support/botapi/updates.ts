import type { Update } from 'grammy/types';

interface Entry {
  readonly update: Update;
  delivered: boolean;
}

/** What a request for updates is answered with. */
export type Polled = readonly Update[] | 'conflict';

interface Waiting {
  readonly limit: number;
  readonly answer: (polled: Polled) => void;
}

/** Updates that wait for the bot, with the platform's meaning of the offset. */
export class UpdateQueue {
  nextId = 1;
  private entries: Entry[] = [];
  private waiting: Waiting | undefined;

  get size(): number {
    return this.entries.length;
  }

  /** Puts an update into the queue; one that was confirmed may be put in again. */
  push(update: Update): void {
    this.entries.push({ update, delivered: false });
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = undefined;
    waiting.answer(this.take(waiting.limit));
  }

  /**
   * Updates from the offset on, at most `limit`; waits for one as long as `timeoutMs`, or until the poller has gone. A
   * second poller ends the first.
   */
  poll(offset: number | undefined, limit: number, timeoutMs: number, gone: AbortSignal): Promise<Polled> {
    if (offset !== undefined) this.confirm(offset);
    this.waiting?.answer('conflict');
    this.waiting = undefined;
    if (this.entries.length > 0 || timeoutMs === 0) return Promise.resolve(this.take(limit));
    return new Promise((resolve) => {
      const end = (polled: Polled): void => {
        clearTimeout(timer);
        if (this.waiting === own) this.waiting = undefined;
        resolve(polled);
      };
      const own: Waiting = { limit, answer: end };
      const timer = setTimeout(() => end([]), timeoutMs);
      this.waiting = own;
      gone.addEventListener('abort', () => end([]), { once: true });
    });
  }

  private take(limit: number): Update[] {
    const taken = this.entries.slice(0, limit);
    for (const entry of taken) entry.delivered = true;
    return taken.map(({ update }) => update);
  }

  /**
   * Confirms what was handed out up to the update before the offset. Ids may jump, so that the place in the queue counts;
   * an offset from before a jump confirms nothing, as has been seen on the platform.
   */
  private confirm(offset: number): void {
    const last = this.entries.findLastIndex(({ update, delivered }) => delivered && update.update_id === offset - 1);
    this.entries = this.entries.slice(last + 1);
  }
}
