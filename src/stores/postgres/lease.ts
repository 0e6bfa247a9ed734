import { performance } from 'node:perf_hooks';
import type { Log, SharedStore } from '../../app/ports.ts';

/** What a lease is kept with. */
export interface LeaseOptions {
  readonly store: Pick<SharedStore<never>, 'lease' | 'unlease'>;
  readonly name: string;
  /** Different in every process and at every start. */
  readonly holder: string;
  readonly log: Log;
  /**
   * How long (ms) it outlives its holder; default 6,000. It is renewed, and asked for by those who wait, every third of
   * that: a successor begins within eight seconds after a death.
   */
  readonly ttlMs?: number;
  /** Called when this process has become the holder. */
  readonly acquired: () => void;
  /** Called when it is the holder no longer, also because it could not renew in time. Not called by `stop`. */
  /** Called with how long ago (ms) it was lost: a busy process notices late. */
  readonly lost: (lateMs: number) => void;
}

const TTL_MS = 6_000;

/** Strives to be the one holder of a name, for as long as it runs. */
export class Lease {
  private readonly options: LeaseOptions;
  private readonly ttlMs: number;
  /**
   * By the clock of this process, counted from before the store was asked, and a sixth earlier than the store's own
   * time: on a busy machine `lost` is called late, and what was begun before it has to end.
   */
  private until: number | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private next: NodeJS.Timeout | undefined;
  private asking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(options: LeaseOptions) {
    this.options = options;
    this.ttlMs = options.ttlMs ?? TTL_MS;
  }

  /** Begins to ask for it. */
  start(): void {
    this.asking = this.turn();
  }

  /**
   * Whether this process is the holder at this very moment. To be asked before every step that only the holder may
   * take: after a process was held up, its timers come too late.
   */
  get held(): boolean {
    return this.until !== undefined && performance.now() < this.until;
  }

  /** Gives it back, so that a successor need not wait. Never rejects. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.next);
    clearTimeout(this.expiry);
    await this.asking;
    const { store, name, holder } = this.options;
    if (this.until !== undefined) await store.unlease(name, holder).catch(() => undefined);
    this.until = undefined;
  }

  private async turn(): Promise<void> {
    const { store, name, holder, log } = this.options;
    const asked = performance.now();
    if (!this.held) this.lose();
    try {
      const mine = await store.lease(name, holder, this.ttlMs);
      if (mine) this.keep(asked + (this.ttlMs * 5) / 6);
      else this.lose();
    } catch (error) {
      // What was promised before still holds until its time.
      log.warn('lease.not-renewed', { lease: name, error: error instanceof Error ? error.name : typeof error });
    }
    if (!this.stopped) this.next = setTimeout(() => this.start(), this.ttlMs / 3);
  }

  private keep(until: number): void {
    const { name, acquired, log } = this.options;
    const before = this.until;
    this.until = until;
    if (this.stopped) return;
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.lose(), until - performance.now());
    if (before !== undefined) return;
    log.info('lease.acquired', { lease: name });
    acquired();
  }

  private lose(): void {
    clearTimeout(this.expiry);
    if (this.until === undefined) return;
    const late = Math.max(0, performance.now() - this.until);
    this.until = undefined;
    if (this.stopped) return;
    this.options.log.warn('lease.lost', { lease: this.options.name });
    this.options.lost(late);
  }
}
