import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../stores/journal/support.ts';
import { killDispatcher } from './kill.ts';

test(
  'a broadcast whose process is killed misses nobody, and repeats only what was under way',
  { timeout: 120_000 },
  async () => {
    const outcome = await killDispatcher(await temporaryDirectory(onTestFinished), 100, 5);
    expect(outcome).toMatchObject({ kills: 5, missed: 0, unmarked: 0, unsettled: 0 });
    expect(outcome.duplicates).toBeLessThanOrEqual(outcome.allowed);
  },
);
