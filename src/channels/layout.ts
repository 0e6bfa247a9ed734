import type { Reply } from '../dialogue/reply.ts';

/** Characters that take two columns: the East Asian wide blocks and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
/** Characters that Chinese fonts draw two columns wide, though the standard leaves it open. */
const WIDE_HERE = /[“”‘’…—①-⑳]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\u200B-\u200D\u2060\uFE00-\uFE0F]/u;
/** A line may not begin with these, nor end with those. */
const CLOSING = /^[，。、；：！？）》」』】〕”’…,.;:!?)\]}%％]$/u;
const OPENING = /^[（《「『【〔“‘([{]$/u;
/** Escape sequences and invisible reordering: somebody's words must not drive the terminal. */
const CONTROLS = /(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** The columns a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) || WIDE_HERE.test(char) ? 2 : NO_WIDTH.test(char) ? 0 : 1;
  return width;
}

/** Text without anything but characters to be shown and line feeds; a tab becomes a blank. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' ').replace(CONTROLS, '');
}

/** What stays together: a word in Latin letters or a number, a single Chinese character, its punctuation attached. */
function pieces(line: string): string[] {
  const found: string[] = [];
  for (const token of line.match(/[!-~]+| +|[^ -~]/gu) ?? []) {
    const before = found.at(-1);
    const joins = before !== undefined && (CLOSING.test(token) || OPENING.test(before.slice(-1)));
    if (joins) found[found.length - 1] = before + token;
    else found.push(token);
  }
  return found;
}

/** Breaks a text into lines of at most `width` columns; continued lines are indented by `hang` columns. */
export function wrapText(text: string, width: number, hang = 0): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 4), hang));
}

function wrapLine(line: string, width: number, hang: number): string[] {
  const lines: string[] = [];
  let current = '';
  let used = 0;
  const breakLine = (): void => {
    lines.push(current.trimEnd());
    current = ' '.repeat(hang);
    used = hang;
  };
  for (const piece of pieces(line)) {
    const size = displayWidth(piece);
    if (used + size > width && used > hang) breakLine();
    if (lines.length > 0 && used === hang && piece.trim() === '') continue;
    if (used + size <= width) {
      current += piece;
      used += size;
      continue;
    }
    // Longer than a line by itself: an address, a row of dashes.
    for (const char of piece) {
      const columns = displayWidth(char);
      if (used + columns > width && used > hang) breakLine();
      current += char;
      used += columns;
    }
  }
  lines.push(current.trimEnd());
  return lines;
}

/** A reply as it stands in a terminal: the text, the choices by number, the file's place. No line feed at the end. */
export function renderReply(reply: Reply, width: number): string {
  const lines = wrapText(printable(reply.text), width);
  for (const [index, { label }] of (reply.choices ?? []).entries()) {
    const number = `${String(index + 1).padStart(2)} `;
    lines.push(...wrapText(`${number}${printable(label)}`, width, number.length));
  }
  if (reply.file) lines.push(...wrapText(printable(`[${reply.file.name}] ${reply.file.path}`), width));
  return lines.join('\n');
}
