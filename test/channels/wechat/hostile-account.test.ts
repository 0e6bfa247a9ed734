import { expect, test } from 'vitest';
import { hostileRun } from '../../support/wechat/hostile.ts';

test('an account that is everything at once: no limit exceeded, one known end each, as planned', async () => {
  const { faults, figures } = await hostileRun(90, 5);
  expect(faults).toEqual([]);
  expect(figures.spells).toBe(2);
  expect(figures.swallowed).toBeGreaterThan(0);
  expect(figures.days).toBeGreaterThan(1);
}, 60_000);
