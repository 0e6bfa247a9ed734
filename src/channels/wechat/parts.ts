import type { Reply } from '../../dialogue/reply.ts';
import { splitText } from '../telegram/split.ts';
import type { WechatWords } from './words.ts';

/** One message of a reply. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly name: string };

/**
 * The longest message, in UTF-16 units: about a screen and a half of a telephone, and within 2,048 bytes whatever is
 * written, the limit of official accounts.
 */
export const PART_LIMIT = 600;

/** The messages that a reply becomes: plain text, choices as numbered lines, a file at the end. */
export function partsOf({ text, choices = [], file }: Reply, words: Pick<WechatWords, 'choice'>): Part[] {
  const lines = choices.map(({ label }, index) => words.choice(index + 1, label.replace(/\s+/g, ' ').trim()));
  const whole = [text.trimEnd(), ...lines].filter((line) => line !== '').join('\n');
  const parts = splitText(whole, PART_LIMIT).map((one): Part => ({ kind: 'text', text: one }));
  return file ? [...parts, { kind: 'file', path: file.path, name: file.name }] : parts;
}
