import type { Reply } from '../../dialogue/reply.ts';
import { splitText } from '../telegram/split.ts';
import type { PartWords } from './words.ts';

/** One message of a reply. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly name: string };

/**
 * The longest message, in UTF-16 units: about a screen and a half of a telephone, and within 2,048 bytes whatever is
 * written, the limit of official accounts.
 */
export const PART_LIMIT = 600;

/** Questions whose answer may be a number itself. */
const TYPED: readonly string[] = ['money', 'count', 'date', 'text'];

/** The messages that a reply becomes: plain text, choices as numbered lines, a file at the end. */
export function partsOf({ text, choices = [], ask, file }: Reply, words: PartWords): Part[] {
  const labels = choices.map(({ label }) => label.replace(/\s+/g, ' ').trim());
  const whole = [text.trimEnd(), ...choiceLines(labels, ask?.kind ?? '', words)]
    .filter((line) => line !== '')
    .join('\n');
  const parts = splitText(whole, PART_LIMIT).map((one): Part => ({ kind: 'text', text: one }));
  return file ? [...parts, { kind: 'file', path: file.path, name: file.name }] : parts;
}

function choiceLines(labels: readonly string[], kind: string, words: PartWords): string[] {
  if (labels.length > 0 && TYPED.includes(kind)) return [words.orSay(labels)];
  const lines = labels.map((label, index) => words.choice(index + 1, label));
  return kind === 'multi' && lines.length > 1 ? [...lines, words.several] : lines;
}
