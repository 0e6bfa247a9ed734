import type { Log, SharedStore, Store } from '../ports.ts';
import type { AnyDoc } from '../records/documents.ts';
import type { FateDeps } from './fate.ts';
import type { RetentionLimits } from './limits.ts';

/** What removal is counted by: documents that are gone, and chats out of which something was taken. */
export const REMOVED = [
  ...['chats', 'empty_chats', 'handled', 'ledger', 'invites', 'staff', 'misses'],
  ...['audiences', 'pages', 'broadcasts', 'audit', 'questions'],
] as const;
export type Removed = (typeof REMOVED)[number];
export type Counts = Record<Removed, number>;

export function noCounts(): Counts {
  return Object.fromEntries(REMOVED.map((what) => [what, 0])) as Counts;
}

/** The right to run among several processes, for as long as it is kept. Rejects with the store's error. */
export interface RunLease {
  /** Takes it, or keeps it on. @returns whether this process has it. */
  readonly keep: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

export interface RetentionDeps extends Pick<FateDeps, 'programme' | 'keeps'> {
  readonly store: Store<AnyDoc>;
  /** Finds what was not written to for long. Absent: everything is looked at. */
  readonly touched?: SharedStore<AnyDoc>['touched'];
  /** Absent: there is no other process. */
  readonly lease?: RunLease;
  readonly limits: RetentionLimits;
  /** Brings what `keeps` goes by up to date. @throws the store's error. */
  readonly refresh: () => Promise<void>;
  /** Wrong codes count for so long (ms). */
  readonly missesMs: number;
  readonly log: Log;
  /** Lets everything else go first, between two pages. @returns false when the run is to end here. */
  readonly pause: () => Promise<boolean>;
  /** Gives back the room of what is gone, where older writes still hold it. */
  readonly erase?: () => Promise<void>;
}

/** One run: what it works with, and what it has done so far. */
export interface Run {
  readonly deps: RetentionDeps;
  /** UTC ms. */
  readonly now: number;
  /** False: only looks. */
  readonly apply: boolean;
  readonly counts: Counts;
  /** To be asked between two pages. @throws Stopped. */
  readonly between: () => Promise<void>;
}

/** Thrown between two pages when a run is to end before its end: the next one goes on there. */
export class Stopped extends Error {
  constructor() {
    super('the run goes on later');
    this.name = 'Stopped';
  }
}
