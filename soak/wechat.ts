import { setImmediate as turn } from 'node:timers/promises';
import { flatMemory } from '../test/support/wechat/flood.ts';
import { hostileRun } from '../test/support/wechat/hostile.ts';

const MESSAGES = 100_000;
const RECIPIENTS = 1_500;
const SEEDS = [1, 2, 3];

/** A broadcast of several days, among talks, over an account that is hostile in every way. */
async function hostile(): Promise<void> {
  for (const seed of SEEDS) {
    const { faults, figures } = await hostileRun(RECIPIENTS, seed);
    console.log(`hostile account ${seed}`, figures);
    if (faults.length > 0) throw new Error(`${faults.length} faults: ${faults.slice(0, 5).join('; ')}`);
  }
}

/**
 * 100,000 messages through wechaty and the mock puppet, and hostile accounts; rejects when memory grows with the
 * messages, a limit is exceeded, or somebody ends in no known state or otherwise than planned.
 */
export async function run(): Promise<void> {
  const { grownMb, perSecond, marks } = await flatMemory(MESSAGES);
  for (const { messages, heapMb } of marks)
    console.log(`${String(messages).padStart(7)} messages, heap ${heapMb.toFixed(1)} MB`);
  console.log(`${MESSAGES} messages, ${perSecond}/s, grown by ${grownMb.toFixed(1)} MB after the first tenth`);
  await turn();
  if (grownMb > 8) throw new Error(`memory has grown by ${grownMb.toFixed(1)} MB`);
  await hostile();
}
