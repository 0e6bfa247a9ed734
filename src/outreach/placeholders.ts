import { civilDateOf, daysBetween } from '../policy/dates.ts';
import { datesAhead } from '../policy/procedure.ts';
import type { Member } from './audience.ts';

/** What stands in brackets in a text to many, and becomes something else for everyone. */

type Piece = { readonly kind: 'words'; readonly text: string } | { readonly kind: 'place'; readonly name: string };

const PLACE = /【([^【】\n]{0,30})】|\{([^{}\n]{0,30})\}/g;

/** Splits a text at its placeholders, known or not. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(PLACE)) {
    if (found.index > from) pieces.push({ kind: 'words', text: text.slice(from, found.index) });
    pieces.push({ kind: 'place', name: (found[1] ?? found[2] ?? '').trim() });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'words', text: text.slice(from) });
  return pieces;
}

/** The value of a placeholder for an enterprise; undefined when it has none. */
const FILLERS: Readonly<Record<string, (member: Member) => string | undefined>> = {
  企业名称: ({ enterprise }) => enterprise.name,
  缺少材料: ({ missing }) => (missing.length === 0 ? undefined : missing.join('、')),
  剩余天数: daysLeft,
  联系电话: phoneOf,
};

export const PLACEHOLDERS: readonly string[] = Object.keys(FILLERS);

/** The names of placeholders that there are none of. */
export function unknownPlaces(text: string): readonly string[] {
  const names = piecesOf(text).flatMap((piece) => (piece.kind === 'place' ? piece.name : []));
  return [...new Set(names)].filter((name) => !PLACEHOLDERS.includes(name));
}

export type Filled =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'lacks'; readonly places: readonly string[] };

/** The text for one enterprise, or the placeholders that cannot be filled for it. Unknown ones count among these. */
export function fill(text: string, member: Member): Filled {
  const places = new Set<string>();
  const parts = piecesOf(text).map((piece) => {
    if (piece.kind === 'words') return piece.text;
    const value = FILLERS[piece.name]?.(member);
    if (value === undefined) places.add(piece.name);
    return value ?? '';
  });
  return places.size > 0 ? { kind: 'lacks', places: [...places] } : { kind: 'text', text: parts.join('') };
}

/** Days until the papers have to be handed in. */
function daysLeft({ programme, dossier, now }: Member): string | undefined {
  const ahead = datesAhead('applicant', programme, dossier, now);
  const date = ahead.find(({ remind }) => remind.papers) ?? ahead[0];
  return date && String(daysBetween(civilDateOf(now), civilDateOf(date.at)));
}

/** The number of the office that serves the city. */
function phoneOf({ programme, city }: Member): string | undefined {
  if (city === undefined) return undefined;
  const office = programme.files.contacts.entries.find(
    (entry) => entry.serves.includes(city) && entry.phones.length > 0,
  );
  return office?.phones[0]?.dial;
}
