import type { Log } from '../../app/ports.ts';
import type { Reply } from '../../dialogue/reply.ts';
import { Newest } from './newest.ts';

export interface AsidesDeps {
  /** Shows a reply at once, to a person or a room by the puppet's id. */
  readonly show: (conversation: string, reply: Reply) => Promise<void>;
  /** Of the account's messages a minute, these are kept for what is said aside. */
  readonly perMinute: number;
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
}

const MINUTE_MS = 60_000;
/** Somebody who sends stickers without end is told once in a while. */
const SAME_AGAIN_MS = 60_000;
const WAITING = 50;

/**
 * Says what no document knows of: that a voice message cannot be heard, that something was not saved, a question about
 * who somebody is. At most once, in its own share of the account's pace.
 */
export class Asides {
  private readonly deps: AsidesDeps;
  private readonly hinted = new Newest<number>(1_000);
  private readonly gone: number[] = [];
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  private ended = false;

  constructor(deps: AsidesDeps) {
    this.deps = deps;
  }

  /** Says something once. Never rejects. */
  tell(conversation: string, reply: Reply): void {
    const { log, show } = this.deps;
    if (this.waiting >= WAITING || this.ended) {
      log.warn('wechat.aside-dropped');
      return;
    }
    this.waiting += 1;
    this.last = this.last.then(async () => {
      try {
        if (await this.turn()) await show(conversation, reply);
      } catch (error) {
        log.warn('wechat.aside-failed', { error: error instanceof Error ? error.name : typeof error });
      } finally {
        this.waiting -= 1;
      }
    });
  }

  /** The same, unless it was said there a moment ago. */
  hint(conversation: string, kind: string, reply: Reply): void {
    const key = `${kind} ${conversation}`;
    const now = performance.now();
    const before = this.hinted.get(key);
    if (before !== undefined && now - before < SAME_AGAIN_MS) return;
    this.hinted.set(key, now);
    this.tell(conversation, reply);
  }

  /** Resolves when what was taken is said or let go of. */
  settled(): Promise<void> {
    return this.last;
  }

  /** Says nothing any more. */
  end(): void {
    this.ended = true;
  }

  private async turn(): Promise<boolean> {
    for (;;) {
      if (this.ended) return false;
      const now = performance.now();
      while (this.gone[0] !== undefined && now - this.gone[0] >= MINUTE_MS) this.gone.shift();
      if (this.gone.length < this.deps.perMinute) break;
      await this.deps.sleep(Math.min(1_000, MINUTE_MS - (now - (this.gone[0] ?? now))));
    }
    this.gone.push(performance.now());
    return true;
  }
}
