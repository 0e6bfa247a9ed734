import type { DispatchFigures } from './outports.ts';

/** Where a channel stands: `standby` leaves its account to another process. */
export type ChannelState = 'starting' | 'online' | 'offline' | 'standby';

/** From when on something counts as wrong. Durations in ms. */
export interface HealthLimits {
  readonly oldestReplyMs: number;
  readonly storeMs: number;
  readonly unsavedMs: number;
}

export interface HealthDeps {
  /** Asks the store something; rejects when it does not answer. */
  readonly check: () => Promise<unknown>;
  readonly figures: () => Pick<DispatchFigures, 'oldestReplyAgeMs'>;
  /** Resolves after so long (ms). */
  readonly pause: (ms: number) => { readonly done: Promise<boolean>; cancel(): void };
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly limits: HealthLimits;
}

/** Whether the process can do its work, and why not; without a word of any message. */
export interface Readiness {
  readonly ready: boolean;
  readonly store: 'ok' | 'unreachable' | 'not-saving';
  readonly channels: Readonly<Record<string, ChannelState>>;
  readonly oldestReplyMs: number;
  /** Nobody has waited too long. */
  readonly queueOk: boolean;
}

/** What the parts of a process report about themselves, put together when somebody asks. */
export class Health {
  private readonly deps: HealthDeps;
  private readonly states = new Map<string, ChannelState>();
  private unsavedAt: number | undefined;

  constructor(deps: HealthDeps) {
    this.deps = deps;
  }

  /** A channel has come to stand here. */
  channel(name: string, state: ChannelState): void {
    this.states.set(name, state);
  }

  get channels(): ReadonlyMap<string, ChannelState> {
    return this.states;
  }

  /** A message was stored, or could not be. */
  saved(ok: boolean): void {
    this.unsavedAt = ok ? undefined : this.deps.now();
  }

  /** Never rejects, and takes no longer than the store may. */
  async readiness(): Promise<Readiness> {
    const { figures, limits } = this.deps;
    const store = await this.store();
    const oldestReplyMs = figures().oldestReplyAgeMs;
    const queueOk = oldestReplyMs <= limits.oldestReplyMs;
    const working = [...this.states.values()].every((state) => state === 'online' || state === 'standby');
    const ready = store === 'ok' && queueOk && working;
    return { ready, store, channels: Object.fromEntries(this.states), oldestReplyMs, queueOk };
  }

  private async store(): Promise<Readiness['store']> {
    const { check, limits, now, pause } = this.deps;
    const limit = pause(limits.storeMs);
    const answer = check().then(
      () => true,
      () => false,
    );
    const reached = await Promise.race([answer, limit.done.then(() => false)]);
    limit.cancel();
    if (!reached) return 'unreachable';
    // A disk that is full can still be read. Not for ever: without traffic nothing would show that it is better.
    const unsaved = this.unsavedAt !== undefined && now() - this.unsavedAt < limits.unsavedMs;
    return unsaved ? 'not-saving' : 'ok';
  }
}
