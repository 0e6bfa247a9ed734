import { factAt, type Assignment, type CivilDate, type Facts } from '../policy/index.ts';
import {
  findDates,
  findMoney,
  findPlaces,
  fold,
  isQuestion,
  readServiceLines,
  type FoundPlace,
  type PlaceEntry,
  type PlaceIndex,
} from '../understanding/index.ts';
import { concrete, literalValue, type Guide } from './guide.ts';

/** Facts found in a free sentence, with the words in which they are echoed. */
export interface Extracted {
  readonly gives: readonly Assignment[];
  readonly echoes: readonly string[];
  readonly city?: string;
}

const NOTHING: Extracted = { gives: [], echoes: [] };
const DENIED = /(?:不是|没有|没|不|非|未|无)$/;

/** How amounts and dates are said back. */
export interface EchoWords {
  readonly money: (fen: number) => string;
  readonly date: (date: CivilDate) => string;
  readonly service: (n: number) => string;
}

/**
 * Reads facts out of a sentence such as 我们是太原的高企，去年8月3号花了20万做检测. Only what is certain is taken; a question,
 * a denied word or an ambiguous place gives nothing. Facts already given are not overwritten unless the value differs.
 */
export function extractFacts(
  guide: Guide,
  places: PlaceIndex,
  facts: Facts,
  text: string,
  today: CivilDate,
  words: EchoWords,
): Extracted {
  if (isQuestion(text)) return NOTHING;
  const service = Math.max(0, facts.services.length - 1);
  const gives: Assignment[] = [];
  const echoes: string[] = [];
  const { lexicon, free } = guide.programme.files.questions;

  for (const entry of matchLexicon(lexicon, fold(text))) {
    const own = Object.entries(entry.sets).map(([path, value]) => ({
      path: concrete(path, path.startsWith('services[].') ? service : undefined),
      value: literalValue(guide, path, value),
    }));
    gives.push(...own);
    echoes.push(entry.echo);
  }
  const place = certainPlace(findPlaces(text, places), guide.programme.id);
  let city: string | undefined;
  if (place?.city !== undefined && place.programme === guide.programme.id) {
    city = place.city;
    for (const rule of free.place) {
      const value = rule.city ? place.city : (rule.value ?? null);
      gives.push({ path: rule.fact, value });
    }
    echoes.push(place.city);
  }
  const money = findMoney(text).filter((found) => found.reading.kind === 'read');
  const [amount] = money;
  if (money.length === 1 && amount?.reading.kind === 'read') {
    gives.push({ path: concrete(free.money, service), value: amount.reading.value });
    echoes.push(words.money(amount.reading.value));
  }
  const dates = findDates(text, today, { prefer: 'past' }).filter((found) => found.reading.kind === 'read');
  const [date] = dates;
  if (dates.length === 1 && date?.reading.kind === 'read') {
    gives.push({ path: concrete(free.date, service), value: date.reading.value });
    echoes.push(words.date(date.reading.value));
  }
  const fresh = gives.filter((one) => factAt(facts, one.path) !== one.value);
  return fresh.length === 0 ? NOTHING : { gives: fresh, echoes, ...(city === undefined ? {} : { city }) };
}

type LexiconEntry = {
  readonly says: readonly string[];
  readonly sets: Readonly<Record<string, string | number | boolean | null>>;
  readonly echo: string;
};

/** Longest words first, so that 高企认定咨询 is not taken for 高企; a denied word gives nothing. */
function matchLexicon(lexicon: readonly LexiconEntry[], folded: string): LexiconEntry[] {
  const words = lexicon.flatMap((entry) => entry.says.map((word) => ({ entry, word: fold(word) })));
  words.sort((a, b) => b.word.length - a.word.length);
  const taken = new Array<boolean>(folded.length).fill(false);
  const found = new Set<LexiconEntry>();
  for (const { entry, word } of words) {
    const at = folded.indexOf(word);
    if (at < 0 || taken[at] || taken[at + word.length - 1]) continue;
    taken.fill(true, at, at + word.length);
    if (!DENIED.test(folded.slice(Math.max(0, at - 2), at))) found.add(entry);
  }
  return lexicon.filter((entry) => found.has(entry));
}

/** The one place that is meant for certain; undefined when there are several or the name is ambiguous. */
export function certainPlace(found: readonly FoundPlace[], programme: string | undefined): PlaceEntry | undefined {
  const own = found
    .filter((one) => !one.unsure)
    .flatMap((one) => one.places.filter((place) => place.programme === programme || programme === undefined));
  const cities = new Set(own.map((place) => place.city));
  return cities.size === 1 ? own[0] : undefined;
}

/** A pasted list of services: date, amount and provider per line, from service `start` on. */
export function extractServices(
  guide: Guide,
  facts: Facts,
  text: string,
  today: CivilDate,
  words: EchoWords,
): Extracted & { count: number } {
  const lines = readServiceLines(text, today);
  const { free } = guide.programme.files.questions;
  const last = facts.services.length - 1;
  const start = last >= 0 && Object.keys(facts.services[last] ?? {}).length > 1 ? last + 1 : Math.max(0, last);
  const gives: Assignment[] = [];
  const echoes: string[] = [];
  lines.forEach((line, index) => {
    const service = start + index;
    const parts: string[] = [];
    if (line.date?.kind === 'read') {
      gives.push({ path: concrete(free.date, service), value: line.date.value });
      parts.push(words.date(line.date.value));
    }
    if (line.money?.kind === 'read') {
      gives.push({ path: concrete(free.money, service), value: line.money.value });
      parts.push(words.money(line.money.value));
    }
    const name = line.rest.slice(0, 60);
    if (name !== '') {
      gives.push({ path: concrete('services[].provider.name', service), value: name });
      parts.push(name);
    }
    if (parts.length > 0) echoes.push(words.service(service + 1) + parts.join('，'));
  });
  return { gives, echoes, count: lines.length };
}
