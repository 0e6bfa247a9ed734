import { same, sumOf, Summing } from './raw.ts';
import type { Entry, Sum } from './raw.ts';
import type { Target } from './target.ts';

/** How a move went. */
export interface Moved {
  /** Both sides are equal, and the target is open for use. */
  readonly finished: boolean;
  readonly from: Sum;
  readonly to: Sum;
}

const AT_ONCE = 500;
/** A few large documents weigh as much as many small ones. */
const CHARACTERS_AT_ONCE = 4_000_000;

/** One pass over the source: copies what sorts behind `after`, adds up everything. */
async function pass(
  source: () => AsyncIterable<Entry>,
  target: Target,
  after: string | undefined,
  progress: (count: number) => void,
): Promise<Sum> {
  const sum = new Summing();
  let batch: Entry[] = [];
  let characters = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    await target.put(batch);
    progress(count);
    batch = [];
    characters = 0;
  };
  for await (const entry of source()) {
    sum.add(entry.key, entry.text);
    count += 1;
    if (after !== undefined && entry.key <= after) continue;
    batch.push(entry);
    characters += entry.text.length;
    if (batch.length >= AT_ONCE || characters >= CHARACTERS_AT_ONCE) await flush();
  }
  await flush();
  return sum.end();
}

async function removeOthers(source: () => AsyncIterable<Entry>, { store }: Target): Promise<void> {
  const wanted = new Set<string>();
  for await (const { key } of source()) wanted.add(key);
  for await (const key of store.keys())
    if (!wanted.has(key)) await store.update(key, () => ({ doc: null, result: undefined }));
}

/**
 * Copies documents in the order of their keys and compares both sides. A move that was broken off goes on where it was;
 * if the source has changed since, everything is copied once more. The target is opened for use only when all is equal.
 */
export async function move(
  source: () => AsyncIterable<Entry>,
  target: Target,
  progress: (count: number) => void,
): Promise<Moved> {
  const { resumeAfter } = target;
  // The empty key sorts before all others, and stands for no key at all.
  let from = await pass(source, target, resumeAfter === '' ? undefined : resumeAfter, progress);
  let to = await sumOf(target.store);
  if (!same(from, to) && resumeAfter !== undefined) {
    from = await pass(source, target, undefined, progress);
    await removeOthers(source, target);
    to = await sumOf(target.store);
  }
  const finished = same(from, to);
  if (finished) await target.finish();
  return { finished, from, to };
}
