import { setImmediate } from 'node:timers/promises';

/** Lets everything else that waits have its turn, in work over many documents: a reply must not wait for its end. */
export async function giveWay(): Promise<void> {
  await setImmediate();
}

/** The items in parts of so many, with room for everything else after each. */
export async function* inParts<Item>(items: readonly Item[], size: number): AsyncGenerator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) {
    yield items.slice(from, from + size);
    await giveWay();
  }
}
