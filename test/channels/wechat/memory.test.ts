import { expect, test } from 'vitest';
import { flatMemory } from '../../support/wechat/flood.ts';

test('memory does not grow with the messages', async () => {
  const { grownMb, marks } = await flatMemory(1_000);
  expect(marks).toHaveLength(10);
  // The rings of what was seen last fill up; a message kept whole would be many times this.
  expect(grownMb).toBeLessThan(4);
});
