import { createHash } from 'node:crypto';
import { FaultyDocument } from '../ports.ts';
import { Records } from '../records/documents.ts';
import type { RetentionRecord } from '../records/kinds.ts';
import { sweepChats, throughOf } from './chats.ts';
import { noCounts, Stopped, type Counts, type RetentionDeps, type Run } from './deps.ts';
import { daysBefore } from './limits.ts';
import { sweepRecords } from './records.ts';

/** How a look went: not time yet, another process is at it, broken off (the next look goes on there), or all done. */
export type Outcome = 'not-due' | 'elsewhere' | 'stopped' | 'done';

/** What was removed since the start of this process. */
export interface RetentionFigures {
  readonly removed: Counts;
  /** UTC ms; 0: none has ended yet. */
  readonly doneAt: number;
}

const ID = 'run';
const HOUR_MS = 3_600_000;
/** A clock that is further ahead of the last look is not believed at once: by a wrong one everything is old. */
const LEAP_DAYS = 31;

/** Removes what is too old, in the background. One per process; done twice it is done once. */
export class Retention {
  private readonly deps: RetentionDeps;
  private readonly records: Records;
  private readonly removed = noCounts();
  private doneAt = 0;

  constructor(deps: RetentionDeps) {
    this.deps = deps;
    this.records = new Records(deps.store);
  }

  figures(): RetentionFigures {
    return { removed: { ...this.removed }, doneAt: this.doneAt };
  }

  /** Does what is due at `now` (UTC ms). @throws the store's error; the next look goes on from there. */
  async look(now: number): Promise<Outcome> {
    const { limits, lease, log } = this.deps;
    const last = await this.note();
    const every = limits.every_hours * HOUR_MS;
    const isDue = last === undefined || last.done === undefined || Math.abs(now - last.at) >= every;
    if (!isDue) return 'not-due';
    if (lease && !(await lease.keep())) return 'elsewhere';
    try {
      if (last === undefined || last.at < daysBefore(now, LEAP_DAYS)) {
        if (last) log.error('retention.clock-leapt', { days: Math.round((now - last.at) / (24 * HOUR_MS)) });
        const { after: _after, ...rest } = last ?? {};
        await this.records.put('retention', ID, { record: 'retention', v: 1, ...rest, at: now, done: now });
        return 'not-due';
      }
      return await this.carryOut(last, now);
    } finally {
      await lease?.release().catch(() => undefined);
    }
  }

  /**
   * Does it now, whenever it was done last. @param apply false: only counts.
   * @returns what was removed, or would be; undefined when another process is at it. @throws the store's error.
   */
  async force(now: number, apply: boolean): Promise<Counts | undefined> {
    const { lease } = this.deps;
    const counts = noCounts();
    const keep = async (): Promise<boolean> => !apply || !lease || lease.keep();
    if (!(await keep())) return undefined;
    try {
      const run = { deps: this.deps, now, apply, counts, between: () => keep().then(() => undefined) };
      await this.deps.refresh();
      await sweepChats({ ...run, staff: await this.staff() }, {}, async () => undefined);
      await sweepRecords(run);
      if (apply && sumOf(counts) > 0) await this.deps.erase?.();
      return counts;
    } finally {
      if (apply) await lease?.release().catch(() => undefined);
    }
  }

  private async carryOut(last: RetentionRecord, now: number): Promise<Outcome> {
    const { deps, records } = this;
    const limits = textOf(deps);
    const isSame = last.limits === limits;
    // One that was broken off goes on where it was; with other limits, it begins anew.
    const after = last.done === undefined && isSame ? last.after : undefined;
    const through = isSame && last.through !== undefined ? { through: last.through } : {};
    // All of it is decided by the time at which it began.
    const begun: RetentionRecord = { record: 'retention', v: 1, at: after ? last.at : now, limits, ...through };
    let noted: RetentionRecord = after ? { ...begun, after } : begun;
    await records.put('retention', ID, noted);
    const counts = noCounts();
    const run: Run = { deps, now: begun.at, apply: true, counts, between: () => this.between() };
    try {
      await deps.refresh();
      await sweepChats({ ...run, staff: await this.staff() }, noted, async (passed) => {
        noted = { ...begun, after: passed };
        await records.put('retention', ID, noted);
      });
      await sweepRecords(run);
      // What a run that was broken off has removed still lies there.
      if (sumOf(counts) > 0 || last.done === undefined) await deps.erase?.();
    } catch (error) {
      if (error instanceof Stopped) return 'stopped';
      throw error;
    } finally {
      for (const [what, count] of Object.entries(counts)) this.removed[what as keyof Counts] += count;
      if (sumOf(counts) > 0) deps.log.info('retention.removed', counts);
    }
    const done: RetentionRecord = { ...begun, done: now, through: throughOf(deps.limits.handled.days, begun.at) };
    await records.put('retention', ID, done);
    this.doneAt = now;
    return 'done';
  }

  private async between(): Promise<void> {
    const { lease, pause } = this.deps;
    if (!(await pause()) || (lease && !(await lease.keep()))) throw new Stopped();
  }

  /** Chats with a role; a record that cannot be read may be one. */
  private async staff(): Promise<ReadonlySet<string>> {
    const staff = new Set<string>();
    for (const chat of await this.records.ids('staff')) {
      try {
        if ((await this.records.read('staff', chat))?.revoked === undefined) staff.add(chat);
      } catch (error) {
        if (!(error instanceof FaultyDocument)) throw error;
        staff.add(chat);
      }
    }
    return staff;
  }

  private async note(): Promise<RetentionRecord | undefined> {
    try {
      return await this.records.read('retention', ID);
    } catch (error) {
      if (!(error instanceof FaultyDocument)) throw error;
      return undefined;
    }
  }
}

/** Stands for everything that decides on chats: with other limits they are all gone through once more. */
function textOf({ limits: { handled, ledger, chats } }: RetentionDeps): string {
  return createHash('sha256')
    .update(JSON.stringify([handled, ledger, chats]))
    .digest('hex');
}

function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
