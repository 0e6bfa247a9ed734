import type { Store } from '../../app/ports.ts';
import { entriesOf, sortedKeys, Summing } from './raw.ts';
import type { Raw, Sum } from './raw.ts';

/** What a look at every document brought to light. */
export interface Verified {
  readonly sum: Sum;
  /** Keys of documents that the assistant cannot read. */
  readonly unreadable: readonly string[];
  /** Documents that the store would not find by what is in them, or would find in vain. */
  readonly marksWrong: number;
}

/** Reads everything in a store and compares its marks with the documents. */
export async function verify(store: Store<Raw>): Promise<Verified> {
  const sum = new Summing();
  const unreadable: string[] = [];
  const pending = new Set(await store.pending(Infinity));
  const due = new Set(await store.due(Infinity, Infinity));
  let marksWrong = 0;
  for await (const { key, text, marks, fault } of entriesOf(store, await sortedKeys(store))) {
    sum.add(key, text);
    if (fault !== undefined) unreadable.push(key);
    else if (pending.has(key) !== marks.pending || due.has(key) !== (marks.due !== undefined)) marksWrong += 1;
  }
  return { sum: sum.end(), unreadable, marksWrong };
}
