import { setImmediate as turn } from 'node:timers/promises';
import { flatMemory } from '../test/support/wechat/flood.ts';

const MESSAGES = 100_000;

/** 100,000 messages through wechaty and the mock puppet; rejects when memory grows with them. */
export async function run(): Promise<void> {
  const { grownMb, perSecond, marks } = await flatMemory(MESSAGES);
  for (const { messages, heapMb } of marks)
    console.log(`${String(messages).padStart(7)} messages, heap ${heapMb.toFixed(1)} MB`);
  console.log(`${MESSAGES} messages, ${perSecond}/s, grown by ${grownMb.toFixed(1)} MB after the first tenth`);
  await turn();
  if (grownMb > 8) throw new Error(`memory has grown by ${grownMb.toFixed(1)} MB`);
}
