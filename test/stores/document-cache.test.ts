import { describe, expect, it } from 'vitest';
import { DocumentCache } from '../../src/stores/document-cache.ts';

/** How many of the keys are found, each being kept afterwards, as documents are that are read and written. */
function hits(cache: DocumentCache<number>, keys: readonly number[]): number {
  let found = 0;
  for (const key of keys) {
    if (cache.get(String(key)) !== undefined) found += 1;
    cache.set(String(key), key);
    cache.set(String(key), key);
  }
  return found;
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

describe('the cache of documents', () => {
  it('holds as many as it may when they come back in turn', () => {
    const cache = new DocumentCache<number>(100);
    hits(cache, [...range(0, 100), ...range(0, 100)]);
    expect(hits(cache, range(0, 100))).toBe(100);
  });

  it('is not emptied by many that come once', () => {
    const cache = new DocumentCache<number>(100);
    hits(cache, [...range(0, 50), ...range(1_000, 20), ...range(0, 50)]);
    expect(hits(cache, range(5_000, 2_000))).toBe(0);
    expect(hits(cache, range(0, 40))).toBe(40);
  });

  it('finds what was just used, and the newest value of it', () => {
    const cache = new DocumentCache<number>(100);
    cache.set('a', 1);
    cache.set('a', 2);
    expect(cache.get('a')).toBe(2);
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });

  it('of nothing keeps nothing', () => {
    const cache = new DocumentCache<number>(0);
    cache.set('a', 1);
    cache.set('a', 1);
    expect(cache.get('a')).toBeUndefined();
  });
});
