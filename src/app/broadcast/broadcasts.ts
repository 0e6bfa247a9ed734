import { isShared, isStopped } from '../../outreach/audience.ts';
import { awake } from '../../outreach/quiet.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Go } from '../dispatch/deps.ts';
import type { BroadcastRecord } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { carry } from './expand.ts';
import { idOfSource } from './report.ts';

/** A message of a broadcast that is held up is asked about again after so long (ms). */
const HELD_MS = 10_000;

/** The broadcasts that are not over, as this process knows them: carries them on, and says which messages may leave. */
export class Broadcasts {
  private readonly deps: BroadcastDeps;
  private readonly known = new Map<string, BroadcastRecord>();
  private loaded = false;

  constructor(deps: BroadcastDeps) {
    this.deps = deps;
  }

  /** Reads what there is; other processes may have begun or stopped some. @throws the store's error. */
  async refresh(): Promise<void> {
    for (const id of await this.deps.records.ids('broadcast')) await this.look(id);
    this.loaded = true;
  }

  /** What was just changed. */
  note(record: BroadcastRecord): void {
    this.known.set(record.id, record);
  }

  /** Carries on everything that can be at `now` (UTC ms). @returns whether outboxes may have got something. */
  async run(now: number): Promise<boolean> {
    let put = false;
    for (const [id, before] of this.known) {
      if (isOver(before)) continue;
      const after = await carry(this.deps, id, now);
      if (!after) continue;
      this.known.set(id, after);
      put ||= after.expanded > before.expanded || isOver(after);
    }
    return put;
  }

  /** Whether there is anything left to carry on. */
  get busy(): boolean {
    return [...this.known.values()].some((one) => !isOver(one));
  }

  /** The broadcast of a source, read anew. */
  async look(idOrSource: string): Promise<void> {
    const id = idOfSource(idOrSource) ?? idOrSource;
    const record = await this.deps.records.read('broadcast', id);
    if (record) this.known.set(id, record);
  }

  /** Whether the ledger of a chat has to keep the line: the report is not made yet. */
  keeps(source: string): boolean {
    const id = idOfSource(source);
    if (id === undefined) return false;
    const record = this.known.get(id);
    return record ? !isOver(record) : !this.loaded;
  }

  /**
   * Whether a message that waits may leave at `now` (UTC ms); undefined for one of another kind. As this process knows
   * it: whoever has time looks first.
   */
  mayGo(source: string, doc: ChatDoc, now: number): Go | undefined {
    const id = idOfSource(source);
    if (id === undefined) return undefined;
    const record = this.known.get(id);
    if (!record) return this.loaded ? false : { notBefore: now + HELD_MS };
    if (isStopped(doc.state) || !isShared(doc.state) || doc.group) return false;
    if (record.state === 'cancelled' || record.state === 'withdrawn') return false;
    if (record.state === 'paused' || record.stopped) return { notBefore: now + HELD_MS };
    const at = awake(now);
    return at === now ? true : { notBefore: at };
  }
}

/** Whether nothing of it will be done any more, and its report is made. */
export function isOver({ state, totals }: BroadcastRecord): boolean {
  return state === 'withdrawn' || ((state === 'done' || state === 'cancelled') && totals !== undefined);
}
