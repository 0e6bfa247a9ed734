import { readInstant, startOfDay, type Assignment, type CivilDate, type Scalar } from '../policy/index.ts';
import {
  readChoice,
  readChoices,
  readCount,
  readDate,
  readMoney,
  readYesNo,
  type Reading,
} from '../understanding/index.ts';
import type { Offer, Prepared } from './prepared.ts';
import { NONE_ID, OPEN_ID, UNKNOWN_ID } from './offers.ts';

/** What a message says about the pending question. */
export type AnswerReading =
  | { readonly kind: 'given'; readonly gives: readonly Assignment[]; readonly choice?: string }
  /** "Something here is not so", or not known: asked further, beside what is given. */
  | { readonly kind: 'opened'; readonly gives?: readonly Assignment[] }
  | {
      readonly kind: 'doubtful';
      readonly options: readonly { readonly value: Scalar; readonly label: string }[];
      readonly why: string;
    }
  | { readonly kind: 'rejected'; readonly why: string }
  /** A month or a year where a day is needed. */
  | { readonly kind: 'coarse' }
  | { readonly kind: 'none' };

const NONE: AnswerReading = { kind: 'none' };

/** Limits of the open questions, in fen and in units. */
const LIMITS = { money: 1_000_000_000_000, count: 100_000_000, unitDoubtBelow: 1000 } as const;

/** Takes an offered choice. */
export function takeOffer(prepared: Prepared, offer: Offer): AnswerReading {
  if (prepared.kind === 'bundle' && offer.id === OPEN_ID) return { kind: 'opened' };
  if (prepared.kind === 'multi') return pick(prepared, [offer.id], []);
  return { kind: 'given', gives: offer.gives ?? [], choice: offer.id };
}

/** Takes a pressed button, or several ids of a multiple choice; `none` for a stale or foreign id. */
export function readPressed(prepared: Prepared, id: string): AnswerReading {
  const ids = id.split(/[\s,，、]+/).filter((part) => part !== '');
  const offers = ids.map((one) => prepared.offers.find((offer) => offer.id === one));
  if (offers.length === 0 || offers.includes(undefined)) return NONE;
  if (prepared.kind === 'multi') return pick(prepared, ids, []);
  const [offer] = offers;
  return offer && ids.length === 1 ? takeOffer(prepared, offer) : NONE;
}

/**
 * Reads a typed message as the answer to a question: a number, the words of a choice, an amount, a date. Anything in
 * doubt is returned as such; nothing is guessed. `today` resolves words such as 上个月.
 */
export function readAnswer(prepared: Prepared, text: string, today: CivilDate): AnswerReading {
  switch (prepared.kind) {
    case 'bundle':
      return readBundle(prepared, text);
    case 'yes_no':
      return readYes(prepared, text);
    case 'multi':
      return readMulti(prepared, text);
    case 'choice':
      return readOne(prepared, text);
    case 'money':
    case 'count':
    case 'date':
    case 'text':
      return readOpen(prepared, text, today);
  }
}

const asOptions = (offers: readonly Offer[]) => offers.map(({ id, label, says }) => ({ id, label, says }));

function fromChoice(prepared: Prepared, reading: ReturnType<typeof readChoice>): AnswerReading {
  if (reading.kind === 'unknown') return byId(prepared, UNKNOWN_ID);
  if (reading.kind === 'read') return byId(prepared, reading.value);
  return reading.kind === 'doubtful' ? { ...reading, options: reading.options } : reading;
}

function byId(prepared: Prepared, id: string): AnswerReading {
  const offer = prepared.offers.find((one) => one.id === id);
  return offer ? takeOffer(prepared, offer) : NONE;
}

function readOne(prepared: Prepared, text: string): AnswerReading {
  const reading = readChoice(text, asOptions(prepared.offers));
  if (reading.kind !== 'none') return fromChoice(prepared, reading);
  const plain = readYesNo(text);
  if (plain.kind !== 'read') return NONE;
  if (plain.value === 'unknown') return byId(prepared, UNKNOWN_ID);
  return prepared.offers.some((offer) => offer.id === plain.value) ? byId(prepared, plain.value) : NONE;
}

function readBundle(prepared: Prepared, text: string): AnswerReading {
  const reading = readChoice(text, asOptions(prepared.offers));
  if (reading.kind !== 'none') return reading.kind === 'unknown' ? { kind: 'opened' } : fromChoice(prepared, reading);
  const plain = readYesNo(text);
  if (plain.kind === 'read') return plain.value === 'yes' ? byId(prepared, 'all') : { kind: 'opened' };
  return plain.kind === 'doubtful' ? { kind: 'doubtful', why: plain.why, options: [] } : NONE;
}

