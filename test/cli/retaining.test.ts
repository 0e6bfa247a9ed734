import { expect, test } from 'vitest';
import { keepRetaining } from '../../src/cli/retaining.ts';
import { FakeTime, settle } from '../app/dispatch/time.ts';
import { keptLog } from '../app/support.ts';

const MINUTE = 60_000;

test('looks a minute after the start and every ten minutes; a failure costs the look, and an end breaks off', async () => {
  const time = new FakeTime();
  const log = keptLog();
  const looks: number[] = [];
  let ended = false;
  const retention = {
    async look(now: number) {
      looks.push(now - time.clock.now());
      if (looks.length === 2) throw new Error('away');
      return 'done';
    },
  };
  const given = { retaining: { retention, end: () => void (ended = true) }, log, timer: time };
  const stop = keepRetaining(given as unknown as Parameters<typeof keepRetaining>[0], time.clock.now);
  await settle();
  expect(looks).toEqual([]);
  await time.run(MINUTE);
  expect(looks).toEqual([0]);
  await time.run(20 * MINUTE);
  expect(looks).toHaveLength(3);
  expect(log.lines).toEqual([JSON.stringify({ operation: 'retention.failed', error: 'Error' })]);
  await stop();
  expect(ended).toBe(true);
  await time.run(60 * MINUTE);
  expect(looks).toHaveLength(3);
});
