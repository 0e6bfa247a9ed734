import { expect, test } from 'vitest';
import { ownServer } from '../support/postgres.ts';
import { runSwarm } from './postgres-swarm.ts';

test(
  'processes are killed and the database goes down: nothing is lost, doubled or out of order',
  { timeout: 120_000 },
  async () => {
    const server = await ownServer();
    try {
      const outcome = await runSwarm(server, { chats: 60, perChat: 10, accidents: ['kill', 'crash', 'restart'] });
      expect(outcome).toMatchObject({ messages: 600, lost: 0, disordered: 0, twice: 0, failed: 0, twoHolders: 0 });
      expect(outcome.slowestRecovery).toBeLessThan(10_000);
      expect(outcome.slowestTakeover).toBeLessThan(10_000);
    } finally {
      await server.remove();
    }
  },
);
