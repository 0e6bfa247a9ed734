import { memoryStore } from '../../src/stores/memory.ts';
import { sampleCodec, storeContract } from './contract.ts';

storeContract('memory', async () => {
  const store = memoryStore(sampleCodec);
  return { store, close: () => store.close() };
});
