import type { Log } from '../../app/ports.ts';
import { bounded, codeOf } from './bounded.ts';
import type { Intake } from './intake.ts';
import { Newest } from './newest.ts';
import { FRIENDSHIP, type Puppet } from './puppet.ts';

export interface FriendsDeps {
  readonly intake: Pick<Intake, 'take'>;
  readonly log: Log;
  /** UTC ms. */
  readonly now: () => number;
  readonly withinMs: number;
  /** Between two requests that are accepted (ms): many at once look like a machine. */
  readonly gapMs: number;
  readonly sleep: (ms: number) => Promise<void>;
}

const WELCOMED = 1_000;
const WAITING = 500;
const DAY_MS = 86_400_000;
/** A friend just made may not be known to the puppet at once. */
const PAUSES_MS = [500, 2_000, 5_000];

/** Accepts requests, one after the other and not too quickly, and has everybody greeted who has come. */
export class Friends {
  private readonly deps: FriendsDeps;
  private readonly seen = new Newest<true>(WELCOMED);
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  private nextAt = -Infinity;
  private ended = false;

  constructor(deps: FriendsDeps) {
    this.deps = deps;
  }

  /** A puppet reports a request, or that one was accepted. Never throws. */
  report(puppet: Puppet, friendshipId: string): void {
    const { log } = this.deps;
    if (this.seen.has(friendshipId) || this.waiting >= WAITING) return;
    this.seen.set(friendshipId, true);
    this.waiting += 1;
    this.last = this.last.then(async () => {
      try {
        if (!this.ended) await this.take(puppet, friendshipId);
      } catch (error) {
        // It stays among the requests of the account, for a person or the next login.
        this.seen.delete(friendshipId);
        log.warn('wechat.friend-failed', { error: codeOf(error) });
      } finally {
        this.waiting -= 1;
      }
    });
  }

  /** Accepts nothing any more. Resolves when what is under way has ended. */
  async end(): Promise<void> {
    this.ended = true;
    await this.last;
  }

  settled(): Promise<void> {
    return this.last;
  }

  private async take(puppet: Puppet, friendshipId: string): Promise<void> {
    const { withinMs, log } = this.deps;
    const { contactId, ...friendship } = await bounded(withinMs, () => puppet.friendshipPayload(friendshipId));
    const type: number = friendship.type;
    if (type === FRIENDSHIP.receive) {
      await this.turn();
      if (this.ended) return;
      await bounded(withinMs, () => puppet.friendshipAccept(friendshipId));
      log.info('wechat.friend-accepted');
    } else if (type !== FRIENDSHIP.confirm) return;
    await this.welcome(puppet, contactId);
  }

  private async turn(): Promise<void> {
    const waitMs = this.nextAt - performance.now();
    if (waitMs > 0) await this.deps.sleep(waitMs);
    this.nextAt = performance.now() + this.deps.gapMs;
  }

  /** As if they had greeted; the same words may arrive from their client as well, and once a day is enough. */
  private async welcome(puppet: Puppet, contactId: string): Promise<void> {
    const { intake, now, sleep, withinMs } = this.deps;
    for (const pauseMs of [0, ...PAUSES_MS]) {
      await sleep(pauseMs);
      const person = await bounded(withinMs, () => puppet.contactPayload(contactId)).catch(() => undefined);
      if (!person) continue;
      const messageId = `hello-${Math.floor(now() / DAY_MS)}`;
      intake.take({
        conversation: contactId,
        person,
        event: { kind: 'text', text: '/start' },
        messageId,
        order: [now(), 0],
        follow: true,
      });
      return;
    }
    throw new Error('the new contact is not known');
  }
}
