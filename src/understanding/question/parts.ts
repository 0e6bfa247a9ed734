/** Takes apart a message that asks several things. */
import type { Lexicon } from './lexicon.ts';

const END = /[?？!！。;；\n]+/;
/** Shorter pieces say something about the question beside them. */
const LEAST = 4;
const MOST = 6;

/** The pieces of a normalised message, each of which may be a question; one piece when there is nothing to take apart. */
export function questionParts(lexicon: Lexicon, text: string): string[] {
  let marked = text;
  for (const word of lexicon.another) marked = marked.replaceAll(word, `。${word}`);
  const pieces = marked
    .split(END)
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= LEAST);
  return pieces.slice(0, MOST);
}
