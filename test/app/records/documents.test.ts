import { expect, test } from 'vitest';
import { newChatDoc } from '../../../src/app/chatdoc.ts';
import { FaultyDocument } from '../../../src/app/ports.ts';
import { chatsOf, documentCodec, Records } from '../../../src/app/records/documents.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { BureauWorld, SECOND } from '../staff/world.ts';

test('every kind of record is read as it was written, and none is pending or due', async () => {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '甲有限公司' });
  await world.bind('t:o', '太原市');
  await world.say('t:x', '/bind WRONG');
  await world.operator({ verb: 'import', rows: [{ name: '甲有限公司', city: '太原市', phone: '1' }] });
  await world.broadcast('t:o', '全部', '请看', 1);
  await world.tick(120 * SECOND);
  await world.tick(SECOND);
  world.service.questions.keep({ question: '问', answer: undefined, why: 'unanswered' }, world.now);
  await world.service.questions.settled();
  const kinds = new Set<string>();
  for await (const key of world.store.keys('@')) {
    const doc = await world.store.read(key);
    if (!doc || !('record' in doc)) throw new Error(key);
    kinds.add(doc.record);
    expect(key.startsWith(`@${doc.record}/`)).toBe(true);
    expect(await documentCodec.decode(documentCodec.encode(doc))).toEqual(doc);
    expect(documentCodec.marks(doc)).toEqual({ pending: false });
    await expect(documentCodec.decode(JSON.stringify({ ...doc, v: 2 }))).rejects.toThrow('no record: at v');
  }
  expect([...kinds].sort()).toEqual(['audit', 'broadcast', 'invite', 'limit', 'page', 'question', 'roster', 'staff']);
});

test('chats and records do not see each other', async () => {
  const store = memoryStore(documentCodec);
  const chats = chatsOf(store);
  const records = new Records(store);
  await chats.update('t:a', () => ({ doc: newChatDoc('t:a'), result: undefined }));
  await records.put('limit', 'bind', { record: 'limit', v: 1, misses: [] });
  const keys: string[] = [];
  for await (const key of chats.keys()) keys.push(key);
  expect(keys).toEqual(['t:a']);
  await expect(chats.read('@limit/bind')).rejects.toThrow('holds no chat');
  await expect(records.read('staff', 'x')).resolves.toBeUndefined();
});

test('a record that cannot be read is faulty', async () => {
  const store = memoryStore({ ...documentCodec, encode: () => '{"record":"staff","v":1}' });
  const records = new Records(store);
  await records.put('limit', 'bind', { record: 'limit', v: 1, misses: [] });
  await expect(records.read('limit', 'bind')).rejects.toBeInstanceOf(FaultyDocument);
});
