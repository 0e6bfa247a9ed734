import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/app/ports.ts';
import { lowdbStore } from '../../src/stores/lowdb.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';
import { Client } from 'pg';
import type { Subject } from './model.ts';
import { sampleCodec } from './sample.ts';

const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };

/** A fresh memory store. */
export async function memorySubject(): Promise<Subject> {
  const store = memoryStore(sampleCodec);
  return { store, close: () => store.close() };
}

/** An embedded store in a folder of its own; segments so small that a history fills several. */
export async function lowdbSubject(): Promise<Subject> {
  const dir = await mkdtemp(join(tmpdir(), 'model-'));
  const open = () =>
    lowdbStore({ dir: join(dir, 'state'), codec: sampleCodec, log, segmentBytes: 600, cachedDocuments: 3 });
  let store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async close() {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Makes subjects on one database, which is emptied between the histories; `end` closes what they share. */
export async function postgresSubjects(url: string) {
  const open = () => postgresStore({ url, codec: sampleCodec, log, connections: 4 });
  let store = await open();
  const client = new Client({ connectionString: url });
  await client.connect();
  const make = async (): Promise<Subject> => {
    await client.query('DELETE FROM voucher_documents');
    return {
      store,
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      close: async () => undefined,
    };
  };
  const end = async (): Promise<void> => {
    await client.end();
    await store.close();
  };
  return { make, end };
}
