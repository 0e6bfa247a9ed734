import { Pauses } from '../app/dispatch/pauses.ts';
import type { Timer } from '../app/dispatch/deps.ts';
import type { Clock, Log } from '../app/ports.ts';

/** Begins the source of an alarm in an outbox. */
export const ALARM_SOURCE = 'alarm:';

export type AlarmFields = Readonly<Record<string, string | number | boolean>>;

/** What an operator is told. */
export interface AlarmNotice {
  readonly kind: string;
  /** How often it was raised since the last notice of its kind. */
  readonly count: number;
  /** UTC ms of the first and the last time. */
  readonly since: number;
  readonly at: number;
  /** Of the last time. */
  readonly fields: AlarmFields;
}

/** A way to the operator. Rejects with AlarmLost when the notice was not taken. */
export interface AlarmWay {
  readonly name: string;
  readonly tell: (notice: AlarmNotice) => Promise<void>;
}

/** A notice was not taken; `final`: the same would not be taken later either. The code holds no address. */
export class AlarmLost extends Error {
  readonly code: string;
  readonly final: boolean;
  constructor(code: string, final: boolean) {
    super(`an alarm was not delivered: ${code}`);
    this.name = 'AlarmLost';
    this.code = code;
    this.final = final;
  }
}

/** Durations in ms. */
export interface AlarmLimits {
  /** Between two notices of one kind. */
  readonly everyMs: number;
  readonly tries: number;
  readonly retryMs: number;
}

export interface AlarmDeps {
  readonly timer: Timer;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: AlarmLimits;
  readonly ways: readonly AlarmWay[];
}

interface Counted {
  count: number;
  since: number;
  at: number;
  fields: AlarmFields;
}

/** How long (ms) an end waits for notices under way. */
const LAST_MS = 3_000;

/**
 * Tells the operator at once, then at most one notice per kind in an interval, which counts what came in between.
 * Nothing here rejects or throws: an alarm that fails must not harm what raised it.
 */
export class Alarms {
  private readonly deps: AlarmDeps;
  private readonly pauses: Pauses;
  /** Kinds of which a notice went out less than an interval ago, with what was raised since. */
  private readonly resting = new Map<string, Counted | undefined>();
  private readonly telling = new Set<Promise<void>>();

  constructor(deps: AlarmDeps) {
    this.deps = deps;
    this.pauses = new Pauses(deps.timer);
  }

  raise(kind: string, fields: AlarmFields = {}): void {
    // An alarm that could not be delivered would only raise the next.
    if (this.deps.ways.length === 0 || String(fields['source'] ?? '').startsWith(ALARM_SOURCE)) return;
    const at = this.deps.clock.now();
    if (this.resting.has(kind)) {
      const before = this.resting.get(kind);
      this.resting.set(kind, { count: (before?.count ?? 0) + 1, since: before?.since ?? at, at, fields });
      return;
    }
    this.tell(kind, { count: 1, since: at, at, fields });
    void this.rest(kind);
  }

  /** Tells what was only counted so far, and ends. */
  async close(): Promise<void> {
    const rest = [...this.resting];
    this.resting.clear();
    this.pauses.end();
    for (const [kind, counted] of rest) if (counted) this.tell(kind, counted);
    const late = this.deps.timer.after(LAST_MS);
    await Promise.race([Promise.all(this.telling), late.done]);
    late.cancel();
  }

  private async rest(kind: string): Promise<void> {
    this.resting.set(kind, undefined);
    while (await this.pauses.pause(this.deps.limits.everyMs)) {
      const counted = this.resting.get(kind);
      if (!counted) break;
      this.resting.set(kind, undefined);
      this.tell(kind, counted);
    }
    this.resting.delete(kind);
  }

  private tell(kind: string, counted: Counted): void {
    for (const way of this.deps.ways) {
      const telling = this.deliver(way, { kind, ...counted });
      this.telling.add(telling);
      void telling.then(() => this.telling.delete(telling));
    }
  }

  private async deliver({ name, tell }: AlarmWay, notice: AlarmNotice): Promise<void> {
    const { limits, log } = this.deps;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await tell(notice);
        return;
      } catch (error) {
        const code = error instanceof AlarmLost ? error.code : error instanceof Error ? error.name : typeof error;
        log.warn('alarm.not-delivered', { kind: notice.kind, way: name, code, attempt });
        if ((error instanceof AlarmLost && error.final) || attempt >= limits.tries) return;
        if (!(await this.pauses.pause(limits.retryMs * 2 ** (attempt - 1)))) return;
      }
    }
  }
}
