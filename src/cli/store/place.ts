import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Codec, Log, SharedStore, Store } from '../../app/ports.ts';
import { lowdbStore } from '../../stores/lowdb.ts';

/** Where the documents are, by the configuration: a database replaces the directory. */
export interface StorePlace {
  readonly stateDir: string;
  readonly databaseUrl?: string | undefined;
}

/** A store, and what the embedded one can do for a request for deletion. */
export interface OpenStore<Doc> {
  readonly store: Store<Doc>;
  /** Removes what older writes still hold. Absent: the store keeps no older writes. */
  readonly compact?: () => Promise<void>;
  /** For what only one of several processes may do. Absent: there is no second one. */
  readonly leases?: Pick<SharedStore<Doc>, 'lease' | 'unlease'>;
  /** Finds documents by their age. Absent: there is no index for it. */
  readonly touched?: SharedStore<Doc>['touched'];
}

/**
 * Opens the store that the configuration names. The driver of the database is loaded only when there is one.
 * @throws StoreLocked, StoreTrouble or DatabaseFault.
 */
export async function openPlace<Doc>(
  { stateDir, databaseUrl }: StorePlace,
  codec: Codec<Doc>,
  log: Log,
): Promise<OpenStore<Doc>> {
  if (databaseUrl === undefined) {
    const store = await lowdbStore({ dir: stateDir, codec, log });
    return { store, compact: () => store.compact() };
  }
  const { postgresStore } = await import('../../stores/postgres/postgres.ts');
  const store = await postgresStore({ url: databaseUrl, codec, log });
  return { store, leases: store, touched: (...range) => store.touched(...range) };
}

/** How a place is called before people; never with a password. */
export function nameOf({ stateDir, databaseUrl }: StorePlace): string {
  return databaseUrl === undefined ? resolve(stateDir) : 'DATABASE_URL';
}

/** Whether there is anything to be read: opening a directory would make it. */
export function exists({ stateDir, databaseUrl }: StorePlace): boolean {
  return databaseUrl !== undefined || existsSync(stateDir);
}
