/** Words that call for a computed answer, and what stands nearest to a number or a date. */
import type { Span } from '../reading.ts';

/** The first of these words that occurs. */
export function cueIn(text: string, words: readonly string[]): string | undefined {
  return words.find((word) => text.includes(word));
}

const BEFORE = 10;
const AFTER = 6;

/** How far a word of the list stands from a span: 0 is beside it; undefined when none is near. Before counts first. */
export function distanceTo(text: string, [from, to]: Span, words: readonly string[]): number | undefined {
  const before = text.slice(Math.max(0, from - BEFORE), from);
  const after = text.slice(to, to + AFTER);
  let best: number | undefined;
  for (const word of words) {
    const back = before.lastIndexOf(word);
    const ahead = after.indexOf(word);
    const distances = [back < 0 ? -1 : before.length - back - word.length, ahead < 0 ? -1 : ahead + 0.5];
    for (const one of distances) if (one >= 0 && (best === undefined || one < best)) best = one;
  }
  return best;
}

/** The name of the list whose word stands nearest to a span. */
export function nearest<K extends string>(
  text: string,
  span: Span,
  lists: Readonly<Record<K, readonly string[]>>,
): K | undefined {
  let best: { name: K; distance: number } | undefined;
  for (const [name, words] of Object.entries(lists) as [K, readonly string[]][]) {
    const distance = distanceTo(text, span, words);
    if (distance !== undefined && (!best || distance < best.distance)) best = { name, distance };
  }
  return best?.name;
}
