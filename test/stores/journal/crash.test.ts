import { expect, onTestFinished, test } from 'vitest';
import { killWriter } from './crash.ts';
import { temporaryDirectory } from './support.ts';

test(
  'after a kill every acknowledged update is there, and at most the one in flight beyond',
  { timeout: 120_000 },
  async () => {
    const outcome = await killWriter(await temporaryDirectory(onTestFinished), 8, 1);
    expect(outcome).toMatchObject({ kills: 8, lost: 0, invented: 0 });
    expect(outcome.acknowledged).toBeGreaterThan(1_000);
  },
);
