import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../test/support/program.ts';
import { killWhileTalking } from '../test/channels/telegram/kill.ts';

const PLAN = { chats: 500, messagesPerChat: 20, kills: 50, seed: 20_260_715 };

/**
 * 10,000 updates of 500 chats, each given one to three times, to a bot that is killed 50 times; rejects when an update
 * was lost, had a double effect, or was answered otherwise than undisturbed.
 */
export async function run(): Promise<void> {
  const program = await buildProgram();
  const dir = await mkdtemp(join(tmpdir(), 'telegram-soak-'));
  try {
    const { given, kills, shownAgain, faults } = await killWhileTalking(program, join(dir, 'state'), PLAN);
    console.log(
      `${PLAN.chats * PLAN.messagesPerChat} updates of ${PLAN.chats} chats, given ${given} times, ${kills} kills`,
    );
    console.log(`${faults.length} faults; ${shownAgain} messages shown again`);
    if (faults.length > 0) throw new Error(faults.slice(0, 5).join('; '));
  } finally {
    await rm(dir, { recursive: true, force: true });
    await program.remove();
  }
}
