/** What an amount or a date in a sentence is about. */

/** A word that denies what follows it. */
export const DENIED = /(?:不是|没有|没|不|非|未|无)$/;

/** Whether a word right before an amount adds it to another: 又付了5万. */
export const ADDED = /(?:[又再][付打转给交开花补汇缴]|追加)了?[^,，。;；]{0,4}$/;

/** Below this an amount in a sentence is a slip: 付了一半 is not one yuan. */
export const LEAST_AMOUNT = 10_000;
const BEFORE = 12;
const AFTER = 8;

/** The fact that an amount or a date in a sentence is about: the one whose word stands nearest, none beside a denial. */
export function meantBy(
  text: string,
  [from, to]: readonly [number, number],
  rules: readonly { readonly near: readonly string[]; readonly fact: string }[],
  never: readonly string[],
): string | undefined {
  const before = text.slice(Math.max(0, from - BEFORE), from);
  const after = text.slice(to, to + AFTER);
  if (DENIED.test(before) || /(?:没到|不到|不足|约)$/.test(before)) return undefined;
  if (never.some((word) => before.includes(word) || after.includes(word))) return undefined;
  let best: { fact: string; distance: number } | undefined;
  for (const { near, fact } of rules)
    for (const word of near) {
      const back = before.lastIndexOf(word);
      const ahead = after.indexOf(word);
      const distances = [back < 0 ? -1 : before.length - back - word.length, ahead].filter((one) => one >= 0);
      for (const distance of distances) if (!best || distance < best.distance) best = { fact, distance };
    }
  return best?.fact;
}
