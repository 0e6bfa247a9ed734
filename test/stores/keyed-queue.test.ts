import { expect, test } from 'vitest';
import { KeyedQueue } from '../../src/stores/keyed-queue.ts';

test('work of a key waits for the work before it, work of another key does not', async () => {
  const queue = new KeyedQueue();
  const events: string[] = [];
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = queue.run('a', async () => {
    await opened;
    events.push('a1');
    throw new Error('no');
  });
  const second = queue.run('a', async () => events.push('a2'));
  await queue.run('b', async () => events.push('b'));
  expect(events).toEqual(['b']);
  open();
  await expect(first).rejects.toThrow('no');
  await second;
  await queue.idle();
  expect(events).toEqual(['b', 'a1', 'a2']);
});
