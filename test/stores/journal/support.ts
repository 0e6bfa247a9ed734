import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../../src/app/ports.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import type { LowdbOptions, LowdbStore } from '../../../src/stores/lowdb.ts';
import { sampleCodec } from '../sample.ts';
import type { Sample } from '../sample.ts';

/** A log that remembers the names of the operations. */
export interface RecordingLog extends Log {
  readonly operations: string[];
}

export function recordingLog(): RecordingLog {
  const operations: string[] = [];
  const note = (operation: string): void => {
    operations.push(operation);
  };
  return { operations, info: note, warn: note, error: note };
}

/** A directory that is removed when the test ends. */
export async function temporaryDirectory(finished: (clean: () => Promise<void>) => void): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'store-'));
  finished(() => rm(dir, { recursive: true, force: true }));
  return join(dir, 'state');
}

export type TestStore = LowdbStore<Sample>;

export interface Bench {
  readonly dir: string;
  readonly log: RecordingLog;
  open(options?: Partial<LowdbOptions<Sample>>): Promise<TestStore>;
}

/** A directory and a way to open stores in it, which are closed when the test ends. */
export async function bench(): Promise<Bench> {
  const dir = await temporaryDirectory(onTestFinished);
  const log = recordingLog();
  return {
    dir,
    log,
    async open(options = {}) {
      const store = await lowdbStore({ dir, codec: sampleCodec, log, ...options });
      onTestFinished(() => store.close());
      return store;
    },
  };
}

export async function put(store: TestStore, key: string, fields: Partial<Sample> = {}): Promise<void> {
  await store.update(key, () => ({ doc: { version: 2, count: 0, ...fields }, result: undefined }));
}

/** The paths of the files with this ending, in order. */
export async function filesIn(dir: string, ending: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(dir, name));
}
