import { existsSync } from 'node:fs';
import { readdir, rename, rmdir } from 'node:fs/promises';
import type { Log, Store } from '../../app/ports.ts';
import { lowdbStore } from '../../stores/lowdb.ts';
import { rawCodec } from './raw.ts';
import type { Entry, Raw } from './raw.ts';
import type { StorePlace } from './place.ts';

/** Where documents are moved to. Until `finish`, no assistant can open it. */
export interface Target {
  readonly store: Store<Raw>;
  /** Undefined: nothing was moved before. Otherwise what sorts up to here is there, as far as anybody knows. */
  readonly resumeAfter: string | undefined;
  /** Writes documents, those that are there already anew. */
  put(entries: readonly Entry[]): Promise<void>;
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Raised when documents would be mixed with others. */
export class TargetInUse extends Error {
  constructor() {
    super('the target holds documents already');
    this.name = 'TargetInUse';
  }
}

/**
 * Opens a place for documents from elsewhere. @param source tells moves apart.
 * @throws TargetInUse; what opening a store throws.
 */
export function openTarget(place: StorePlace, source: string, log: Log): Promise<Target> {
  const { stateDir, databaseUrl } = place;
  return databaseUrl === undefined ? directoryTarget(stateDir, log) : databaseTarget(databaseUrl, source, log);
}

/** A directory gets its name when it is complete. */
async function directoryTarget(dir: string, log: Log): Promise<Target> {
  if (existsSync(dir) && (await readdir(dir)).length > 0) throw new TargetInUse();
  const part = `${dir.replace(/\/+$/, '')}.import`;
  const begun = existsSync(part);
  const store = await lowdbStore({ dir: part, codec: rawCodec, log, cachedDocuments: 0 });
  const pending: Entry[] = [];
  const write = ({ key, ...raw }: Entry): Promise<void> => store.update(key, () => ({ doc: raw, result: undefined }));
  return {
    store,
    // Writing here costs so little that all of it is done again.
    resumeAfter: begun ? '' : undefined,
    async put(entries) {
      for (const entry of entries) if (entry.marks.pending) pending.push(entry);
      await Promise.all(entries.map(write));
    },
    async finish() {
      // Written last and in their order, because the order of writing is the order of the pending.
      for (const entry of pending.sort((a, b) => (a.order ?? 0) - (b.order ?? 0))) await write(entry);
      await store.close();
      if (existsSync(dir)) await rmdir(dir);
      await rename(part, dir);
    },
    close: () => store.close(),
  };
}

async function databaseTarget(url: string, source: string, log: Log): Promise<Target> {
  const { fillPostgres, NotEmpty } = await import('../../stores/postgres/fill.ts');
  const { postgresStore } = await import('../../stores/postgres/postgres.ts');
  try {
    const filling = await fillPostgres(source, { url, log });
    const store = await postgresStore({ url, log, codec: rawCodec, moving: true });
    return {
      store,
      resumeAfter: filling.resumeAfter,
      put: (entries) => filling.put(entries),
      finish: () => filling.finish(),
      async close() {
        await store.close();
        await filling.close();
      },
    };
  } catch (error) {
    throw error instanceof NotEmpty ? new TargetInUse() : error;
  }
}