function readYes(prepared: Prepared, text: string): AnswerReading {
  const plain = readYesNo(text);
  if (plain.kind === 'read') return byId(prepared, plain.value);
  if (plain.kind === 'doubtful') {
    const options = prepared.offers.slice(0, 2).map((offer) => ({ value: offer.id, label: offer.label }));
    return { kind: 'doubtful', why: plain.why, options };
  }
  return fromChoice(prepared, readChoice(text, asOptions(prepared.offers)));
}

function readMulti(prepared: Prepared, text: string): AnswerReading {
  const reading = readChoices(text, asOptions(prepared.offers));
  if (reading.kind === 'unknown') return pick(prepared, [UNKNOWN_ID], []);
  if (reading.kind === 'read') return pick(prepared, reading.value, reading.unknown ?? []);
  if (reading.kind === 'doubtful')
    return {
      kind: 'doubtful',
      why: reading.why,
      options: reading.options.map((one) => ({ value: one.value.join(' '), label: one.label })),
    };
  return reading;
}

/** What is picked is given; what is not picked is not held, or not known when the person said so. */
function pick(prepared: Prepared, picked: readonly string[], unsure: readonly string[]): AnswerReading {
  const chosen = new Set(picked);
  const own = prepared.offers.filter((offer) => offer.id !== NONE_ID && offer.id !== UNKNOWN_ID);
  const some = own.some((offer) => chosen.has(offer.id));
  // "All of them" and "all but one" reach to the end of the list, where "none" and "not known" stand.
  const swept = some && chosen.has(NONE_ID);
  const restUnknown = chosen.has(UNKNOWN_ID) && !swept;
  const doubting = prepared.step.kind === 'question' && prepared.step.unsure === true;
  if (restUnknown && !doubting)
    return { kind: 'opened', gives: own.flatMap((offer) => (chosen.has(offer.id) ? [...(offer.gives ?? [])] : [])) };
  const gives = own.flatMap((offer): Assignment[] => {
    if (chosen.has(offer.id)) return [...(offer.gives ?? [])];
    const unknown = restUnknown || unsure.includes(offer.id);
    return (offer.gives ?? []).slice(0, 1).map(({ path }) => notPicked(path, unknown));
  });
  return { kind: 'given', gives, choice: picked.join(' ') };
}

/** `identities[x].valid` not picked: the member itself is not held. */
function notPicked(path: string, unknown: boolean): Assignment {
  const member = /^(.+\[[^\]]+\])\.[a-z_]+$/.exec(path)?.[1];
  if (unknown) return { path, value: null };
  return { path: member !== undefined && !path.startsWith('services[') ? member : path, value: false };
}

function readOpen(prepared: Prepared, text: string, today: CivilDate): AnswerReading {
  const [path = ''] = prepared.paths;
  const closed = prepared.offers.find((offer) => offer.says.includes(text.trim()) || offer.label === text.trim());
  if (closed) return takeOffer(prepared, closed);
  const known = readYesNo(text);
  if (known.kind === 'read' && known.value === 'unknown') return byId(prepared, UNKNOWN_ID);
  const event = prepared.offers.find((offer) => offer.id === 'none');
  if (event && known.kind === 'read' && known.value === 'no') return takeOffer(prepared, event);
  const given = (value: Scalar): AnswerReading => ({ kind: 'given', gives: [{ path, value }] });
  const from = (reading: Reading<number>): AnswerReading => (reading.kind === 'read' ? given(reading.value) : reading);
  switch (prepared.kind) {
    case 'money':
      return from(readMoney(text, { max: LIMITS.money, unitDoubtBelow: LIMITS.unitDoubtBelow, zeroWords: !event }));
    case 'count':
      return from(readCount(text.replace(/年$/, ''), { max: LIMITS.count }));
    case 'date': {
      const instant = prepared.instant ? readInstant(text.trim()) : undefined;
      if (instant !== undefined) return given(instant);
      const reading = readDate(text, today, { prefer: 'past' });
      if (reading.kind === 'read') return given(prepared.instant ? startOfDay(reading.value) : reading.value);
      return 'from' in reading ? { kind: 'coarse' } : reading;
    }
    case 'choice':
    case 'multi':
    case 'yes_no':
    case 'bundle':
    case 'text':
      return text.trim() === '' ? NONE : given(text.trim().slice(0, 100));
  }
}
