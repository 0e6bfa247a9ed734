import { expect, onTestFinished, test } from 'vitest';
import { testServer } from '../../support/postgres.ts';
import { temporaryDirectory } from '../../stores/journal/support.ts';
import { moveWithKills } from './moved.ts';

test(
  'a move that is killed on the way ends equal, and nobody is told twice or forgotten by the new place',
  { timeout: 120_000 },
  async () => {
    const dir = await temporaryDirectory(onTestFinished);
    const server = await testServer();
    onTestFinished(() => server.remove());
    const { from, to, kills, ...outcome } = await moveWithKills(dir, await server.database(), 600, 3);
    expect(to).toEqual(from);
    expect(from).toMatchObject({ unreadable: [], marksWrong: 0 });
    expect(kills).toBeGreaterThan(0);
    expect(outcome).toMatchObject({ chats: 600, placed: 60, repeated: 0, missing: 0 });
    expect(outcome.shownBefore).toBeGreaterThan(300);
    expect(outcome.shownAfter).toBe(outcome.shownBefore);
  },
);
