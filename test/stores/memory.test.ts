import { memoryStore } from '../../src/stores/memory.ts';
import { storeContract } from './contract.ts';
import { sampleCodec } from './sample.ts';

storeContract('memory', async () => {
  const store = memoryStore(sampleCodec);
  return { store, close: () => store.close() };
});
