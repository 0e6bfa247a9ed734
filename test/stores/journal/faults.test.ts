import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../../src/stores/journal/files.ts';
import type { Files, OpenFile } from '../../../src/stores/journal/files.ts';
import { bench, filesIn, put } from './support.ts';

type Operation = 'write' | 'datasync' | 'truncate' | 'create' | 'replace' | 'remove' | 'read';

/** A disk on which chosen operations fail, and on which every write is short. */
class FailingDisk {
  readonly failing = new Map<Operation, string>();
  /** How many bytes a failing write still gets onto the disk. */
  partial = 0;
  /** An operation that fails only the first time. */
  once: Operation | undefined;

  private fail(operation: Operation): void {
    const code = this.failing.get(operation);
    if (operation === this.once) this.failing.delete(operation);
    if (code !== undefined) throw Object.assign(new Error(`${code}: ${operation}`), { code });
  }

  private wrap(file: OpenFile): OpenFile {
    return {
      ...file,
      read: async (buffer, position) => {
        this.fail('read');
        return file.read(buffer, position);
      },
      write: async (bytes, position) => {
        if (this.failing.has('write') && this.partial > 0) await file.write(bytes.subarray(0, this.partial), position);
        this.fail('write');
        return file.write(bytes.subarray(0, 50), position);
      },
      datasync: async () => {
        this.fail('datasync');
        return file.datasync();
      },
      truncate: async (length) => {
        this.fail('truncate');
        return file.truncate(length);
      },
    };
  }

  readonly files: Files = {
    ...nodeFiles,
    open: async (path) => this.wrap(await nodeFiles.open(path)),
    create: async (path) => {
      this.fail('create');
      return this.wrap(await nodeFiles.create(path));
    },
    replace: async (path, data) => {
      this.fail('replace');
      return nodeFiles.replace(path, data);
    },
    remove: async (path) => {
      this.fail('remove');
      return nodeFiles.remove(path);
    },
  };
}

test('short writes are completed', async () => {
  const disk = new FailingDisk();
  const place = await bench();
  const first = await place.open({ files: disk.files });
  await put(first, 'a', { text: 'x'.repeat(1_000) });
  await first.close();
  expect((await (await place.open()).read('a'))?.text).toHaveLength(1_000);
});

test.each([
  ['write', 'ENOSPC', 0],
  ['write', 'ENOSPC', 40],
  ['write', 'EIO', 100_000],
  ['datasync', 'EIO', 0],
] as const)(
  'a failed %s (%s, %i bytes written) is refused, not believed later, and not the end',
  async (operation, code, partial) => {
    const disk = new FailingDisk();
    const place = await bench();
    const store = await place.open({ files: disk.files });
    await put(store, 'a', { count: 1 });
    const [segment] = await filesIn(place.dir, '.journal');
    const { size } = await stat(segment!);
    disk.failing.set(operation, code);
    disk.partial = partial;
    // Taking a failed write back needs a flush of its own.
    if (operation === 'datasync') disk.once = operation;
    const keys = operation === 'write' ? ['a', 'b'] : ['a'];
    const failed = await Promise.allSettled(keys.map((key) => put(store, key, { count: 2 })));
    for (const outcome of failed) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining(code) } });
    }
    expect((await store.read('a'))?.count).toBe(1);
    expect(await store.read('b')).toBeUndefined();
    // At once: a crash after the refusal must not bring back what was refused.
    expect((await stat(segment!)).size).toBe(size);
    disk.failing.clear();
    await put(store, 'c', { count: 3 });
    await store.close();
    expect(place.log.operations).toContain('store.write-failed');
    const again = await place.open();
    expect((await again.read('a'))?.count).toBe(1);
    expect(await again.read('b')).toBeUndefined();
    expect((await again.read('c'))?.count).toBe(3);
    expect(place.log.operations).not.toContain('store.quarantined');
  },
);

test('while a failed write cannot be taken back, updates are refused in clear words; afterwards they work', async () => {
  const disk = new FailingDisk();
  const place = await bench();
  const store = await place.open({ files: disk.files });
  await put(store, 'a', { count: 1 });
  disk.partial = 30;
  disk.failing.set('write', 'EIO').set('truncate', 'EIO');
  await expect(put(store, 'a', { count: 2 })).rejects.toThrow('could not be written');
  disk.failing.delete('write');
  await expect(put(store, 'a', { count: 3 })).rejects.toThrow('taken back');
  disk.failing.clear();
  await put(store, 'a', { count: 4 });
  await store.close();
  expect((await (await place.open()).read('a'))?.count).toBe(4);
});

test('a new segment that cannot be made refuses the update and is made later', async () => {
  const disk = new FailingDisk();
  const place = await bench();
  const store = await place.open({ files: disk.files, segmentBytes: 200 });
  for (let count = 0; count < 3; count += 1) await put(store, 'a', { count });
  disk.failing.set('create', 'EMFILE');
  await expect(Promise.all(['b', 'c', 'd', 'e'].map((key) => put(store, key)))).rejects.toThrow('EMFILE');
  disk.failing.clear();
  for (let count = 3; count < 9; count += 1) await put(store, 'a', { count });
  await store.close();
  expect((await (await place.open()).read('a'))?.count).toBe(8);
});

test('compaction and hints that fail are reported and lose nothing', async () => {
  const disk = new FailingDisk();
  const place = await bench();
  const store = await place.open({ files: disk.files, segmentBytes: 300 });
  disk.failing.set('replace', 'ENOSPC').set('remove', 'EACCES');
  for (let count = 0; count < 50; count += 1) await put(store, `key/${count % 7}`, { count });
  await expect(store.compact()).rejects.toThrow('EACCES');
  expect(place.log.operations).toContain('store.background-failed');
  disk.failing.clear();
  await store.compact();
  await store.close();
  const again = await place.open();
  for (let count = 43; count < 50; count += 1) expect((await again.read(`key/${count % 7}`))?.count).toBe(count);
  expect(again.figures().documents).toBe(7);
});

test('a disk that cannot be read rejects with its error and does not condemn the document', async () => {
  const disk = new FailingDisk();
  const place = await bench();
  const store = await place.open({ files: disk.files, cachedDocuments: 0 });
  await put(store, 'a', { count: 1 });
  disk.failing.set('read', 'EIO');
  await expect(store.read('a')).rejects.toThrow('EIO');
  disk.failing.clear();
  expect((await store.read('a'))?.count).toBe(1);
});
