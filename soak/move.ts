import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveWithKills } from '../test/cli/store/moved.ts';
import { testServer } from '../test/support/postgres.ts';

const CHATS = 20_000;
const KILLS = 20;

/** The move from the directory to PostgreSQL, killed on the way; rejects when the sides differ or somebody is told twice. */
export async function run(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'move-soak-'));
  const server = await testServer();
  try {
    const outcome = await moveWithKills(dir, await server.database(), CHATS, KILLS);
    console.log(outcome);
    const { from, to, repeated, missing } = outcome;
    if (from.sum.count !== to.sum.count || from.sum.sha256 !== to.sum.sha256) throw new Error('the two sides differ');
    if (to.marksWrong + to.unreadable.length > 0) throw new Error('documents went wrong');
    if (repeated + missing > 0) throw new Error('somebody was told twice, or not at all');
  } finally {
    await server.remove();
    await rm(dir, { recursive: true, force: true });
  }
}
