import { fold } from './text.ts';

/** A place as data/places has it. */
export interface PlaceEntry {
  readonly name: string;
  readonly kind: string;
  /** The city that is responsible for it; absent for places outside every programme. */
  readonly city?: string | undefined;
  readonly programme?: string | undefined;
  readonly province?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  /** Names that also mean something else: they count only when a place is asked for. */
  readonly unsure?: readonly string[] | undefined;
  readonly generic?: boolean | undefined;
}

export interface FoundPlace {
  readonly name: string;
  readonly places: readonly PlaceEntry[];
  /** The name could be part of another word. */
  readonly unsure: boolean;
}

export interface PlaceIndex {
  readonly names: ReadonlyMap<string, { places: PlaceEntry[]; unsure: boolean }>;
  readonly longest: number;
}

/** Indexes places by every name; a county is also found without 县, 区 or 市 when two characters remain. */
export function indexPlaces(entries: readonly PlaceEntry[]): PlaceIndex {
  const names = new Map<string, { places: PlaceEntry[]; unsure: boolean }>();
  const add = (name: string, place: PlaceEntry, unsure: boolean): void => {
    const key = fold(name);
    if (key.length < 2) return;
    const found = names.get(key);
    if (!found) names.set(key, { places: [place], unsure });
    else if (!found.places.includes(place)) {
      found.places.push(place);
      found.unsure &&= unsure;
    }
  };
  for (const place of entries) {
    const unsure = new Set(place.unsure ?? []);
    for (const name of [place.name, ...(place.aliases ?? [])])
      add(name, place, unsure.has(name) || place.generic === true);
    for (const name of unsure) add(name, place, true);
  }
  return { names, longest: Math.max(0, ...[...names.keys()].map((name) => name.length)) };
}

/** The places named in a text, longest name first at each position. Time grows with the text alone. */
export function findPlaces(text: string, index: PlaceIndex): FoundPlace[] {
  const folded = fold(text);
  const found: FoundPlace[] = [];
  for (let at = 0; at < folded.length; at += 1) {
    for (let length = Math.min(index.longest, folded.length - at); length >= 2; length -= 1) {
      const name = folded.slice(at, at + length);
      const hit = index.names.get(name);
      if (!hit) continue;
      found.push({ name, places: hit.places, unsure: hit.unsure && name !== folded });
      at += length - 1;
      break;
    }
  }
  return found;
}
