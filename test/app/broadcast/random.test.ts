import { expect, test } from 'vitest';
import { stopAtRandom } from './random.ts';

test('paused, resumed, cancelled and left at random: what was shown is what the report says', async () => {
  const { faults, shown, cancelled } = await stopAtRandom(12, 8, 5);
  expect(faults).toEqual([]);
  expect(shown).toBeGreaterThan(0);
  expect(cancelled).toBeGreaterThan(0);
});
