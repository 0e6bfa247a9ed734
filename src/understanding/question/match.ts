/** Finds the written answer that a message asks for, by the words it shares with the ways in which people ask. */
import { plain, type Lexicon } from './lexicon.ts';
import { readMessage, type Message } from './tokens.ts';

/** What may be asked: the ways of asking it, and what has to stand in a message or must not. */
export interface Askable {
  readonly asks: readonly string[];
  readonly must: readonly (readonly string[])[];
  readonly never: readonly string[];
  /** What is said to it: its words are those of the question as well. */
  readonly says: string;
  readonly brief?: string | undefined;
}

/** A word of `must`, with the concept it belongs to. */
interface Wanted {
  readonly word: string;
  readonly concept: number | undefined;
}

interface Entry<T extends Askable> {
  readonly of: T;
  readonly must: readonly (readonly Wanted[])[];
  readonly never: readonly string[];
}

export interface AskIndex<T extends Askable> {
  readonly entries: readonly Entry<T>[];
  /** The entry of each ask, and the weight of all its tokens. */
  readonly owner: readonly number[];
  readonly weight: readonly number[];
  /** Token → asks in which it stands. */
  readonly asks: ReadonlyMap<string, readonly number[]>;
  /** Token → entries in whose asks, and in whose answers, it stands. */
  readonly within: ReadonlyMap<string, ReadonlySet<number>>;
  readonly told: ReadonlyMap<string, ReadonlySet<number>>;
  /** Token → how telling it is, 0..1. */
  readonly telling: ReadonlyMap<string, number>;
  /** Ask without its punctuation → entry: a message in just these words needs no weighing. */
  readonly exact: ReadonlyMap<string, number>;
}

export interface Hit<T> {
  readonly of: T;
  /** 0..1 */
  readonly score: number;
  /** Everything that the entry wants stands in the message, and nothing that it does not want. */
  readonly fits: boolean;
  /** The message is one of the asks, word for word. */
  readonly same?: true;
}

/**
 * What counts: the ask that resembles the message most, the words of the message that any ask or the answer has, and the
 * wanted words that stand in it, the longer the more. Found by leaving out each ask in turn and looking for its answer.
 */
const WEIGHTS = { ask: 0.35, asks: 0.3, says: 0.36, must: 0.2 };
/** Two long wanted words are as much as can be told by them. */
const MOST_MUST = 2;
const LONG_WORD = 4;
/** A word that should not stand in the message, or one group of wanted words that is missing, costs this much. */
const UNWANTED = 0.6;
const LACKING = 0.55;
/** From this likeness to one ask on, what the entry wants counts less and less. */
const ALIKE = 0.3;
/** A word nobody has used so far tells that something else may be meant. */
const UNHEARD = 0.55;

/** Indexes everything that may be asked. */
export function indexAsks<T extends Askable>(entries: readonly T[], lexicon: Lexicon): AskIndex<T> {
  const asks = new Map<string, number[]>();
  const within = new Map<string, Set<number>>();
  const told = new Map<string, Set<number>>();
  const owner: number[] = [];
  const read: Message[] = [];
  const exact = new Map<string, number>();
  entries.forEach((entry, at) => {
    for (const token of readMessage(lexicon, `${entry.says} ${entry.brief ?? ''}`).tokens.keys())
      setOf(told, token).add(at);
    for (const ask of entry.asks) {
      const message = readMessage(lexicon, ask);
      for (const token of message.tokens.keys()) {
        listOf(asks, token).push(owner.length);
        setOf(within, token).add(at);
      }
      owner.push(at);
      read.push(message);
      if (!exact.has(message.bare)) exact.set(message.bare, at);
    }
  });
  const most = Math.log(1 + Math.max(1, entries.length));
  const telling = new Map(
    [...within].map(([token, where]) => [token, Math.log(1 + entries.length / where.size) / most] as const),
  );
  const weight = read.map((message) => weigh(message, telling));
  const wanted = (word: string): Wanted => {
    const sense = lexicon.senses.words.get(plain(word));
    return { word: plain(word).replace(/ /g, ''), concept: sense?.kind === 'concept' ? sense.id : undefined };
  };
  return {
    entries: entries.map((of) => ({
      of,
      must: of.must.map((group) => group.map(wanted)),
      never: of.never.map((word) => plain(word).replace(/ /g, '')),
    })),
    owner,
    weight,
    asks,
    within,
    told,
    telling,
    exact,
  };
}

