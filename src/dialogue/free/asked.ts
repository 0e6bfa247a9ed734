import { civilDateOf, type CivilDate, type Contact } from '../../policy/index.ts';
import { daysWritten } from './dayswritten.ts';
import { findPlaces, type FoundPlace } from '../../understanding/index.ts';
import { cueIn, readMessage, type Message } from '../../understanding/question/index.ts';
import type { Guide } from '../guide.ts';
import type { Turn } from '../turn.ts';
import type { Cues, Knowledge } from './knowledge.ts';
import type { Offices } from './said.ts';

/** A question (or a part of a message that asks several) as the answerers see it, under one programme. */
export interface Asked {
  readonly turn: Turn;
  readonly guide: Guide;
  readonly message: Message;
  /** The same without names of places: they choose the programme and the office, not the answer. */
  readonly topic: Message;
  /** Places of the whole message. */
  readonly places: readonly FoundPlace[];
  readonly today: CivilDate;
  readonly cues: Cues;
  readonly knowledge: Knowledge;
}

/** Places are looked for up to here. */
const MOST_READ = 400;
const DENIED = /(?:不是|不在|并非|而非|别是)$/;

/** A word of the lexicon that stands for every place outside. */
const OTHER_PROVINCE = '外省';

/** Prepares a text for one programme. `whole` is the message it is a part of: a place may stand in another part. */
export function askedOf(turn: Turn, guide: Guide, text: string, whole: string): Asked {
  const { knowledge } = turn.kit;
  const places = meant(whole.slice(0, MOST_READ), findPlaces(whole.slice(0, MOST_READ), turn.kit.places));
  const today = civilDateOf(turn.now);
  return {
    turn,
    guide,
    topic: readMessage(knowledge.lexicon, withoutPlaces(text, guide, places)),
    message: readMessage(knowledge.lexicon, daysWritten(text, knowledge.calendar, today)),
    places,
    today,
    cues: knowledge.cues,
    knowledge,
  };
}

/** A place that is said not to be meant (不是…) is none, as long as another one is named. */
function meant(text: string, found: readonly FoundPlace[]): readonly FoundPlace[] {
  const rest = found.filter(({ name }) => !DENIED.test(text.slice(0, Math.max(0, text.indexOf(name)))));
  return rest.length > 0 ? rest : found;
}

function withoutPlaces(text: string, { files }: Guide, places: readonly FoundPlace[]): string {
  const { id, says } = files.programme;
  const own = places.filter((one) => !one.unsure && one.places.every((place) => place.programme === id));
  let rest = text;
  for (const name of [...own.map((one) => one.name), ...says.filter((word) => word.length === 2)])
    rest = rest.replaceAll(name, ' ');
  // 海口 asks about 海南, 西安 about another province.
  const outside = places
    .flatMap((one) => (text.includes(one.name) ? one.places : []))
    .find((one) => one.province !== undefined);
  const province = outside?.province?.replace(/[省市]$/, '') ?? '';
  const added = outside === undefined ? rest : `${rest} ${province} ${OTHER_PROVINCE}`;
  return added.trim() === '' ? text : added;
}

/** Whether one of these words occurs. */
export function has(asked: Asked, words: readonly string[]): boolean {
  return cueIn(asked.message.bare, words) !== undefined;
}

/** The city that the message or the chat names, of this programme. */
export function cityOf(asked: Asked): string | undefined {
  const id = asked.guide.files.programme.id;
  const named = new Set(
    asked.places
      .filter((one) => !one.unsure)
      .flatMap((one) => one.places)
      .flatMap((place) => (place.programme === id && place.city !== undefined ? [place.city] : [])),
  );
  const [only] = named;
  if (named.size === 1) return only;
  const fact = asked.turn.facts().top[asked.guide.files.programme.city_fact];
  const known = typeof fact === 'string' ? fact : asked.turn.enterprise()?.city;
  const serves = asked.guide.files.contacts.entries.some(
    (entry) => known !== undefined && entry.serves.includes(known),
  );
  return serves ? known : undefined;
}

/** The offices of a group of the directory that answer for the firm's city. */
export function officesOf(asked: Asked, group: string | undefined): Offices {
  if (group === undefined) return { entries: [], cityMissing: false };
  const all = asked.guide.files.contacts.entries.filter((entry) => entry.group === group && entry.kind !== 'page');
  const city = cityOf(asked);
  const general = all.filter((entry) => entry.serves.length === 0);
  if (general.length > 0) return { entries: general, cityMissing: false };
  const own = all.filter((entry) => city !== undefined && entry.serves.includes(city));
  if (own.length > 0) return { entries: own, cityMissing: false };
  const cities = new Set(all.flatMap((entry) => entry.serves));
  return cities.size === 1 ? { entries: all, cityMissing: false } : { entries: [], cityMissing: all.length > 0 };
}

/** Entries that can be shown: telephone, office or page. */
export function entriesOf(asked: Asked, group: string): readonly Contact[] {
  return asked.guide.files.contacts.entries.filter((entry) => entry.group === group);
}
