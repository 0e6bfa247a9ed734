/** Bringing what people type into one form, so that every reader sees the same characters. All of it is linear. */
import { SIMPLIFIED } from './traditional.ts';

/** Longest text that is read, in UTF-16 units; what follows is ignored (chat platforms cut at the same length). */
export const MAX_LENGTH = 4096;

// Circled and bracketed digits become "1、": a bare "1" would run into the next one (①③ is not thirteen).
const CIRCLED = /[\u2460-\u249B\u24EA-\u24FF\u2776-\u2793\u3220-\u3229\u3280-\u3289]/g;
const KEYCAP = /\uFE0F?\u20E3/g;
const INVISIBLE = /[\p{Cf}\p{Cs}\u0000-\u0008\u000E-\u001F\u007F-\u009F\uFE00-\uFE0F\u034F\u115F\u1160\u3164]/gu;
const DASHES = /[\u2010-\u2015\u2212\u2043\uFE58\u02D7]+/g;
const TILDES = /[\u223C\u301C\u02DC\u3030\u223E]+/g;
const DOUBLE_QUOTES = /[“”„‟「」『』〝〞]/g;
const SINGLE_QUOTES = /[‘’‚‛′`]/g;
const DOTS = /[・•‧∙⋅]/g;
const ZEROS = /[○◯]/g;

function simplify(text: string): string {
  let out = '';
  for (const char of text) out += SIMPLIFIED.get(char) ?? char;
  return out;
}

/** First code point of each run of ringed numbers that Unicode does not decompose, and the number it stands for. */
const RUNS: readonly (readonly [first: number, last: number, number: number])[] = [
  [0x24ea, 0x24ea, 0],
  [0x24eb, 0x24f4, 11],
  [0x24f5, 0x24fe, 1],
  [0x24ff, 0x24ff, 0],
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
];

function circled(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const run = RUNS.find(([first, last]) => first <= code && code <= last);
  const plain = run ? String(run[2] + code - run[0]) : char.normalize('NFKC').replace(/[().]/g, '');
  return `${plain}、`;
}

/**
 * The text with full-width forms, traditional characters, dashes, quotes and white space unified and invisible
 * characters removed; at most MAX_LENGTH long. Normalising twice changes nothing.
 */
export function normalise(text: string): string {
  if (text === lastGiven || text === lastMade) return lastMade;
  const made = normaliseAfresh(text);
  lastGiven = text;
  lastMade = made;
  return made;
}

// Every reader brings the same message into this form, one after the other: the last one is remembered in both forms.
let lastGiven = '';
let lastMade = '';

function normaliseAfresh(text: string): string {
  const marked = text.slice(0, MAX_LENGTH).replace(KEYCAP, '、').replace(INVISIBLE, '').replace(CIRCLED, circled);
  const unified = simplify(marked.normalize('NFKC'))
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(TILDES, '~')
    .replace(DOUBLE_QUOTES, '"')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOTS, '·')
    .replace(ZEROS, '〇')
    .replace(/[〔【]/g, '[')
    .replace(/[〕】]/g, ']')
    .normalize('NFKC');
  return unified
    .slice(0, MAX_LENGTH)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The form for comparing words: normalised, lower case, no punctuation, symbols or spaces. A point between two
 * digits stays, because 1.5 and 15 are different answers.
 */
export function fold(text: string): string {
  if (text.length > MAX_REMEMBERED) return foldAfresh(text);
  const before = remembered.get(text);
  if (before !== undefined) return before;
  const folded = foldAfresh(text);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(text, folded);
  return folded;
}

// Labels and their words are the same for every message: folding them anew was a fifth of the work of a reply.
const REMEMBERED = 4096;
const MAX_REMEMBERED = 40;
const remembered = new Map<string, string>();

function foldAfresh(text: string): string {
  return normalise(text)
    .toLowerCase()
    .replace(/(?!(?<=\d)\.(?=\d))[\p{P}\p{S}\p{Z}\s]/gu, '');
}

const QUESTION =
  /[?]|吗|怎么|怎样|咋|啥|什么|多少|如何|哪|谁|能不能|是不是|有没有|可不可以|可否|能否|是否|行不行|对不对|要不要|为什么|为何|多久|几时|怎办/;

/** Whether the normalised text asks something: then nothing inside it is an answer. */
export function isQuestion(text: string): boolean {
  return QUESTION.test(text);
}

/** A name without the note in brackets at its end: 身份证明材料（任一项） is also called without it. */
export function withoutNote(name: string): string {
  const at = name.lastIndexOf('（');
  return at > 0 && name.endsWith('）') ? name.slice(0, at) : name;
}
