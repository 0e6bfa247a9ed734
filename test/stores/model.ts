import fc from 'fast-check';
import { expect } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import type { Sample } from './sample.ts';

/** A store under test; what is in it is gone when the history ends. */
export interface Subject {
  store: Store<Sample>;
  readonly reopen?: () => Promise<Store<Sample>>;
  readonly close: () => Promise<void>;
}

/** What the store must hold. `turn` orders the writes; those that ran side by side share one. */
interface Model {
  readonly docs: Map<string, { readonly doc: Sample; readonly turn: number }>;
  turn: number;
}

type Step = fc.AsyncCommand<Model, Subject>;
type Fields = Pick<Sample, 'pending' | 'due' | 'places'> & { readonly count: number };

const KEYS = ['', 'a', 'a/b', 'a/c', 'a\0', 'b', '微信:😀', '\ud83d', 'z'];
const key = fc.constantFrom(...KEYS);
const limit = fc.constantFrom(0, 1, 2, 3, 100);
const places = fc.subarray(['太原市', '洛阳市', 'a\0b', '\ud83d', '{"']);
const due = fc.constantFrom(0, 1, 2, 2.5, 3, 1_767_225_600_000);

function write(model: Model, at: string, doc: Sample | undefined): void {
  model.docs.delete(at);
  if (doc !== undefined) model.docs.set(at, { doc, turn: model.turn });
}

function step(
  name: string,
  run: (model: Model, real: Subject) => Promise<void>,
  check?: (real: Subject) => boolean,
): Step {
  return {
    check: () => true,
    async run(model, real) {
      if (check?.(real) === false) return;
      model.turn += 1;
      await run(model, real);
    },
    toString: () => name,
  };
}

const put = (at: string, fields: Fields): Step =>
  step(`put(${JSON.stringify(at)}, ${JSON.stringify(fields)})`, async (model, { store }) => {
    const doc: Sample = { version: 2, ...fields };
    const before = model.docs.get(at)?.doc;
    expect(await store.update(at, (found) => ({ doc, result: found }))).toEqual(before);
    write(model, at, doc);
  });

const remove = (at: string): Step =>
  step(`remove(${JSON.stringify(at)})`, async (model, { store }) => {
    expect(await store.update(at, (doc) => ({ doc: null, result: doc?.count }))).toBe(model.docs.get(at)?.doc.count);
    write(model, at, undefined);
  });

const leave = (at: string): Step =>
  step(`leave(${JSON.stringify(at)})`, async (model, { store }) => {
    expect(await store.update(at, (doc) => ({ result: doc }))).toEqual(model.docs.get(at)?.doc);
  });

const fail = (at: string): Step =>
  step(`fail(${JSON.stringify(at)})`, async (_model, { store }) => {
    const failing = store.update(at, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
  });

const read = (at: string): Step =>
  step(`read(${JSON.stringify(at)})`, async (model, { store }) => {
    expect(await store.read(at)).toEqual(model.docs.get(at)?.doc);
  });

/** Increments of one and several keys, all under way at the same time; 0 deletes. */
const together = (calls: readonly (readonly [string, number])[]): Step =>
  step(`together(${JSON.stringify(calls)})`, async (model, { store }) => {
    const expected = calls.map(([at, by]) => {
      const before = model.docs.get(at)?.doc;
      const count = (before?.count ?? 0) + by;
      write(model, at, by === 0 ? undefined : { ...(before ?? { version: 2 }), count });
      return count;
    });
    const results = calls.map(([at, by]) =>
      store.update(at, (doc) => {
        const count = (doc?.count ?? 0) + by;
        return { doc: by === 0 ? null : { ...(doc ?? { version: 2 }), count }, result: count };
      }),
    );
    expect(await Promise.all(results)).toEqual(expected);
  });

const pending = (most: number): Step =>
  step(`pending(${most})`, async (model, { store }) => {
    const marked = [...model.docs].filter(([, { doc }]) => doc.pending === true);
    const turns = new Map(marked.map(([at, { turn }]) => [at, turn]));
    const found = await store.pending(most);
    expect(new Set(found).size).toBe(found.length);
    // Which of two writes that ran side by side came first, only the store knows.
    const inOrder = [...turns.values()].sort((a, b) => a - b).slice(0, most);
    expect(found.map((at) => turns.get(at))).toEqual(inOrder);
  });

const dueBy = (now: number, most: number): Step =>
  step(`due(${now}, ${most})`, async (model, { store }) => {
    const dues = new Map([...model.docs].map(([at, { doc }]) => [at, doc.due ?? Infinity]));
    const found = await store.due(now, most);
    expect(new Set(found).size).toBe(found.length);
    const inOrder = [...dues.values()].filter((value) => value <= now).sort((a, b) => a - b);
    expect(found.map((at) => dues.get(at))).toEqual(inOrder.slice(0, most));
  });

const keys = (prefix: string): Step =>
  step(`keys(${JSON.stringify(prefix)})`, async (model, { store }) => {
    const found: string[] = [];
    for await (const at of store.keys(prefix)) found.push(at);
    expect(found.sort()).toEqual([...model.docs.keys()].filter((at) => at.startsWith(prefix)).sort());
  });

const placed = (wanted: readonly string[]): Step =>
  step(
    `placed(${JSON.stringify(wanted)})`,
    async (model, { store }) => {
      const found: string[] = [];
      for await (const at of store.placed?.(wanted) ?? []) found.push(at);
      const meant = [...model.docs].filter(([, { doc }]) => doc.places?.some((place) => wanted.includes(place)));
      expect(found.sort()).toEqual(meant.map(([at]) => at).sort());
    },
    ({ store }) => store.placed !== undefined,
  );

const reopen = (): Step =>
  step(
    'reopen()',
    async (_model, real) => {
      real.store = (await real.reopen?.()) ?? real.store;
    },
    (real) => real.reopen !== undefined,
  );

const fields: fc.Arbitrary<Fields> = fc.record(
  { count: fc.nat(9), pending: fc.boolean(), due, places },
  { requiredKeys: ['count'] },
);

const STEPS = [
  fc.tuple(key, fields).map(([at, given]) => put(at, given)),
  key.map(remove),
  key.map(leave),
  key.map(fail),
  key.map(read),
  fc.array(fc.tuple(key, fc.nat(3)), { minLength: 2, maxLength: 8 }).map(together),
  limit.map(pending),
  fc.tuple(due, limit).map(([now, most]) => dueBy(now, most)),
  fc.constantFrom('', 'a', 'a/', '微', 'x').map(keys),
  places.map(placed),
];
/** Opening again takes longer than all else together, and is one step among thirty. */
const WEIGHED = [...STEPS, ...STEPS, ...STEPS, fc.constant(undefined).map(reopen)];

/**
 * Compares a store with a plain map over so many random histories; throws the shortest one that differs.
 * @returns the number of histories.
 */
export async function compareWithModel(make: () => Promise<Subject>, histories: number): Promise<number> {
  let count = 0;
  const property = fc.asyncProperty(fc.commands(WEIGHED, { maxCommands: 20, size: 'max' }), async (steps) => {
    const subject = await make();
    count += 1;
    try {
      await fc.asyncModelRun(() => ({ model: { docs: new Map(), turn: 0 }, real: subject }), steps);
    } finally {
      await subject.close();
    }
  });
  await fc.assert(property, { numRuns: histories });
  return count;
}
