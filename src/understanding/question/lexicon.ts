/** The words of data/lexicon/words.yaml, made ready to be found in a text in one pass. */
import { normalise } from '../text.ts';

/** What the file says. */
export interface Words {
  readonly typos: Readonly<Record<string, string>>;
  /** Characters that sound alike, a string for each sound. */
  readonly sounds?: readonly string[] | undefined;
  /** Words that are recognised by their sound beside those of the concepts. */
  readonly sounded?: readonly string[] | undefined;
  readonly concepts: readonly (readonly string[])[];
  readonly weightless: readonly string[];
  readonly another: readonly string[];
}

/** What a word stands for: a concept of several words, or nothing that would tell questions apart. */
export type Sense = { readonly kind: 'concept'; readonly id: number } | { readonly kind: 'weightless' };

export interface Lexicon {
  readonly typos: WordMap<string>;
  /** Words by how they sound, and the character that stands for each sound. */
  readonly sounding: WordMap<string>;
  readonly sounds: ReadonlyMap<string, string>;
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
  const sounds = new Map(
    (words.sounds ?? []).flatMap((line) => Array.from(line, (char) => [char, line.charAt(0)] as const)),
  );
  return {
    sounds,
    sounding: soundingWords([...concepts.flat(), ...(words.sounded ?? []).map(plain)], sounds),
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

function soundOf(text: string, sounds: ReadonlyMap<string, string>): string {
  let out = '';
  for (const char of text) out += sounds.get(char) ?? char;
  return out;
}

/** Words by their sound; what sounds like two of them tells neither. */
function soundingWords(words: readonly string[], sounds: ReadonlyMap<string, string>): WordMap<string> {
  const bySound = new Map<string, string | undefined>();
  for (const word of words) {
    if (word.length < 2) continue;
    const sound = soundOf(word, sounds);
    bySound.set(sound, bySound.has(sound) && bySound.get(sound) !== word ? undefined : word);
  }
  return wordMap([...bySound].flatMap(([sound, word]) => (word === undefined ? [] : [[sound, word] as const])));
}

/** Of a word typed by its sound (转仁工) one character may be another, of a long one two. */
const MOST_WRONG = { of: 3, short: 1, long: 2 };

function heard({ sounding }: Lexicon, text: string, sound: string, at: number): string | undefined {
  const found = wordAt(sounding, sound, at);
  if (!found) return undefined;
  let wrong = 0;
  for (let each = 0; each < found.value.length; each += 1)
    if (found.value.charAt(each) !== text.charAt(at + each)) wrong += 1;
  const most = found.value.length <= MOST_WRONG.of ? MOST_WRONG.short : MOST_WRONG.long;
  return wrong > 0 && wrong <= most ? found.value : undefined;
}

/** The text in its compared form with known slips of typing mended, and words that only sound right. */
export function correct(lexicon: Lexicon, text: string): string {
  const before = plain(text);
  const sound = soundOf(before, lexicon.sounds);
  let after = '';
  for (let at = 0; at < before.length;) {
    const slip = wordAt(lexicon.typos, before, at);
    if (slip) {
      after += slip.value;
      at += slip.word.length;
      continue;
    }
    // A word that is right as it stands is what was meant.
    const known = wordAt(lexicon.senses, before, at);
    const word = known && known.word.length > 1 ? known.word : heard(lexicon, before, sound, at);
    after += word ?? before.charAt(at);
    at += word?.length ?? 1;
  }
  return after;
}
