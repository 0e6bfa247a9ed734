import { afterAll, beforeAll } from 'vitest';
import { postgresStore } from '../../src/stores/postgres/postgres.ts';
import { testServer, type TestServer } from '../support/postgres.ts';
import { storeContract } from './contract.ts';
import type { StoreUnderTest } from './contract.ts';
import { recordingLog } from './journal/support.ts';
import { sampleCodec } from './sample.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.remove());

async function make(): Promise<StoreUnderTest> {
  const url = await server.database();
  const open = () => postgresStore({ url, codec: sampleCodec, log: recordingLog() });
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

storeContract('postgres', make);
