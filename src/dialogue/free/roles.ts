import type { Span } from '../../understanding/index.ts';

/** What an amount in a sentence is: the word nearest to it tells, and no word tells it across another amount. */

/** What an amount in a question may be. */
export const ROLES = [
  'spent',
  'received',
  'refunded',
  'deducted',
  'recognised',
  'unpaid',
  'voucher',
  'wanted',
  'invoiced',
  'agreed',
  'other',
] as const;
export type AmountRole = (typeof ROLES)[number];

const BEFORE = 14;
const AFTER = 9;
/** A word on the other side of a comma or a space belongs to it less. */
const ACROSS = 4;
const AFTERWARDS = 0.5;
/** 8万的券: what touches the amount says the most. */
const TOUCHING = -0.1;
const BREAK = /[\s,，。;；、?!]/g;
const BREAKS = /[\s,，。;；、?!]/;

/** The name of the list whose word stands nearest to the amount, between its neighbours; the longer word wins. */
export function roleOf<K extends string>(
  text: string,
  [from, to]: Span,
  [lowest, highest]: Span,
  lists: Readonly<Record<K, readonly string[]>>,
): K | undefined {
  const before = text.slice(Math.max(lowest, from - BEFORE), from);
  const whole = text.slice(to, Math.min(highest, to + AFTER));
  // Between two amounts, what follows a pause is said of the second one.
  const followed = highest < text.length;
  const pause = followed ? whole.search(BREAKS) : -1;
  const after = pause < 0 ? whole : whole.slice(0, pause);
  let best: { name: K; distance: number; length: number } | undefined;
  for (const [name, words] of Object.entries(lists) as [K, readonly string[]][])
    for (const word of words) {
      const back = before.lastIndexOf(word);
      const ahead = after.indexOf(word);
      const distances: number[] = [];
      if (back >= 0) distances.push(across(before.slice(back + word.length)));
      // Without a pause, what touches the next amount is said of that one (5万退了2万).
      if (ahead >= 0 && !(followed && pause < 0 && after.length - ahead - word.length < 2))
        distances.push(ahead === 0 ? TOUCHING : across(after.slice(0, ahead)) + AFTERWARDS);
      for (const distance of distances)
        if (!best || distance < best.distance || (distance === best.distance && word.length > best.length))
          best = { name, distance, length: word.length };
    }
  return best?.name;
}

function across(between: string): number {
  return between.length + (between.match(BREAK)?.length ?? 0) * ACROSS;
}

/** What stands behind the last pause of a text. */
export function pieceBefore(text: string): string {
  let from = text.length;
  while (from > 0 && !BREAKS.test(text.charAt(from - 1))) from -= 1;
  return text.slice(from);
}

/** What stands before the first pause of a text. */
export function pieceAfter(text: string): string {
  return text.split(BREAKS, 1)[0] ?? '';
}