function listOf(map: Map<string, number[]>, key: string): number[] {
  const known = map.get(key) ?? [];
  map.set(key, known);
  return known;
}

function setOf(map: Map<string, Set<number>>, key: string): Set<number> {
  const known = map.get(key) ?? new Set();
  map.set(key, known);
  return known;
}

function weigh(message: Message, telling: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [token, kind] of message.tokens) sum += kind * (telling.get(token) ?? UNHEARD);
  return sum;
}

/** How much of what an entry wants stands in the message, 0..MOST_MUST, and how far its demands are met. */
function wantedIn<T extends Askable>(entry: Entry<T>, message: Message): { must: number; fit: number } | undefined {
  let fit = entry.never.some((word) => message.bare.includes(word)) ? UNWANTED : 1;
  let sum = 0;
  for (const group of entry.must) {
    let longest = 0;
    for (const { word, concept } of group)
      if (
        word.length > longest &&
        (message.bare.includes(word) || (concept !== undefined && message.concepts.has(concept)))
      )
        longest = word.length;
    if (longest === 0) fit *= LACKING;
    if (fit < LACKING) return undefined;
    sum += Math.min(1, longest / LONG_WORD);
  }
  return { must: Math.min(MOST_MUST, sum), fit };
}

function addTo(sums: Float64Array, where: Iterable<number> | undefined, gain: number): void {
  for (const at of where ?? []) sums[at] = (sums[at] ?? 0) + gain;
}

/** The entries that a message may ask for, best first; equal ones in the order of the file. */
export function findAsked<T extends Askable>(index: AskIndex<T>, message: Message): Hit<T>[] {
  const shared = new Float64Array(index.owner.length);
  const asked = new Float64Array(index.entries.length);
  const told = new Float64Array(index.entries.length);
  for (const [token, kind] of message.tokens) {
    const gain = kind * (index.telling.get(token) ?? UNHEARD);
    addTo(shared, index.asks.get(token), gain);
    addTo(asked, index.within.get(token), gain);
    addTo(told, index.told.get(token), gain);
  }
  const own = weigh(message, index.telling);
  const same = index.entries[index.exact.get(message.bare) ?? -1]?.of;
  if (same) return [{ of: same, score: 1, fits: true, same: true }];
  if (own === 0) return [];
  const best = new Float64Array(index.entries.length);
  index.owner.forEach((entry, ask) => {
    const overlap = (2 * (shared[ask] ?? 0)) / (own + (index.weight[ask] ?? 0));
    if (overlap > (best[entry] ?? 0)) best[entry] = overlap;
  });
  const hits: Hit<T>[] = [];
  index.entries.forEach((entry, at) => {
    if ((asked[at] ?? 0) === 0) return;
    const wanted = wantedIn(entry, message);
    if (!wanted) return;
    // A message that is nearly one of the asks is meant, whatever word it lacks.
    const alike = Math.max(0, ((best[at] ?? 0) - ALIKE) / (1 - ALIKE));
    const fit = wanted.fit + (1 - wanted.fit) * alike;
    const words = (WEIGHTS.asks * (asked[at] ?? 0) + WEIGHTS.says * (told[at] ?? 0)) / own;
    hits.push({
      of: entry.of,
      score: Math.min(1, WEIGHTS.ask * (best[at] ?? 0) + words + WEIGHTS.must * wanted.must) * fit,
      fits: wanted.fit === 1,
    });
  });
  return hits.sort((a, b) => b.score - a.score);
}
