import { randomUUID } from 'node:crypto';
import { Pauses } from '../app/dispatch/pauses.ts';
import type { Timer } from '../app/dispatch/deps.ts';
import type { Log, SharedStore, Store } from '../app/ports.ts';
import type { AnyDoc } from '../app/records/documents.ts';
import { Retention } from '../app/retention/retention.ts';
import type { Content } from '../content/content.ts';
import type { Kit } from '../dialogue/index.ts';
import type { BureauService } from './bureau/service.ts';
import type { OpenStore } from './store/place.ts';

/** Removing what is too old, beside everything else that a process does. */

/** From the start to the first look, and between two looks (ms): most find that it is not time yet. */
const FIRST_MS = 60_000;
const EVERY_MS = 600_000;
/** Renewed with every page; after a death another process goes on so much later. */
const LEASE_MS = 15_000;
const LEASE = 'retention';
const MINUTE_MS = 60_000;

export interface RetainParts extends Pick<OpenStore<never>, 'compact' | 'leases'> {
  readonly log: Log;
  readonly timer: Timer;
  readonly store: Store<AnyDoc>;
  readonly touched?: SharedStore<never>['touched'];
  readonly content: Pick<Content, 'operations' | 'bureau'>;
  readonly kit: Pick<Kit, 'guides'>;
  readonly bureau: Pick<BureauService, 'broadcasts'>;
}

/** A retention that can be told to break off. */
export interface Retaining {
  readonly retention: Retention;
  /** Ends a run after the page under way; the next one goes on there. */
  readonly end: () => void;
}

export function openRetention(parts: RetainParts): Retaining {
  const { store, touched, leases, compact, content, kit, bureau, log, timer } = parts;
  const limits = content.operations.retention;
  const pauses = new Pauses(timer);
  const retention = new Retention({
    ...{ store, limits, log },
    ...(touched && { touched }),
    ...(compact && { erase: compact }),
    ...(leases && { lease: leaseOf(leases) }),
    programme: (id) => kit.guides.get(id)?.programme,
    keeps: (source) => bureau.broadcasts.keeps(source),
    refresh: () => bureau.broadcasts.refresh(),
    missesMs: content.bureau.bind.window_minutes * MINUTE_MS,
    pause: () => pauses.pause(limits.pause_ms),
  });
  return { retention, end: () => pauses.end() };
}

/** Only with leases is there a holder to be named: the library for that would hold up the start of the terminal chat. */
function leaseOf(leases: NonNullable<RetainParts['leases']>): { keep(): Promise<boolean>; release(): Promise<void> } {
  const holder = randomUUID();
  return {
    keep: () => leases.lease(LEASE, holder, LEASE_MS),
    release: () => leases.unlease(LEASE, holder),
  };
}

/** Looks now and then whether it is time, until it is stopped. @returns stops, after the page under way. */
export function keepRetaining(
  { retaining, log, timer }: { readonly retaining: Retaining; readonly log: Log; readonly timer: Timer },
  now: () => number,
): () => Promise<void> {
  const pauses = new Pauses(timer);
  const run = async (): Promise<void> => {
    for (let wait = FIRST_MS; await pauses.pause(wait); wait = EVERY_MS) {
      try {
        await retaining.retention.look(now());
      } catch (error) {
        log.warn('retention.failed', { error: error instanceof Error ? error.name : typeof error });
      }
    }
  };
  const running = run();
  return async () => {
    retaining.end();
    pauses.end();
    await running;
  };
}
