import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openAccount } from './account.ts';
import type { WorldPuppet } from './puppet.ts';
import { WechatWorld } from './world.ts';

export interface Mark {
  readonly messages: number;
  readonly heapMb: number;
}

const PEOPLE = 50;
const MARKS = 10;
/** Messages under way at a time: what a burst after a login may bring. */
const BURST = 50;

/**
 * Sends so many messages through an account and measures the heap after each tenth. The mock keeps every message it was
 * ever given; it is made to forget them, so that what is measured is ours and the library's.
 */
export async function flatMemory(messages: number): Promise<{ grownMb: number; perSecond: number; marks: Mark[] }> {
  const world = new WechatWorld();
  const people = Array.from({ length: PEOPLE }, (_, index) => world.person(`人${index}`, `handle-${index}`));
  const account = await openAccount({ world });
  try {
    while (world.puppet?.isLoggedIn !== true || account.announced.length === 0) await turn();
    const marks: Mark[] = [];
    const start = performance.now();
    for (let sent = 0; sent < messages;) {
      for (let one = 0; one < BURST; one += 1, sent += 1) world.say(people[sent % PEOPLE]!, `第 ${sent} 条消息`);
      while (world.shown.length < BURST) await turn();
      forget(world, world.puppet);
      if (sent % (messages / MARKS) === 0) marks.push({ messages: sent, heapMb: await heapMb() });
    }
    const perSecond = Math.round((1_000 * messages) / (performance.now() - start));
    return { grownMb: (marks.at(-1)?.heapMb ?? 0) - (marks[0]?.heapMb ?? 0), perSecond, marks };
  } finally {
    await account.stop();
  }
}

function forget(world: WechatWorld, { mocker }: WorldPuppet): void {
  world.shown.length = 0;
  world.messages.clear();
  mocker.cacheMessagePayload.clear();
  for (const symbol of Object.getOwnPropertySymbols(mocker.MessageMock)) {
    const pool: unknown = Reflect.get(mocker.MessageMock, symbol);
    if (pool instanceof Map) pool.clear();
  }
}

async function heapMb(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await turn();
    collect();
  }
  return process.memoryUsage().heapUsed / 1e6;
}
