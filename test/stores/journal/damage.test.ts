import { appendFile, readdir, readFile, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FaultyDocument } from '../../../src/app/ports.ts';
import { bench, filesIn, put } from './support.ts';
import type { Bench } from './support.ts';

async function flip(path: string, needle: string): Promise<void> {
  const bytes = await readFile(path);
  const at = bytes.lastIndexOf(needle);
  expect(at).toBeGreaterThan(0);
  bytes[at] = bytes[at]! ^ 1;
  await writeFile(path, bytes);
}

async function quarantined({ dir }: Bench): Promise<string[]> {
  const names = await readdir(join(dir, 'quarantine')).catch(() => []);
  return Promise.all(names.map((name) => readFile(join(dir, 'quarantine', name), 'utf8')));
}

async function onlySegment({ dir }: Bench): Promise<string> {
  const segments = await filesIn(dir, '.journal');
  expect(segments).toHaveLength(1);
  return segments[0]!;
}

/** A clean close leaves a hint; without it the start has to read the lines, as after a crash. */
async function dropHints({ dir }: Bench): Promise<void> {
  for (const path of await filesIn(dir, '.hint')) await unlink(path);
}

test.each(['a1b2c3d4 9 w . - "a" {"version":2,"cou', '\0\0\0\0\0\0\0', 'nonsense\nnonsense\n'])(
  'a torn tail is cut off, kept aside and reported: %j',
  async (tail) => {
    const place = await bench();
    const first = await place.open();
    await put(first, 'a', { count: 1 });
    await put(first, 'a', { count: 2 });
    await first.close();
    const segment = await onlySegment(place);
    const { size } = await stat(segment);
    await appendFile(segment, tail);

    const second = await place.open();
    expect((await second.read('a'))?.count).toBe(2);
    expect(place.log.operations).toContain('store.tail-cut');
    expect((await stat(segment)).size).toBe(size);
    expect(await quarantined(place)).toEqual([tail]);
    await put(second, 'a', { count: 3 });
    await second.close();
    expect((await (await place.open()).read('a'))?.count).toBe(3);
  },
);

test('the last line torn at any byte: every line before it is there', async () => {
  const place = await bench();
  const first = await place.open();
  await put(first, 'a', { count: 1 });
  await put(first, 'b', { count: 2 });
  const whole = first.figures().bytes;
  await put(first, 'c', { count: 3 });
  const longer = first.figures().bytes;
  await first.close();
  const segment = await onlySegment(place);
  const bytes = await readFile(segment);
  for (let length = whole; length < longer; length += 1) {
    await writeFile(segment, bytes.subarray(0, length));
    const store = await place.open();
    expect((await store.read('b'))?.count).toBe(2);
    expect(await store.read('c')).toBeUndefined();
    await store.close();
  }
});

test.each([true, false])(
  'a damaged line gives way to the older version of its key (hint there: %s)',
  async (hinted) => {
    const place = await bench();
    const first = await place.open();
    await put(first, 'a', { text: 'older', pending: true });
    await put(first, 'b', { text: 'other' });
    await put(first, 'a', { text: 'newer' });
    await put(first, 'c', { text: 'last' });
    await first.close();
    await flip(await onlySegment(place), 'newer');
    if (!hinted) await dropHints(place);

    const second = await place.open();
    expect((await second.read('a'))?.text).toBe('older');
    expect(await second.pending(9)).toEqual(['a']);
    expect((await second.read('b'))?.text).toBe('other');
    expect((await second.read('c'))?.text).toBe('last');
    expect(place.log.operations).toContain('store.quarantined');
    expect(await quarantined(place)).toHaveLength(1);
    await put(second, 'a', { text: 'newest' });
    await second.close();
    expect((await (await place.open()).read('a'))?.text).toBe('newest');
  },
);

test.each([true, false])(
  'a damaged line without an older version makes the key faulty (hint there: %s)',
  async (hinted) => {
    const place = await bench();
    const first = await place.open();
    await put(first, 'a', { text: 'only', pending: true, due: 1 });
    await put(first, 'b', { text: 'other', pending: true, due: 2 });
    await first.close();
    await flip(await onlySegment(place), 'only');
    if (!hinted) await dropHints(place);

    // Again after a restart: it must never be taken for a key that is not there.
    for (let start = 0; start < 2; start += 1) {
      const store = await place.open();
      await expect(store.read('a')).rejects.toThrow(FaultyDocument);
      await expect(put(store, 'a')).rejects.toThrow(FaultyDocument);
      expect(await store.pending(9)).toEqual(['b']);
      expect(await store.due(9, 9)).toEqual(['b']);
      expect((await store.read('b'))?.text).toBe('other');
      await store.compact();
      await store.close();
    }
    expect(await quarantined(place)).toHaveLength(1);
  },
);

