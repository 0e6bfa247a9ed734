import { expect, test } from 'vitest';
import { ownServer } from '../../support/postgres.ts';
import { runFleet } from './fleet.ts';

test(
  'assistants are killed and the database goes down: every answer and the broadcast arrive, in order, and nothing twice unmarked',
  { timeout: 300_000 },
  async () => {
    const server = await ownServer();
    try {
      const outcome = await runFleet(server, {
        ...{ chats: 60, perChat: 10, receivers: 150 },
        accidents: ['kill', 'crash', 'kill', 'restart'],
      });
      expect(outcome).toMatchObject({ messages: 600, lost: 0, twice: 0, missing: 0, disordered: 0, failed: 0 });
      expect(outcome).toMatchObject({ receivers: 150, unsettled: 0, unmarked: 0, twoHolders: 0 });
      expect(outcome.duplicates).toBeLessThanOrEqual(outcome.allowed);
    } finally {
      await server.remove();
    }
  },
);
