import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paceOfBroadcast, type PacePlan } from '../test/channels/telegram/pace.ts';
import { buildProgram } from '../test/support/program.ts';

const LEAST = 0.96;
const REPLY_MS = 1_000;

const PLANS: Readonly<Record<string, PacePlan>> = {
  'a broadcast to 3,000': { recipients: 3_000, everyMs: 400 },
  '2 % 403, 5 % 429, a ban of 60 s': {
    ...{ recipients: 900, blocked: 0.02, refused: 0.05, everyMs: 400 },
    ban: { after: 450, seconds: 60 },
  },
};

/**
 * Broadcasts in real time, by the program as it is started, to a platform that takes 30 messages in any second: rejects
 * below 96 % of that, for any refusal of our own making, and when replies had to wait for the broadcast.
 */
export async function run(): Promise<void> {
  const program = await buildProgram();
  const dir = await mkdtemp(join(tmpdir(), 'pace-soak-'));
  const faults: string[] = [];
  try {
    for (const [name, plan] of Object.entries(PLANS)) {
      const outcome = await paceOfBroadcast(program, join(dir, String(plan.recipients)), plan);
      console.log(name);
      const figures: readonly (readonly [string, number])[] = Object.entries(outcome);
      for (const [what, value] of figures) console.log(`  ${what.padEnd(18)} ${figure(value)}`);
      const { share, ownRefusals, insideHold, missed, twice, blockedTriedAgain, p95 } = outcome;
      if (ownRefusals + insideHold + missed + twice + blockedTriedAgain > 0 || share < LEAST || p95 > REPLY_MS)
        faults.push(name);
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
    await program.remove();
  }
  if (faults.length > 0) throw new Error(faults.join('; '));
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
