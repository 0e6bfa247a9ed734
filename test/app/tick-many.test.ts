import { expect, test } from 'vitest';
import { chatCodec } from '../../src/app/chatcodec.ts';
import { newChatDoc, type ChatDoc } from '../../src/app/chatdoc.ts';
import type { Codec, Store } from '../../src/app/ports.ts';
import { tick } from '../../src/app/tick.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { at, tickWorld } from './tick-world.ts';

const plainCodec: Codec<ChatDoc> = { ...chatCodec, decode: (text) => JSON.parse(text) as ChatDoc };
const NOW = at('2026-06-15T09:00');

/** Chats that are due: most for a reminder, every so manieth because of an entry that waits and stays. */
async function due(count: number, stuckEvery: number) {
  const store = memoryStore(plainCodec);
  const world = tickWorld(store);
  await world.say('a', '/programme shanxi-2026', '2026-06-01');
  await world.say('a', '/remind on', '2026-06-01');
  const reminded = (await store.read('a'))!;
  for (let index = 0; index < count; index += 1) {
    const chat = `c${index}`;
    const waiting = {
      id: `w${index}`,
      reply: { text: 'x' },
      at: 1,
      notBefore: NOW - 1,
      kind: 'broadcast',
      source: 's',
    } as const;
    const doc = index % stuckEvery === 0 ? { ...newChatDoc(chat), outbox: [waiting] } : { ...reminded, chat };
    await store.update(chat, () => ({ doc, result: undefined }));
  }
  return { world, store };
}

/** The store with the sizes of the pages that it gave. */
function counting(store: Store<ChatDoc>): { readonly store: Store<ChatDoc>; readonly pages: readonly number[] } {
  const pages: number[] = [];
  const counted: Store<ChatDoc> = {
    update: (key, work) => store.update(key, work),
    read: (key) => store.read(key),
    pending: (limit) => store.pending(limit),
    keys: (prefix) => store.keys(prefix),
    close: () => store.close(),
    async due(now, limit) {
      const found = await store.due(now, limit);
      pages.push(found.length);
      return found;
    },
  };
  return { store: counted, pages };
}

test('many that are due at once are taken page by page, and all are reminded', async () => {
  const { world, store } = await due(4_000, 5_000);
  const counted = counting(store);
  expect(await tick({ ...world.deps, store: counted.store }, NOW)).toHaveLength(4_000);
  expect(Math.max(...counted.pages)).toBeLessThanOrEqual(510);
  expect(counted.pages.length).toBeLessThan(12);
});

test.each([2, 1])('those that stay due for another reason hide nobody (every %i)', async (stuckEvery) => {
  const { world, store } = await due(1_500, stuckEvery);
  const reminded = await tick({ ...world.deps, store }, NOW);
  expect(reminded).toHaveLength(stuckEvery === 1 ? 1 : 751);
  expect(await tick({ ...world.deps, store }, NOW)).toEqual([]);
});
