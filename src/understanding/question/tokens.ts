/** What a question is made of, for comparing it with others: concepts, pairs of characters, single characters, codes. */
import { correct, wordAt, type Lexicon } from './lexicon.ts';

/** A message in the form in which it is compared. */
export interface Message {
  /** Corrected, lower case, with its punctuation. */
  readonly text: string;
  /** The same without white space and punctuation: words are looked for here. */
  readonly bare: string;
  /** Token → how much its kind counts. */
  readonly tokens: ReadonlyMap<string, number>;
  /** Concepts that occur. */
  readonly concepts: ReadonlySet<number>;
}

const CONCEPT = 0.9;
const PAIR = 0.5;
const SINGLE = 0.3;
const CODE = 0.9;
/** Longer questions are compared by their beginning: nobody needs more to ask. */
export const MOST_COMPARED = 400;

const HAN = /[\u4e00-\u9fff]/;
const CODE_CHAR = /[a-z0-9.]/;

function keep(tokens: Map<string, number>, token: string, weight: number): void {
  const known = tokens.get(token) ?? 0;
  if (weight > known) tokens.set(token, weight);
}

/** Pairs and single characters of a run of Chinese characters. */
function takeRun(tokens: Map<string, number>, run: string): void {
  for (let at = 0; at < run.length; at += 1) {
    keep(tokens, run.charAt(at), SINGLE);
    if (at > 0) keep(tokens, run.slice(at - 1, at + 1), PAIR);
  }
}

/** Makes a message comparable. Time grows with its length alone. */
export function readMessage(lexicon: Lexicon, raw: string): Message {
  const text = correct(lexicon, raw.slice(0, MOST_COMPARED));
  const tokens = new Map<string, number>();
  const concepts = new Set<number>();
  let run = '';
  let at = 0;
  const endRun = (): void => {
    takeRun(tokens, run);
    run = '';
  };
  while (at < text.length) {
    const found = wordAt(lexicon.senses, text, at);
    if (found) {
      if (found.value.kind === 'weightless') endRun();
      else {
        // A single character is too little to stand for another word (补 for 奖补).
        if (found.word.length > 1) concepts.add(found.value.id);
        keep(tokens, `#${String(found.value.id)}`, CONCEPT);
        // The word itself as well: it tells 检测 from 检验 where that matters.
        if (found.word.length > 1 || HAN.test(found.word)) run += found.word;
      }
      at += found.word.length;
      continue;
    }
    const char = text.charAt(at);
    if (HAN.test(char)) {
      run += char;
      at += 1;
      continue;
    }
    endRun();
    let end = at;
    while (end < text.length && CODE_CHAR.test(text.charAt(end))) end += 1;
    if (end > at) keep(tokens, text.slice(at, end), CODE);
    at = Math.max(end, at + 1);
  }
  endRun();
  return { text, bare: text.replace(/[^\p{L}\p{N}]/gu, ''), tokens, concepts };
}
