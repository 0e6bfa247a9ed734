import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { ReplyChoice } from '../../dialogue/reply.ts';
import { sendable, splitText } from './split.ts';

/** The platform's limit for what a button carries, in bytes. */
export const DATA_LIMIT_BYTES = 64;
/** Two labels of this width fit side by side on a narrow telephone. */
const SHORT_COLUMNS = 12;
/** Labels of one or two characters: numbers, yes and no. */
const TINY_COLUMNS = 4;
const TINY_PER_ROW = 4;
/** Longer labels are cut off by the clients in the middle of a word; the text of the question has them whole. */
const LONGEST_LABEL = 60;

/** A keyboard without buttons, which takes away the one that is there. */
export const NO_KEYBOARD: InlineKeyboardMarkup = { inline_keyboard: [] };

/** The choices as buttons: short labels side by side, long ones below each other. Undefined without choices. */
export function keyboardOf(choices: readonly ReplyChoice[] = []): InlineKeyboardMarkup | undefined {
  const buttons = choices.flatMap(buttonOf);
  if (buttons.length === 0) return undefined;
  const widest = Math.max(...buttons.map(({ text }) => columns(text)));
  const perRow = widest <= TINY_COLUMNS ? TINY_PER_ROW : widest <= SHORT_COLUMNS ? 2 : 1;
  const rows: InlineKeyboardButton[][] = [];
  for (let start = 0; start < buttons.length; start += perRow) rows.push(buttons.slice(start, start + perRow));
  return { inline_keyboard: rows };
}

/** What a platform would refuse is left out: the words of a choice can still be typed. */
function buttonOf({ id, label }: ReplyChoice): InlineKeyboardButton.CallbackButton[] {
  const text = cut(sendable(label).replace(/\s+/g, ' ').trim());
  const bytes = Buffer.byteLength(id, 'utf8');
  return text === '' || bytes === 0 || bytes > DATA_LIMIT_BYTES ? [] : [{ text, callback_data: id }];
}

/** About as wide as it is drawn: everything beyond Latin counts two. */
function columns(text: string): number {
  let sum = 0;
  for (const char of text) sum += char > '\u02ff' ? 2 : 1;
  return sum;
}

/** The beginning of a label, without half a character at its end. */
function cut(label: string): string {
  return label.length <= LONGEST_LABEL ? label : (splitText(label, LONGEST_LABEL)[0] ?? '');
}
