/** The words of data/lexicon/words.yaml, made ready to be found in a text in one pass. */
import { normalise } from '../text.ts';

/** What the file says. */
export interface Words {
  readonly typos: Readonly<Record<string, string>>;
  readonly concepts: readonly (readonly string[])[];
  readonly weightless: readonly string[];
  readonly another: readonly string[];
}

/** What a word stands for: a concept of several words, or nothing that would tell questions apart. */
export type Sense = { readonly kind: 'concept'; readonly id: number } | { readonly kind: 'weightless' };

export interface Lexicon {
  readonly typos: WordMap<string>;
  readonly senses: WordMap<Sense>;
  /** All words of a concept. */
  readonly concepts: readonly (readonly string[])[];
  readonly another: readonly string[];
}

/** Words by their text, and the greatest length among them: the longest one at a place is found without a search tree. */
export interface WordMap<T> {
  readonly words: ReadonlyMap<string, T>;
  readonly longest: number;
  /** First characters, because most places begin no word. */
  readonly starts: ReadonlySet<string>;
}

/** The form in which words and messages are compared: normalised, lower case. */
export function plain(text: string): string {
  return normalise(text).toLowerCase();
}

function wordMap<T>(entries: Iterable<readonly [string, T]>): WordMap<T> {
  const words = new Map<string, T>();
  for (const [word, value] of entries) if (!words.has(word)) words.set(word, value);
  const longest = Math.max(0, ...[...words.keys()].map((word) => word.length));
  return { words, longest, starts: new Set([...words.keys()].map((word) => word.charAt(0))) };
}

/** Indexes the words. A word of several concepts belongs to the first. */
export function buildLexicon(words: Words): Lexicon {
  const concepts = words.concepts.map((line) => line.map(plain));
  const senses: (readonly [string, Sense])[] = [
    ...concepts.flatMap((line, id) => line.map((word) => [word, { kind: 'concept', id }] as const)),
    ...words.weightless.map((word) => [plain(word), { kind: 'weightless' }] as const),
  ];
  return {
    typos: wordMap(Object.entries(words.typos).map(([wrong, right]) => [plain(wrong), plain(right)] as const)),
    senses: wordMap(senses),
    concepts,
    another: words.another.map(plain),
  };
}

/** The longest word that begins at a place. */
export function wordAt<T>(map: WordMap<T>, text: string, at: number): { word: string; value: T } | undefined {
  if (!map.starts.has(text.charAt(at))) return undefined;
  for (let length = Math.min(map.longest, text.length - at); length > 0; length -= 1) {
    const word = text.slice(at, at + length);
    const value = map.words.get(word);
    if (value !== undefined) return { word, value };
  }
  return undefined;
}

/** The text in its compared form with known slips of typing mended. */
export function correct(lexicon: Lexicon, text: string): string {
  const before = plain(text);
  let after = '';
  for (let at = 0; at < before.length;) {
    const slip = wordAt(lexicon.typos, before, at);
    after += slip ? slip.value : before.charAt(at);
    at += slip ? slip.word.length : 1;
  }
  return after;
}
