import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { StoreLocked } from '../../../src/stores/journal/lock.ts';
import { bench, filesIn, put } from './support.ts';

/** A process that opens the directory, says so, and stays. */
async function startHolder(dir: string) {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'crash-writer.ts'), dir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
}

test('files are 0600 and directories 0700, also when they were wider before', async () => {
  const place = await bench();
  await mkdir(place.dir, { mode: 0o755 });
  const store = await place.open({ segmentBytes: 200 });
  await put(store, 'bad', { kind: 'broken' });
  for (let count = 0; count < 5; count += 1) await put(store, 'a', { count });
  await store.close();
  await expect((await place.open({ cachedDocuments: 0 })).read('bad')).rejects.toThrow();
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(place.dir)).toBe('700');
  expect(await mode(join(place.dir, 'quarantine'))).toBe('700');
  for (const name of await readdir(place.dir)) {
    if (name !== 'quarantine') expect(`${name} ${await mode(join(place.dir, name))}`).toBe(`${name} 600`);
  }
  for (const path of await filesIn(join(place.dir, 'quarantine'), '')) expect(await mode(path)).toBe('600');
});

test('a second store in the same process is refused in one sentence, and may come after the first has closed', async () => {
  const place = await bench();
  const first = await place.open();
  const error = await place.open().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreLocked);
  expect((error as Error).message).toContain(place.dir);
  expect((error as Error).message).toContain(String(process.pid));
  await put(first, 'a');
  await first.close();
  expect(await (await place.open()).read('a')).toBeDefined();
});

test('a directory held by another process is refused; killed, it is free at once', async () => {
  const place = await bench();
  const child = await startHolder(place.dir);
  await expect(place.open()).rejects.toThrow(`进程号 ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await put(await place.open(), 'a');
});

test('of many who find a dead holder, one gets the directory', async () => {
  const place = await bench();
  await (await place.open()).close();
  const dead = { id: 'x', pid: 2 ** 22 + 1, host: 'h', where: 'elsewhere', started: '1' };
  await writeFile(join(place.dir, 'holder.json'), JSON.stringify(dead));
  const longAgo = new Date(0);
  await utimes(join(place.dir, 'holder.json'), longAgo, longAgo);
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => place.open()));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a holder on another machine counts while it gives signs of life', async () => {
  const place = await bench();
  await (await place.open()).close();
  const holder = { id: 'x', pid: 1, host: 'node-2', where: 'node-2 boot namespace', started: '1' };
  await writeFile(join(place.dir, 'holder.json'), JSON.stringify(holder));
  await expect(place.open()).rejects.toThrow('node-2');
});

test('a half-written holder file is no holder', async () => {
  const place = await bench();
  await (await place.open()).close();
  await writeFile(join(place.dir, 'holder.json'), '{"id":');
  await (await place.open()).close();
  expect(await readdir(place.dir)).not.toContain('holder.json');
});

test('closing leaves a hint, so that the next start parses nothing', async () => {
  const place = await bench();
  const first = await place.open();
  await put(first, 'a', { count: 1 });
  await first.close();
  const [hint] = await filesIn(place.dir, '.hint');
  expect(await readFile(hint!, 'utf8')).toContain('"a"');
});

test('a process that has been given the pid of a dead holder is not taken for it', async () => {
  const place = await bench();
  const store = await place.open();
  const path = join(place.dir, 'holder.json');
  const holder = JSON.parse(await readFile(path, 'utf8')) as { started: string };
  await store.close();
  await writeFile(path, JSON.stringify({ ...holder, started: '1' }));
  await (await place.open()).close();
  await writeFile(path, JSON.stringify(holder));
  await expect(place.open()).rejects.toThrow(StoreLocked);
});
