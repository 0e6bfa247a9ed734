import { expect, onTestFinished, test } from 'vitest';
import { crashOnce } from './crash.ts';
import { temporaryDirectory } from './support.ts';

test(
  'after a kill every acknowledged update is there, and at most the one in flight beyond',
  { timeout: 120_000 },
  async () => {
    const dir = await temporaryDirectory(onTestFinished);
    const counts = new Map<string, number>();
    for (const after of [1, 17, 300, 2_000, 555]) {
      const outcome = await crashOnce(dir, after, counts);
      expect(outcome).toMatchObject({ lost: 0, invented: 0 });
      expect(outcome.acknowledged).toBeGreaterThanOrEqual(after);
    }
  },
);
