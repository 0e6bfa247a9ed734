import { onTestFinished } from 'vitest';
import { lowdbStore } from '../../src/stores/lowdb.ts';
import { storeContract } from './contract.ts';
import { sampleCodec } from './sample.ts';
import type { StoreUnderTest } from './contract.ts';
import { recordingLog, temporaryDirectory } from './journal/support.ts';

async function make(options: { segmentBytes?: number; cachedDocuments?: number }): Promise<StoreUnderTest> {
  const dir = await temporaryDirectory(onTestFinished);
  const open = () => lowdbStore({ dir, codec: sampleCodec, log: recordingLog(), ...options });
  let current = await open();
  return {
    store: current,
    reopen: async () => {
      await current.close();
      current = await open();
      return current;
    },
    close: () => current.close(),
  };
}

storeContract('lowdb', () => make({}));
// Every few writes a new segment, a hint and a compaction; every read from the disk.
storeContract('lowdb in tiny segments without a cache', () => make({ segmentBytes: 400, cachedDocuments: 0 }));
