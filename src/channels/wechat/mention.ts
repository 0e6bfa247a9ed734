/** What the platform's clients put behind a mention. */
const SEPARATOR = '[\\u2005\\u2004\\u00a0 ]';
/** A quoted message stands before the answer to it. */
const QUOTE = /^「[\s\S]*?」\s*\n(?:- ){3,}-?[^\n]*\n/;

/** Who is spoken to in a room. */
export interface Mention {
  /** The account's names, in this room and elsewhere. */
  readonly names: readonly string[];
  /** Whether the puppet itself says that the account is mentioned; undefined when it says nothing about mentions. */
  readonly mentioned: boolean | undefined;
}

/** The text without a message that it quotes. */
export function withoutQuote(text: string): string {
  return text.replace(QUOTE, '').trim();
}

/**
 * The words of a message in a room, if they are for the account: without the mention, empty when there are no others.
 * Undefined for everything that people say to each other.
 */
export function addressedText(text: string, { names, mentioned }: Mention): string | undefined {
  const own = withoutQuote(text);
  const found = names
    .filter((name) => name !== '')
    // The longest first: one name may begin with another.
    .sort((a, b) => b.length - a.length)
    .find((name) => mentionOf(name).test(own));
  if (found !== undefined) return clean(own.replace(mentionOf(found), ' '));
  if (mentioned !== true) return undefined;
  // Mentioned under a name that nobody told us: the first mention is it.
  return clean(own.replace(new RegExp(`@[^\\s@]{1,40}(?:${SEPARATOR}|$)`, 'u'), ' '));
}

function mentionOf(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`@${escaped}(?=${SEPARATOR}|[，,：:\\n]|$)`, 'u');
}

function clean(text: string): string {
  return text
    .replace(/[\u2004\u2005\u00a0]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/^[\s，,：:]+|\s+$/g, '');
}