test('a segment with a damaged line is kept by compaction, and so is what can still be read', async () => {
  const place = await bench();
  const first = await place.open({ segmentBytes: 300 });
  for (let count = 0; count < 8; count += 1) await put(first, `key/${count}`, { text: `text-${count}` });
  await first.close();
  const [segment] = await filesIn(place.dir, '.journal');
  await flip(segment!, 'text-1');
  const second = await place.open({ segmentBytes: 300 });
  await put(second, 'key/0', { text: 'new' });
  await second.compact();
  await expect(second.read('key/1')).rejects.toThrow(FaultyDocument);
  expect(await filesIn(place.dir, '.journal')).toContain(segment);
  for (const count of [2, 3, 4, 5, 6, 7]) expect((await second.read(`key/${count}`))?.text).toBe(`text-${count}`);
});

test('a document that does not parse is set aside once, as it stands', async () => {
  const place = await bench();
  const first = await place.open();
  await put(first, 'a', { kind: 'broken', text: 'raw' });
  await first.close();
  for (let start = 0; start < 2; start += 1) {
    const store = await place.open();
    await expect(store.read('a')).rejects.toThrow(FaultyDocument);
    await expect(store.read('a')).rejects.toThrow('not a sample');
    await store.close();
  }
  const [line, ...more] = await quarantined(place);
  expect(more).toEqual([]);
  expect(line).toContain('"raw"');
});

test.each([
  ['lost', async (path: string) => unlink(path)],
  ['of another length', async (path: string) => appendFile(path, '1 0 9 w . - "ghost"\n')],
  ['cut short', async (path: string) => truncate(path, 100)],
  ['changed', async (path: string) => writeFile(path, (await readFile(path, 'utf8')).replace('"key/1"', '"key/x"'))],
  ['empty', async (path: string) => truncate(path, 0)],
  ['of another format', async (path: string) => writeFile(path, '{"version":99}\n')],
])('a hint that is %s is made anew', async (_name, spoil) => {
  const place = await bench();
  const first = await place.open({ segmentBytes: 500 });
  for (let count = 0; count < 20; count += 1) await put(first, `key/${count}`, { count, pending: count % 2 === 0 });
  await first.close();
  const [hint] = await filesIn(place.dir, '.hint');
  const sound = await readFile(hint!, 'utf8');
  await spoil(hint!);

  const second = await place.open({ segmentBytes: 500 });
  expect(place.log.operations).toContain('store.hint-rebuilt');
  expect(await readFile(hint!, 'utf8')).toBe(sound);
  for (let count = 0; count < 20; count += 1) expect((await second.read(`key/${count}`))?.count).toBe(count);
  expect(await second.pending(99)).toHaveLength(10);
});

test('a hint of another segment of the same length is not believed', async () => {
  const place = await bench();
  const first = await place.open({ segmentBytes: 500 });
  for (let count = 10; count < 60; count += 1) await put(first, `key/${count}`, { count });
  await first.close();
  const hints = await filesIn(place.dir, '.hint');
  const segments = await filesIn(place.dir, '.journal');
  expect((await stat(segments[2]!)).size).toBe((await stat(segments[3]!)).size);
  await writeFile(hints[2]!, await readFile(hints[3]!));
  const second = await place.open({ segmentBytes: 500 });
  for (let count = 10; count < 60; count += 1) expect((await second.read(`key/${count}`))?.count).toBe(count);
});

test('what a crash leaves lying about is cleared away at the start', async () => {
  const place = await bench();
  await (await place.open()).close();
  await writeFile(join(place.dir, '00000099.hint'), 'stray');
  await writeFile(join(place.dir, '00000001.hint.123456'), 'half');
  await place.open();
  const names = await readdir(place.dir);
  expect(names).not.toContain('00000099.hint');
  expect(names).not.toContain('00000001.hint.123456');
});

test('a record of a newer release stops the start instead of being dropped', async () => {
  const place = await bench();
  const first = await place.open();
  await put(first, 'a');
  await first.close();
  const { crc32 } = await import('node:zlib');
  const rest = '5 y . - "a" {}';
  await appendFile(await onlySegment(place), `${crc32(rest).toString(16).padStart(8, '0')} ${rest}\n`);
  await expect(place.open()).rejects.toThrow('newer release');
});
