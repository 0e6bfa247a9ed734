import { findPlaces } from '../../understanding/index.ts';
import type { Guide } from '../guide.ts';
import type { Turn } from '../turn.ts';

/** The programmes that a message is about: those it names, else the one of the chat; none when neither says. */
export function programmesMeant(
  turn: Turn,
  text: string,
): { readonly guides: readonly Guide[]; readonly named: boolean } {
  const named = namedGuides(turn, text);
  const own = turn.guide();
  if (named.length > 0) return { guides: named, named: true };
  return { guides: own ? [own] : [], named: false };
}

const AROUND = 4;

/** A place that is the provider's says nothing about the firm. */
function isProviders(turn: Turn, text: string, at: number, length: number): boolean {
  const { cues } = turn.kit.knowledge;
  const after = text.slice(at + length, at + length + AROUND + 2).replace(/^(?:市|省|县|的|那边)+/, '');
  const before = text.slice(Math.max(0, at - AROUND), at);
  return (
    cues.provider_after.some((word) => after.startsWith(word)) ||
    (cues.provider_before.some((word) => before.endsWith(word)) &&
      cues.provider_after.some((word) => text.slice(at).includes(word)))
  );
}

function namedGuides(turn: Turn, text: string): Guide[] {
  const bare = text
    .slice(0, 400)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  const own = turn.guide();
  const counts = (word: string): boolean => {
    const at = bare.indexOf(word);
    return at >= 0 && !(own && isProviders(turn, bare, at, word.length));
  };
  const places = findPlaces(bare, turn.kit.places);
  return turn.guides().filter(({ files }) => {
    const { id, says } = files.programme;
    if (says.some(counts)) return true;
    return places.some((one) => !one.unsure && one.places.every((place) => place.programme === id) && counts(one.name));
  });
}
