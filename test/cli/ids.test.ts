import { expect, test } from 'vitest';
import { ulidSource } from '../../src/cli/ids.ts';

test('ids are ULIDs of their instant, and rise within a millisecond and when the clock goes back', () => {
  const instants = [1_469_918_176_385, ...Array<number>(2_000).fill(1_469_918_176_386), 5, 1_469_918_176_387];
  let call = 0;
  const next = ulidSource(() => instants[call++] ?? 0);
  const ids = instants.map(() => next());
  expect(ids[0]).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(ids).toEqual([...new Set(ids)].sort());
});
