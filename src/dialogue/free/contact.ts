import type { Contact } from '../../policy/index.ts';
import type { FoundPlace, PlaceEntry } from '../../understanding/index.ts';
import type { Guide } from '../guide.ts';
import { ORGANISATION } from '../freetext.ts';
import { openInterview } from '../script.ts';
import { has, officesOf, type Asked } from './asked.ts';
import type { Candidate, Said } from './said.ts';

/** Whom to call: by place, by name or number, by what the trouble is about. Nothing but the directory is said. */

const SURE = 1;
const CALLED_FOR = 0.9;
const BY_GROUP = 0.8;
const BY_CUE = 0.66;
/** More than this beside place and call: the message asks about something else as well, and an answer to that is better. */
const LITTLE = 7;
const SHORT = 14;
const ELSE = 0.4;
/** A place, and a few words that nothing else makes sense of. */
const PLACE_ONLY = 0.3;

/** The directory's answer, when the message asks for it. */
export function contactCandidate(asked: Asked): Candidate | undefined {
  const looked = lookedUp(asked);
  if (looked) return { said: contact([looked], asked.guide), guide: asked.guide, strength: CALLED_FOR };
  const calls = has(asked, asked.cues.contact);
  const group = calls ? groupOf(asked) : undefined;
  const certain = has(asked, asked.cues.telephone) || restOf(asked, asked.places).length <= LITTLE;
  // 周六有人接电话没 asks for hours, not for a number.
  if (calls && has(asked, asked.cues.opening) && !has(asked, asked.cues.quantity)) return undefined;
  const byGroup = certain ? BY_GROUP : ELSE;
  if (group !== undefined && group.special)
    return { said: groupSaid(asked, group.id), guide: asked.guide, strength: byGroup };
  const place = placeCandidate(asked, calls, certain);
  if (place) return place;
  if (group !== undefined) return { said: groupSaid(asked, group.id), guide: asked.guide, strength: byGroup };
  if (!calls || asked.message.bare.length > SHORT) return undefined;
  const { group: home } = asked.guide.files.contacts.hand_in;
  return { said: groupSaid(asked, home), guide: asked.guide, strength: certain ? BY_CUE : ELSE };
}

function contact(entries: readonly Contact[], guide: Guide): Extract<Said, { kind: 'contact' }> {
  return { kind: 'contact', entries, noPhone: guide.files.contacts.no_phone };
}

/** A person or a number of the directory in the message. */
function lookedUp(asked: Asked): Contact | undefined {
  const { bare, text } = asked.message;
  const { entries } = asked.guide.files.contacts;
  const person = entries.find((entry) => entry.person !== undefined && bare.includes(entry.person));
  if (person) return person;
  const surname = SURNAME.exec(bare)?.[1];
  const called = entries.filter((entry) => surname !== undefined && entry.person?.startsWith(surname) === true);
  const [first] = called;
  if (first && called.length === 1) return first;
  const numbers = (text.match(/\d[\d-]{5,14}\d/g) ?? []).map((one) => one.replace(/-/g, ''));
  return entries.find((entry) =>
    entry.phones.some(({ dial }) => {
      const digits = dial.replace(/-/g, '');
      return numbers.some((one) => one.length >= 7 && digits.endsWith(one));
    }),
  );
}

/** 姓陈的那位. */
const SURNAME = /姓([\u4e00-\u9fff])(?:的|那|老师|同志)/;

/** The longest word that stands for a group of the directory, and the group. */
export function groupWord(guide: Guide, bare: string): { readonly word: string; readonly group: string } | undefined {
  let best: { word: string; group: string } | undefined;
  for (const { group, says } of guide.files.free.contacts)
    for (const word of says) if (bare.includes(word) && word.length > (best?.word.length ?? 0)) best = { word, group };
  return best;
}

function groupOf(asked: Asked): { id: string; special: boolean } | undefined {
  const rule = groupWord(asked.guide, asked.message.bare);
  const home = asked.guide.files.contacts.hand_in.group;
  return rule && { id: rule.group, special: rule.group !== home };
}

function groupSaid(asked: Asked, group: string): Said {
  const offices = officesOf(asked, group);
  if (offices.cityMissing) return { kind: 'ask_city' };
  return contact(offices.entries, asked.guide);
}

/** What is left without places, words of calling somebody, and words that may stand around them. */
function restOf(asked: Asked, found: readonly FoundPlace[]): string {
  let rest = asked.message.bare;
  for (const one of found) rest = rest.replace(one.name, '');
  const words = [...asked.cues.around, ...asked.cues.contact].sort((a, b) => b.length - a.length);
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest;
}

const COUNTY = 'county';

/** Narrows generic names (城区) by the city named beside them. */
function citiesOf(found: readonly FoundPlace[]): PlaceEntry[] {
  const inside = (one: FoundPlace): PlaceEntry[] => one.places.filter((place) => place.city !== undefined);
  const certain = new Set(
    found
      .filter((one) => !one.unsure)
      .flatMap(inside)
      .map((place) => place.city),
  );
  const out: PlaceEntry[] = [];
  // 侯马归临汾还是运城管: which of the cities a county belongs to is what is asked.
  const counties = found.filter((one) => !one.unsure && inside(one).some(({ kind }) => kind === COUNTY));
  const home = counties.length === 1 ? counties.flatMap(inside).map(({ city }) => city) : [];
  const asksWhich = home.length === 1 && certain.size > 1;
  for (const one of found) {
    const own = inside(one).filter(({ city }) => !asksWhich || home.includes(city));
    const narrowed = own.filter((place) => certain.has(place.city));
    for (const place of narrowed.length > 0 ? narrowed : own)
      if (!out.some((known) => known.city === place.city)) out.push(place);
  }
  return out;
}

function placeCandidate(asked: Asked, calls: boolean, certain: boolean): Candidate | undefined {
  const clean = asked.message.bare.replace(ORGANISATION, '');
  const found = asked.places.filter((one) => clean.includes(one.name));
  if (found.length === 0) return undefined;
  const rest = restOf(asked, found);
  const bare = rest === '';
  if (!bare && !calls && (rest.length > LITTLE || openInterview(asked.turn.dossier()))) return undefined;
  const strength = bare ? SURE : !calls ? PLACE_ONLY : certain ? CALLED_FOR : ELSE;
  const named = citiesOf(found);
  const [first] = named;
  const guides = asked.turn.kit.guides;
  if (!first) return { said: { kind: 'outside', name: found[0]?.places[0]?.name ?? '' }, guide: asked.guide, strength };
  const guide = guides.get(first.programme ?? '') ?? asked.guide;
  const own = named.filter((place) => place.programme === first.programme);
  const severalNames = found.filter((one) => one.places.some((place) => place.city !== undefined)).length > 1;
  if (own.length > 1 && !severalNames)
    return {
      said: { kind: 'which_city', name: found[0]?.name ?? '', cities: own.map(({ city }) => city ?? '') },
      guide,
      strength,
    };
  const entries = own
    .slice(0, 3)
    .flatMap((place) => guide.files.contacts.entries.filter((entry) => entry.serves.includes(place.city ?? '')));
  const said = contact(entries, guide);
  return { said: bare && own.length === 1 && !calls ? { ...said, bareCity: first.city ?? '' } : said, guide, strength };
}
