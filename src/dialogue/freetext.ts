import { factAt, vocabularyPath, type Assignment, type CivilDate, type Facts } from '../policy/index.ts';
import {
  findDates,
  findMoney,
  findPlaces,
  fold,
  isQuestion,
  normalise,
  type FoundPlace,
  type PlaceEntry,
  type PlaceIndex,
} from '../understanding/index.ts';
import { NOT_NOW } from './answer.ts';
import { choicesNamed, settled } from './clauses.ts';
import { concrete, literalValue, type Guide } from './guide.ts';
import { ADDED, DENIED, LEAST_AMOUNT, meantBy } from './meaning.ts';

/** Facts found in a free sentence, with the words in which they are echoed. */
export interface Extracted {
  readonly gives: readonly Assignment[];
  readonly echoes: readonly string[];
  readonly city?: string;
}

const NOTHING: Extracted = { gives: [], echoes: [] };
/** A university or institute named after a place is a provider, not the place. */
export const ORGANISATION = /[\u4e00-\u9fff]{2,10}?(?:大学|学院|研究院|研究所|实验室|检测中心|测试中心)/g;

/** How amounts and dates are said back. */
export interface EchoWords {
  readonly money: (fen: number) => string;
  readonly date: (date: CivilDate) => string;
  readonly service: (n: number) => string;
  readonly denied: (echo: string) => string;
  readonly list: (count: number, total: number, unread: number) => string;
}

/**
 * Reads facts out of a sentence that names certificates, a place, an amount, a date. Only what is certain is taken; a question,
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

  // Expired, applied for, formerly: nothing of that is held now.
  const lapsed = NOT_NOW.test(text.replace(/不是|不在/g, ''));
  const { found, denied } = lapsed ? { found: [], denied: [] } : matchLexicon(lexicon, fold(text));
  for (const entry of denied)
    for (const [path, value] of Object.entries(entry.sets)) {
      const member = guide.programme.vocabulary.facts.get(path)?.member;
      if (member === undefined || value !== true || factAt(facts, path) !== true) continue;
      gives.push({ path: member, value: false }, { path, value: false });
      echoes.push(words.denied(entry.echo));
    }
  for (const entry of found) {
    const own = Object.entries(entry.sets).map(([path, value]) => ({
      path: concrete(path, path.startsWith('services[].') ? service : undefined),
      value: literalValue(guide, path, value),
    }));
    gives.push(...own);
    echoes.push(entry.echo);
  }
  for (const { gives: own, label } of lapsed ? [] : choicesNamed(guide, normalise(text), service)) {
    if (own.some((one) => gives.some(({ path }) => path === one.path) || isGiven(facts, one.path))) continue;
    gives.push(...own);
    echoes.push(label);
  }
  const named = findPlaces(text.replace(ORGANISATION, ''), places);
  const place = certainPlace(named, guide.programme.id);
  let city: string | undefined;
  if (place?.city !== undefined && place.programme === guide.programme.id) {
    city = place.city;
    for (const rule of free.place) {
      const value = rule.city ? place.city : (rule.value ?? null);
      gives.push({ path: rule.fact, value });
    }
    echoes.push(place.city);
  }
  const clean = normalise(text);
  const say = (path: string, value: string): string =>
    `${guide.programme.vocabulary.facts.get(vocabularyPath(path))?.label ?? ''}：${value}`;
  for (const { reading, span } of findMoney(text)) {
    const fact = meantBy(clean, span, free.amounts, free.never);
    if (reading.kind !== 'read' || reading.value < LEAST_AMOUNT || fact === undefined) continue;
    // What comes on top of another amount is no total.
    if (ADDED.test(clean.slice(0, span[0]))) continue;
    const path = concrete(fact, fact.startsWith('services[].') ? service : undefined);
    if (gives.some((one) => one.path === path) || isGiven(facts, path)) continue;
    gives.push({ path, value: reading.value });
    echoes.push(say(path, words.money(reading.value)));
  }
  for (const one of settled(guide, clean, gives, service)) {
    if (isGiven(facts, one.path) || typeof one.value !== 'number') continue;
    gives.push(one);
    echoes.push(say(one.path, words.money(one.value)));
  }
  for (const { reading, span } of findDates(text, today, { prefer: 'past' })) {
    const fact = meantBy(clean, span, free.dates, free.never);
    if (reading.kind !== 'read' || reading.value > today || fact === undefined) continue;
    const path = concrete(fact, service);
    if (gives.some((one) => one.path === path) || isGiven(facts, path)) continue;
    gives.push({ path, value: reading.value });
    echoes.push(say(path, words.date(reading.value)));
  }
  const fresh = gives.filter((one) => factAt(facts, one.path) !== one.value);
  return fresh.length === 0 ? NOTHING : { gives: fresh, echoes, ...(city === undefined ? {} : { city }) };
}

type LexiconEntry = {
  readonly says: readonly string[];
  readonly sets: Readonly<Record<string, string | number | boolean | null>>;
  readonly echo: string;
};

/** A fact that was answered is changed at its question, not in passing. */
function isGiven(facts: Facts, path: string): boolean {
  const value = factAt(facts, path);
  return value !== undefined && value !== null;
}

/** Longest words first, so that 高企认定咨询 is not taken for 高企; a denied word gives nothing. */
function matchLexicon(
  lexicon: readonly LexiconEntry[],
  folded: string,
): { found: LexiconEntry[]; denied: LexiconEntry[] } {
  const words = lexicon.flatMap((entry) => entry.says.map((word) => ({ entry, word: fold(word) })));
  words.sort((a, b) => b.word.length - a.word.length);
  const taken = new Array<boolean>(folded.length).fill(false);
  const found = new Set<LexiconEntry>();
  const denied = new Set<LexiconEntry>();
  for (const { entry, word } of words) {
    const at = folded.indexOf(word);
    if (at < 0 || taken[at] || taken[at + word.length - 1]) continue;
    taken.fill(true, at, at + word.length);
    (DENIED.test(folded.slice(Math.max(0, at - 2), at)) ? denied : found).add(entry);
  }
  return { found: lexicon.filter((entry) => found.has(entry)), denied: [...denied] };
}

/** The one place that is meant for certain; undefined when there are several or the name is ambiguous. */
export function certainPlace(found: readonly FoundPlace[], programme: string | undefined): PlaceEntry | undefined {
  const own = found
    .filter((one) => !one.unsure)
    .flatMap((one) => one.places.filter((place) => place.programme === programme || programme === undefined));
  const cities = new Set(own.map((place) => place.city));
  return cities.size === 1 ? own[0] : undefined;
}
