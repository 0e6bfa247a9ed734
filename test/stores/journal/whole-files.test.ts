import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { STORE_NOTES } from '../../../conversations/operations.ts';
import { STORE_TROUBLE } from '../../../conversations/trouble.ts';
import { startFaultText } from '../../../src/cli/faults.ts';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { newChatDoc } from '../../../src/app/chatdoc.ts';
import { crc32 } from '../../../src/stores/journal/crc.ts';
import { nodeFiles, type Files } from '../../../src/stores/journal/files.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { rawCodec } from '../../../src/cli/store/raw.ts';
import { bench, filesIn, put, type Bench } from './support.ts';

const SEGMENT = { segmentBytes: 400 };

/** Closed in order, with several segments and their hints: key/0 in the first, key/9 in the last. */
async function filled(): Promise<Bench> {
  const place = await bench();
  const store = await place.open(SEGMENT);
  for (let count = 0; count < 10; count += 1) await put(store, `key/${count}`, { count, text: 'x'.repeat(60) });
  await store.close();
  expect((await filesIn(place.dir, '.journal')).length).toBeGreaterThan(2);
  place.log.operations.length = 0;
  return place;
}

const SPOILS = {
  empty: async (path: string) => writeFile(path, ''),
  'zero-filled': async (path: string) => writeFile(path, Buffer.alloc((await stat(path)).size)),
  torn: async (path: string) => writeFile(path, (await readFile(path)).subarray(0, -30)),
} as const;

describe.each(Object.entries(SPOILS))('a file that is %s', (kind, spoil) => {
  test.each(['first', 'last'] as const)('the %s segment: the others are read, and the loss is said', async (which) => {
    const place = await filled();
    const segments = await filesIn(place.dir, '.journal');
    await spoil(which === 'first' ? segments[0]! : segments.at(-1)!);
    const store = await place.open(SEGMENT);
    const said = place.log.operations.filter((operation) => operation in STORE_NOTES);
    expect(said).not.toEqual([]);
    // Only a line that can still be seen is set aside; what is not there any more is named as missing.
    const isGone = kind === 'empty' || which === 'last';
    expect(said).toContain(isGone ? 'store.segment-short' : 'store.quarantined');
    expect((await store.read(which === 'first' ? 'key/9' : 'key/0'))?.count).toBe(which === 'first' ? 9 : 0);
    expect((await store.read('key/4'))?.count).toBe(4);
    await put(store, 'new', { count: 1 });
    await store.close();
    expect((await (await place.open(SEGMENT)).read('new'))?.count).toBe(1);
  });

  test.each(['.hint', 'holder.json'])('%s: nothing is lost, and nobody has to do anything', async (ending) => {
    const place = await filled();
    const [hint] = await filesIn(place.dir, '.hint');
    const path = ending === '.hint' ? hint! : join(place.dir, 'holder.json');
    if (ending !== '.hint')
      await writeFile(path, JSON.stringify({ id: 'x', pid: 1, host: 'h', where: 'w', started: '1' }));
    await spoil(path);
    const store = await place.open(SEGMENT);
    for (let count = 0; count < 10; count += 1) expect((await store.read(`key/${count}`))?.count).toBe(count);
    expect(place.log.operations.filter((operation) => operation in STORE_NOTES)).toEqual([]);
  });
});

test.each([
  ['ENOSPC', '磁盘已满'],
  ['EIO', '磁盘读写出错'],
  ['EACCES', '没有权限'],
  ['EROFS', '没有权限'],
  ['EMFILE', 'ulimit'],
])('a start that meets %s ends with one sentence', async (code, words) => {
  const place = await bench();
  const fail = (): never => {
    throw Object.assign(new Error(`${code}: open`), { code, syscall: 'open' });
  };
  const files: Files = { ...nodeFiles, create: async () => fail() };
  const error = await place.open({ files }).catch((reason: unknown) => reason);
  const text = startFaultText(error) ?? '';
  expect(text).toContain(words);
  expect(text).toContain(place.dir);
  expect(text).toContain(`[${code}]`);
  expect(text.split('\n')).toHaveLength(1);
  // Nothing is left that would keep the next start from succeeding.
  await put(await place.open(), 'a');
});

test('a file in the place of the directory, and a journal of a newer release, are named in one sentence', async () => {
  const place = await filled();
  const [segment] = await filesIn(place.dir, '.journal');
  const inside = { dir: join(segment!, 'state'), codec: chatCodec, log: place.log };
  const error = await lowdbStore(inside).catch((reason: unknown) => reason);
  expect(startFaultText(error)).toBe(`${STORE_TROUBLE.place(inside.dir)} [ENOTDIR]`);
  const rest = '99 y . - "a" {}';
  await appendFile(
    (await filesIn(place.dir, '.journal')).at(-1)!,
    `${crc32(rest).toString(16).padStart(8, '0')} ${rest}\n`,
  );
  const newer = await place.open().catch((reason: unknown) => reason);
  expect(startFaultText(newer)).toBe(`${STORE_TROUBLE.newer(place.dir)} [NewerJournal]`);
});

test('__proto__ in a document, a hint or the holder reaches no prototype', async () => {
  const { dir, log } = await bench();
  const raw = await lowdbStore({ dir, codec: rawCodec, log });
  const poison = '"__proto__":{"polluted":true,"toString":"x"}';
  const chat = chatCodec.encode(newChatDoc('test:a'));
  const texts = [`{${poison},${chat.slice(1)}`, chat.replace('"state":{', `"state":{${poison},`), `{${poison}}`];
  for (const [index, text] of [...texts, chat].entries())
    await raw.update(`test:${index}`, () => ({ doc: { text, marks: { pending: false } }, result: undefined }));
  await raw.update('__proto__', () => ({ doc: { text: chat, marks: { pending: true } }, result: undefined }));
  await raw.close();
  await writeFile(join(dir, 'holder.json'), `{${poison}}`);
  const store = await lowdbStore({ dir, codec: chatCodec, log });
  for (const key of ['test:0', 'test:1', 'test:2'])
    await store
      .update(key, (doc) => ({ doc: doc && { ...doc, state: { ...doc.state }, updatedAt: 7 }, result: undefined }))
      .catch(() => undefined);
  expect(await store.read('test:3')).toMatchObject({ chat: 'test:a' });
  expect(await store.pending(9)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  await expect(store.read('test:2')).rejects.toThrow('no chat document');
  await store.close();
});
