import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Marks } from '../../src/app/ports.ts';
import { MarkedKeys } from '../../src/stores/marked-keys.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const marks: fc.Arbitrary<Marks | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ pending: fc.boolean() }),
  fc.record({ pending: fc.boolean(), due: fc.integer({ min: 0, max: 20 }) }),
);

test('the same as a plain list searched and sorted each time', () => {
  const operation = fc.tuple(key, marks, fc.nat(22), fc.nat(7));
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const marked = new MarkedKeys();
      let model: [string, Marks][] = [];
      for (const [name, mark, now, limit] of operations) {
        marked.set(name, mark);
        model = model.filter(([other]) => other !== name);
        if (mark !== undefined) model.push([name, mark]);
        const pending = model.filter(([, { pending: is }]) => is).map(([other]) => other);
        expect(marked.pending(limit)).toEqual(pending.slice(0, limit));
        const due = model
          .flatMap(([other, { due: at }]) => (at !== undefined && at <= now ? [{ other, at }] : []))
          .sort((a, b) => a.at - b.at || (a.other < b.other ? -1 : 1))
          .map(({ other }) => other);
        expect(marked.due(now, limit)).toEqual(due.slice(0, limit));
      }
    }),
  );
});

test('a time changed again and again does not fill the memory or slow the search', () => {
  const marked = new MarkedKeys();
  for (let due = 0; due < 50_000; due += 1) marked.set('a', { pending: false, due });
  expect(marked.due(50_000, 5)).toEqual(['a']);
  expect(marked.due(49_998, 5)).toEqual([]);
});

test('a time that is no number is no time', () => {
  const marked = new MarkedKeys();
  marked.set('a', { pending: false, due: Number.NaN });
  marked.set('b', { pending: false, due: Infinity });
  marked.set('c', { pending: false, due: 1 });
  expect(marked.due(1e15, 5)).toEqual(['c']);
});
