/** The platform's limit for one message, in UTF-16 units. */
export const TEXT_LIMIT = 4_096;

const GRAPHEMES = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const SENTENCE_END = /[。！？；!?;]/;
/** A break further back than this would make a part look torn off. */
const LEAST_FILLED = 0.5;
/** NUL and its like are refused or dropped by the platform; tabs and line feeds are not. */
const UNSENDABLE = /(?![\n\t])\p{Cc}/gu;

/** Text as the platform takes it: whole characters only, and no control characters but line feed and tab. */
export function sendable(text: string): string {
  return text.toWellFormed().replace(UNSENDABLE, '');
}

/**
 * The parts of a text, none longer than the limit and none blank: broken at the end of a line, else of a sentence,
 * else between characters as people see them, never inside one. Empty for a text without anything to see.
 */
export function splitText(text: string, limit: number = TEXT_LIMIT): string[] {
  const parts: string[] = [];
  let rest = sendable(text);
  while (rest.length > limit) {
    const end = breakBefore(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  parts.push(rest);
  return parts.map((part) => part.replace(/^\n+|\s+$/g, '')).filter((part) => part.trim() !== '');
}

/** Where to break: at most `limit`, at least 1. */
function breakBefore(text: string, limit: number): number {
  const least = Math.max(1, Math.floor(limit * LEAST_FILLED));
  const line = text.lastIndexOf('\n', limit);
  if (line >= least) return line;
  for (let index = limit - 1; index >= least; index -= 1) {
    if (SENTENCE_END.test(text[index] ?? '')) return index + 1;
  }
  // Cut before the limit, so that a boundary at the limit itself is found without reading the whole text.
  const window = text.slice(0, limit + 64);
  const start = GRAPHEMES.segment(window).containing(limit)?.index ?? limit;
  if (start > 0) return start;
  // One sequence of joined characters that is longer than a message: at least no half of a surrogate pair.
  return /[\uDC00-\uDFFF]/.test(text[limit] ?? '') ? limit - 1 : limit;
}
