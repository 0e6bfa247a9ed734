import { expect, test } from 'vitest';
import { migrateChat } from '../../src/app/migrate.ts';
import { ask, world } from './support.ts';

const OLD = 'test:old';
const NEW = 'test:new';

test('a conversation goes on under its new key, with what is still to be sent and what was handled', async () => {
  const { store, assistant } = world();
  await ask(assistant, '一', { chat: OLD, messageId: 'm1' });
  await ask(assistant, '二', { chat: OLD, messageId: 'm2' });
  const before = await store.read(OLD);
  await migrateChat(store, OLD, NEW);
  expect(await store.read(OLD)).toBeUndefined();
  expect(await store.read(NEW)).toEqual({ ...before, chat: NEW });
  expect(await ask(assistant, '三', { chat: NEW })).toEqual(['3 三']);
});

test('done twice it changes nothing more', async () => {
  const { store, assistant } = world();
  await ask(assistant, '一', { chat: OLD, messageId: 'm1' });
  const before = await store.read(OLD);
  await migrateChat(store, OLD, NEW);
  await ask(assistant, '二', { chat: NEW, messageId: 'm2' });
  // As after a crash between the two steps.
  await store.update(OLD, () => ({ doc: before, result: undefined }));
  await migrateChat(store, OLD, NEW);
  expect((await store.read(NEW))?.handled).toEqual(['m1', 'm2']);
  expect(await store.read(OLD)).toBeUndefined();
  await migrateChat(store, OLD, NEW);
  expect(await ask(assistant, '三', { chat: NEW })).toEqual(['3 三']);
});

test('what was said in the new place before is kept out of the way, but not handled again', async () => {
  const { store, assistant } = world();
  await ask(assistant, '一', { chat: OLD, messageId: 'm1' });
  await ask(assistant, '早', { chat: NEW, messageId: 'm2' });
  await migrateChat(store, OLD, NEW);
  const doc = await store.read(NEW);
  expect(doc?.handled).toEqual(['m1', 'm2']);
  expect(doc?.outbox.map(({ reply }) => reply.text)).toEqual(['1 一', '1 早']);
  expect(await ask(assistant, '二', { chat: NEW })).toEqual(['2 二']);
});

test('of a chat that nothing is known of there is nothing to move', async () => {
  const { store } = world();
  await migrateChat(store, OLD, NEW);
  expect(await store.read(NEW)).toBeUndefined();
});
