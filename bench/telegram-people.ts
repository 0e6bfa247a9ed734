import { setTimeout as sleep } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import type { Event } from '../src/dialogue/index.ts';
import { BotApi } from '../test/support/botapi/index.ts';

/** What the people of a measurement do. */
export type Errand =
  /** Each chat goes through its interview, a message when the last one was answered. */
  | { readonly kind: 'interviews'; readonly first: number; readonly talks: readonly (readonly Event[])[] }
  /** A message every `everyMs`, each from another chat, until so many were answered. */
  | { readonly kind: 'questions'; readonly first: number; readonly count: number; readonly everyMs: number };

/** What came of an errand. */
export interface Done {
  readonly messages: number;
  readonly seconds: number;
  /** From a message to its answer, in ms. */
  readonly waits: readonly number[];
  /** Messages of the bot that were shown during the errand, and those refused for coming too fast. */
  readonly shown: number;
  readonly refused: number;
}

/** A Bot API with people at it, on a thread of its own: says its address, then does errands. */
export async function people(port: MessagePort, perSecond?: number): Promise<void> {
  const api = await BotApi.start({ forgetful: true, ...(perSecond === undefined ? {} : { perSecond }) });
  port.on('message', (errand: Errand) => {
    const start = performance.now();
    const before = { shown: api.chats.nextMessageId, refused: api.refused };
    void (errand.kind === 'interviews' ? talkAll(api, errand) : askAll(api, errand)).then((waits) => {
      const done: Done = {
        messages: waits.length,
        seconds: (performance.now() - start) / 1_000,
        waits,
        // People's messages take numbers as well.
        shown: api.chats.nextMessageId - before.shown - waits.length,
        refused: api.refused - before.refused,
      };
      port.postMessage(done);
    });
  });
  port.postMessage(api.root);
}

async function talkAll(api: BotApi, { first, talks }: Extract<Errand, { kind: 'interviews' }>): Promise<number[]> {
  const waits = await Promise.all(
    talks.map(async (talk, index) => {
      const own: number[] = [];
      for (const event of talk) own.push(await exchange(api, first + index, event));
      return own;
    }),
  );
  return waits.flat();
}

async function askAll(
  api: BotApi,
  { first, count, everyMs }: Extract<Errand, { kind: 'questions' }>,
): Promise<number[]> {
  const waits: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    waits.push(exchange(api, first + index, { kind: 'text', text: '菜单' }));
    await sleep(everyMs);
  }
  return Promise.all(waits);
}

/** Sends a message and waits for an answer. @returns how long it took (ms). */
async function exchange(api: BotApi, chat: number, event: Event): Promise<number> {
  const shown = api.chats.of(chat);
  const before = shown.length;
  const start = performance.now();
  const data = event.kind === 'choice' ? event.id : '';
  const messageId = shown.findLast(({ keyboard }) => keyboard !== undefined)?.messageId ?? 0;
  const text = event.kind === 'text' ? event.text : '';
  await api.give(data === '' ? api.people.text(chat, text) : api.people.press(chat, messageId, data));
  await api.until(() => api.chats.of(chat).length > before);
  return performance.now() - start;
}
