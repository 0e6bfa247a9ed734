import { expect, test } from 'vitest';
import { basename } from 'node:path';
import { nodeFiles, type Files, type OpenFile } from '../../../src/stores/journal/files.ts';
import { bench, put } from './support.ts';

/** A disk that notes what is done to it, in order, beside the acknowledgements. */
function watched(events: string[]): Files {
  const note = (event: string): void => void events.push(event);
  const wrap = (file: OpenFile, name: string): OpenFile => ({
    ...file,
    async write(bytes, position) {
      const count = await file.write(bytes, position);
      note(`write ${name}`);
      return count;
    },
    async datasync() {
      await file.datasync();
      note(`flush ${name}`);
    },
  });
  return {
    ...nodeFiles,
    open: async (path) => wrap(await nodeFiles.open(path), basename(path)),
    async create(path) {
      note(`create ${basename(path)}`);
      return wrap(await nodeFiles.create(path), basename(path));
    },
    async remove(path) {
      await nodeFiles.remove(path);
      note(`remove ${basename(path)}`);
    },
    async syncDirectory(dir) {
      await nodeFiles.syncDirectory(dir);
      note('flush directory');
    },
  };
}

/** The events from the last one that begins so, up to the given place. */
function since(events: readonly string[], beginning: string, end: number): readonly string[] {
  const part = events.slice(0, end);
  return part.slice(part.findLastIndex((event) => event.startsWith(beginning)));
}

test('an update is acknowledged when its line is flushed, and the name of its file too', async () => {
  const events: string[] = [];
  const place = await bench();
  const store = await place.open({ files: watched(events), segmentBytes: 300 });
  for (let count = 0; count < 12; count += 1) {
    await put(store, `key/${count}`, { count });
    events.push('acknowledged');
  }
  await store.close();
  const acknowledged = events.flatMap((event, at) => (event === 'acknowledged' ? [at] : []));
  expect(acknowledged).toHaveLength(12);
  for (const at of acknowledged) {
    const [write = '', ...after] = since(events, 'write', at);
    const file = write.slice('write '.length);
    expect(after).toContain(`flush ${file}`);
    expect(since(events, `create ${file}`, at)).toContain('flush directory');
  }
  expect(events.filter((event) => event.startsWith('create')).length).toBeGreaterThan(2);
});

test('many updates at once are acknowledged by one flush', async () => {
  const events: string[] = [];
  const place = await bench();
  const store = await place.open({ files: watched(events) });
  events.length = 0;
  await Promise.all(Array.from({ length: 50 }, (_, count) => put(store, `key/${count}`)));
  expect(events.filter((event) => event.startsWith('flush')).length).toBeLessThan(5);
});

test('a segment is removed after what was left in it is flushed elsewhere', async () => {
  const events: string[] = [];
  const place = await bench();
  const store = await place.open({ files: watched(events), segmentBytes: 300 });
  for (let count = 0; count < 9; count += 1) await put(store, `key/${count % 2}`, { count });
  events.length = 0;
  await store.compact();
  const removals = events.flatMap((event, at) => (event.startsWith('remove') ? [at] : []));
  expect(removals.length).toBeGreaterThan(0);
  for (const at of removals) {
    const [write, ...after] = since(events, 'write', at);
    if (write?.startsWith('write')) expect(after).toContain(write.replace('write', 'flush'));
  }
  expect(events.at(-1)).toBe('flush directory');
});
