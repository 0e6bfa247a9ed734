import type { ChatDoc } from './chatdoc.ts';

/** Values of a fact that are words of the programme's own are written so; the names of places never are. */
const IDENTIFIER = /^[\x20-\x7e]*$/;
/** No name of a place is longer, and an index takes no long texts. */
const LONGEST = 40;

/**
 * The names by which an office may find a chat, for the store's index: the places of its enterprises, in whatever fact a
 * programme keeps them. More than are really meant do no harm: whoever looks reads the document. Empty for a chat that
 * has not agreed to be seen.
 */
export function placesOf({ state, group }: ChatDoc): readonly string[] {
  if (group || state.consents?.share?.given !== true) return [];
  const places = new Set<string>();
  for (const { name, city, dossiers } of state.enterprises) {
    if (name === undefined) continue;
    if (city !== undefined && city.length <= LONGEST) places.add(city);
    for (const { facts } of Object.values(dossiers))
      for (const value of Object.values(facts.top))
        if (typeof value === 'string' && value.length <= LONGEST && !IDENTIFIER.test(value)) places.add(value);
  }
  return [...places];
}
