/** What a link into the chat asks for, besides the welcome. */
export type LinkTarget =
  { readonly kind: 'programme'; readonly id: string } | { readonly kind: 'city'; readonly name: string };

/** The platform's limit, and the characters it lets through. */
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;
const PROGRAMME = 'p_';
const CITY = 'c_';
/** Nobody's place name is longer; what a stranger puts into a link is not carried further than this. */
const LONGEST_NAME = 20;

/**
 * The link that opens a chat with the bot, greets, and selects a programme or a city: for posters and web pages.
 * @throws RangeError when the platform could not carry the id or the name.
 */
export function deepLink(username: string, target: LinkTarget): string {
  const payload =
    target.kind === 'programme'
      ? `${PROGRAMME}${target.id}`
      : `${CITY}${Buffer.from(target.name, 'utf8').toString('base64url')}`;
  if (!PAYLOAD.test(payload)) throw new RangeError(`a link cannot carry this ${target.kind}`);
  return `https://t.me/${username}?start=${payload}`;
}

/** What the payload of a link asks for; undefined for one that we did not make. */
export function readPayload(payload: string): LinkTarget | undefined {
  if (!PAYLOAD.test(payload)) return undefined;
  if (payload.startsWith(PROGRAMME)) return { kind: 'programme', id: payload.slice(PROGRAMME.length) };
  if (!payload.startsWith(CITY)) return undefined;
  const name = decoded(payload.slice(CITY.length));
  const fits = name !== undefined && name.length <= LONGEST_NAME && /^[\p{L}\p{N}·]+$/u.test(name);
  return fits ? { kind: 'city', name } : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64url'));
  } catch {
    return undefined;
  }
}
