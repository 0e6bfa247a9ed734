import { expect, test } from 'vitest';
import { Lru } from '../../src/stores/lru.ts';

test('what was not used for longest goes first', () => {
  const lru = new Lru<number>(2);
  lru.set('a', 1);
  lru.set('b', 2);
  expect(lru.get('a')).toBe(1);
  lru.set('c', 3);
  expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3]);
  lru.delete('a');
  expect(lru.get('a')).toBeUndefined();
});

test('a cache of nothing keeps nothing', () => {
  const lru = new Lru<number>(0);
  lru.set('a', 1);
  expect(lru.get('a')).toBeUndefined();
});
