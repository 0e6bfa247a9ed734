import { Pauses } from '../app/dispatch/pauses.ts';
import type { Assistant, Inbound } from '../app/ports.ts';
import { STDIO_PREFIX, type Delivery } from '../channels/stdio.ts';
import type { Composed } from './compose.ts';

/** How often the clock is looked at (ms). */
const EVERY_MS = 30_000;

/**
 * Looks at what is due, now and every 30 seconds, until it is stopped. Nothing hangs on the moment: a look that failed
 * or came late finds the same. @returns stops, after the look under way.
 */
export function keepTicking(
  { unasked, dispatcher, log, timer }: Pick<Composed, 'unasked' | 'dispatcher' | 'log' | 'timer'>,
  now: () => number,
): () => Promise<void> {
  const pauses = new Pauses(timer);
  const safely = async (operation: string, work: () => Promise<boolean>): Promise<void> => {
    try {
      if (await work()) dispatcher.nudge();
    } catch (error) {
      log.warn(operation, { error: error instanceof Error ? error.name : typeof error });
    }
  };
  const run = async (): Promise<void> => {
    // In the background: with many chats it takes a while, and those due by the old dates need not wait for it.
    const settling = safely('tick.settle-failed', () => unasked.settle(now()));
    do await safely('tick.failed', async () => (await unasked.tick(now())).length > 0);
    while (await pauses.pause(EVERY_MS));
    await settling;
  };
  const running = run();
  return async () => {
    pauses.end();
    await running;
  };
}

/** The scheduler of the JSON lines channel, and its assistant: the lines set the clock, which may go either way. */
export function lineScheduler(
  { assistant, unasked, bureau }: Pick<Composed, 'assistant' | 'unasked' | 'bureau'>,
  now: () => number,
): { readonly assistant: Assistant; readonly tick: (at: number) => Promise<readonly Delivery[]> } {
  // Chats of an earlier process were planned at instants that are not known here.
  let latest = Number.POSITIVE_INFINITY;
  return {
    assistant: {
      handle(inbound: Inbound) {
        if (latest !== Number.POSITIVE_INFINITY) latest = Math.max(latest, inbound.at ?? now());
        return assistant.handle(inbound);
      },
      delivered: (chat, ids) => assistant.delivered(chat, ids),
      settled: () => assistant.settled(),
    },
    async tick(at) {
      if (at < latest) await unasked.replan(at, STDIO_PREFIX);
      latest = at;
      await unasked.tick(at);
      await bureau.carry(at);
      const pulled = await unasked.pull(STDIO_PREFIX, at);
      return pulled.map(({ chat, outgoing }) => ({
        chat: chat.slice(STDIO_PREFIX.length),
        replies: outgoing.map(({ reply }) => reply),
        printed() {
          const ids = outgoing.map(({ id }) => id);
          void assistant.delivered(chat, ids);
        },
      }));
    },
  };
}
