import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import { fill, openChats, placeOf } from './chats.ts';
import type { Figure } from './figure.ts';
import { readInterviews } from './interviews.ts';
import { loadKit } from './kit.ts';
import { inFlight, median, round } from './measure.ts';
import { inOwnProcess, type Place } from './place.ts';

const FEW = 1_000;
const MANY = 100_000;
const ROUNDS = 5;
const WARM_UP = 6_000;
const MESSAGES = 10_000;

const costSchema = z.object({ cpu: z.number(), wall: z.number() });
const memorySchema = z.object({ opened: z.number(), after: z.number(), held: z.number(), milliseconds: z.number() });

/** A store of its own for each way of talking, so that every chat is where it was left. */
const STORES = {
  few: { chats: FEW, talking: FEW },
  many: { chats: MANY, talking: FEW },
  spread: { chats: MANY, talking: MANY },
} as const;

type Store = keyof typeof STORES;

const PER_ROUND = WARM_UP + MESSAGES;

function dirOf({ work }: Place, name: Store): string {
  return join(work, `chats-${name}`);
}

/** The chat of a message; every round takes chats that no round before has talked to, where there are enough. */
function chatOf(index: number, name: Store, count: number): number {
  const { chats, talking } = STORES[name];
  const at = talking === MANY ? count * PER_ROUND + index : count * FEW + (index % FEW);
  return (at * 7_919) % chats;
}

/** Fills a store anew. Runs in a process of its own. */
export async function filled(place: Place, name: Store): Promise<void> {
  await rm(dirOf(place, name), { recursive: true, force: true });
  await fill(await loadKit(place), readInterviews(place), dirOf(place, name), STORES[name].chats);
}

async function opened(place: Place, name: Store) {
  const kit = await loadKit(place);
  const interviews = readInterviews(place);
  const lengths = interviews.map(({ messages }) => messages.length);
  return openChats(
    kit,
    interviews,
    dirOf(place, name),
    (chat) => placeOf(chat, lengths[chat % lengths.length] ?? 1) + 1,
  );
}

/** Microseconds per message, by processor time and by the clock. Runs in a process of its own. */
export async function cost(place: Place, name: Store, count: number): Promise<z.infer<typeof costSchema>> {
  const { store, next } = await opened(place, name);
  const send = (index: number): Promise<void> => next(chatOf(index, name, count));
  await inFlight(WARM_UP, 100, send);
  const { perSecond, perCpuSecond } = await round(() => inFlight(MESSAGES, 100, (index) => send(index + WARM_UP)));
  await store.close();
  return { cpu: 1_000_000 / perCpuSecond, wall: 1_000_000 / perSecond };
}

/** Megabytes with the store open, and after messages to chats all over it. Runs in a process of its own. */
export async function memory(place: Place, count: number): Promise<z.infer<typeof memorySchema>> {
  const start = performance.now();
  const { store, next } = await opened(place, 'spread');
  const milliseconds = performance.now() - start;
  const atOpen = process.memoryUsage().rss;
  await inFlight(MESSAGES, 100, (index) => next(chatOf(index, 'spread', count)));
  const { rss } = process.memoryUsage();
  globalThis.gc?.();
  const held = process.memoryUsage().heapUsed;
  await store.close();
  return { opened: atOpen / 1e6, after: rss / 1e6, held: held / 1e6, milliseconds };
}

/** What a message costs when many chats are stored, and what memory they take; each in a process of its own. */
export async function run(place: Place): Promise<Figure[]> {
  const names = ['few', 'many', 'spread'] as const;
  const costs = { few: [] as number[], many: [] as number[], spread: [] as number[] };
  const walls = { few: [] as number[], many: [] as number[], spread: [] as number[] };
  for (let count = 0; count < ROUNDS; count += 1)
    for (const name of names) {
      if (count === 0 || name === 'few') await inOwnProcess(place, 'scale', 'filled', [place, name]);
      const one = costSchema.parse(
        await inOwnProcess(place, 'scale', 'cost', [place, name, name === 'few' ? 0 : count]),
      );
      costs[name].push(one.cpu);
      walls[name].push(one.wall);
    }
  const figures = memorySchema.parse(await inOwnProcess(place, 'scale', 'memory', [place, ROUNDS], ['--expose-gc']));
  const { opened: atOpen, after, held, milliseconds } = figures;
  const few = median(costs.few);
  const unit = 'µs of processor time';
  return [
    { name: 'message, 1,000 chats stored', value: few, unit },
    { name: 'message, 100,000 stored, 1,000 of them talking', value: median(costs.many), unit },
    { name: 'message, 100,000 stored and talking', value: median(costs.spread), unit },
    { name: 'cost at 100,000 over cost at 1,000', value: median(costs.many) / few, unit: 'times', atMost: 1.2 },
    { name: 'the same, all of them talking', value: median(costs.spread) / few, unit: 'times' },
    { name: 'the same, by the clock', value: median(walls.many) / median(walls.few), unit: 'times' },
    { name: 'opening 100,000 chats', value: milliseconds, unit: 'ms' },
    { name: 'memory with 100,000 chats, opened', value: atOpen, unit: 'MB', atMost: 200 },
    { name: 'memory after 10,000 messages', value: after, unit: 'MB', atMost: 200 },
    { name: 'of it held, the rest being garbage not yet collected', value: held, unit: 'MB' },
  ];
}
