import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openChats } from './chats.ts';
import type { Figure } from './figure.ts';
import { readInterviews } from './interviews.ts';
import { loadKit } from './kit.ts';
import { inFlight, inTurn } from './measure.ts';
import type { Place } from './place.ts';

const ROUNDS = 5;
const CHATS = 1_000;
const MESSAGES = 20_000;
/** About what a chat in the middle of an interview is stored as. */
const LINE = Buffer.from(`${'科'.repeat(1_000)}\n`);

/** The bare floor: lines appended with one fdatasync for all that wait, and nothing else. */
async function floor(file: string): Promise<() => Promise<number>> {
  const handle = await open(file, 'w');
  let waiting: (() => void)[] = [];
  let running = false;
  const write = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await handle.write(Buffer.concat(batch.map(() => LINE)));
      await handle.datasync();
      for (const resolve of batch) resolve();
    }
    running = false;
  };
  return () =>
    inFlight(MESSAGES, CHATS, () => {
      const done = new Promise<void>((resolve) => waiting.push(resolve));
      if (!running) void write();
      return done;
    });
}

/** Whole messages, each answered after its fdatasync, a thousand chats at a time; beside them the bare floor. */
export async function run(place: Place): Promise<Figure[]> {
  const kit = await loadKit(place);
  const chats = await openChats(kit, readInterviews(place), join(place.work, 'durable'), () => 0);
  const append = await floor(join(place.work, 'floor'));
  const messages = (): Promise<number> => inFlight(MESSAGES, CHATS, (index) => chats.next(index % CHATS));
  const rounds = await inTurn({ messages, append }, ROUNDS);
  await chats.store.close();
  return [
    {
      name: 'durable messages, 1,000 in flight',
      value: rounds.messages.perSecond,
      unit: 'messages/s',
      atLeast: 10_000,
    },
    { name: 'durable messages, by processor time', value: rounds.messages.perCpuSecond, unit: 'messages/s' },
    { name: 'bare floor, append and fdatasync', value: rounds.append.perSecond, unit: 'lines/s' },
    { name: 'floor over messages', value: rounds.append.perSecond / rounds.messages.perSecond, unit: 'times' },
  ];
}
