import type { CivilDate } from '../policy/index.ts';
import { fold, isQuestion, readChoice, readChoices, readYesNo } from '../understanding/index.ts';
import type { Offer, Prepared } from './prepared.ts';
import { ALL_ID, UNKNOWN_ID } from './offers.ts';
import { readOpen } from './openanswer.ts';
import { byId, pick, takeOffer, type AnswerReading } from './picked.ts';

const NONE: AnswerReading = { kind: 'none' };

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

/** More words than this around the words of a choice are about something else. */
const AROUND = 6;

/** Whether a message means this choice, rather than a sentence in which its words occur. */
function isMeant(prepared: Prepared, id: string, text: string): boolean {
  const folded = fold(text);
  if (folded.length <= AROUND) return true;
  const offer = prepared.offers.find((one) => one.id === id);
  const words = [offer?.label ?? '', ...(offer?.says ?? [])].map(fold).filter((word) => word.length >= 2);
  return words.some(
    (word) => (folded.includes(word) && folded.length - word.length <= AROUND) || word.includes(folded),
  );
}

function readOne(prepared: Prepared, text: string): AnswerReading {
  const reading = readChoice(text, asOptions(prepared.offers));
  if (reading.kind === 'read' && !isMeant(prepared, reading.value, text)) return NONE;
  if (reading.kind !== 'none') return fromChoice(prepared, reading);
  const plain = readYesNo(text);
  if (plain.kind !== 'read') return NONE;
  if (plain.value === 'unknown') return byId(prepared, UNKNOWN_ID);
  return prepared.offers.some((offer) => offer.id === plain.value) ? byId(prepared, plain.value) : NONE;
}

/** Anything that limits a yes: then something may not be so. */
const RESERVATION = /除|但|就是|只有|差|缺|不|没|未|无|基本|大部分|大致|应该|可能|要是|如果|[?]|吗|\d/;

/** 好了, 行了, 弄好了 say that somebody is done, not that every line holds; 都符合 does not say which of a list. */
const DONE = /^(?:[好行成得中妥够完]|可以|弄好|办好|做好|搞好|填好|写好|搞定|做完|办完|[办做交领用]|没事)[了过]$/;

/** Whether a message says no more than that somebody is done. */
export function saysDone(text: string): boolean {
  return DONE.test(fold(text).replace(/[啊呀呢哦吧哈]{1,3}$/, ''));
}

/** Everything is affirmed only by its own words or a plain yes; a yes with a reservation opens the bundle. */
function readBundle(prepared: Prepared, text: string): AnswerReading {
  const folded = fold(text);
  const named = prepared.offers.find((offer) => [offer.label, ...offer.says].some((word) => fold(word) === folded));
  if (named) return takeOffer(prepared, named);
  const ordinal = readChoice(
    text,
    prepared.offers.map(({ id }) => ({ id, label: id })),
  );
  if (ordinal.kind === 'read') return byId(prepared, ordinal.value);
  if (saysDone(text)) return NONE;
  if (ordinal.kind === 'unknown') return { kind: 'opened' };
  const plain = readYesNo(text);
  if (plain.kind === 'read' && plain.value !== 'yes') return { kind: 'opened' };
  if (isQuestion(text) || folded.length > 30) return NONE;
  if (plain.kind === 'read' && !RESERVATION.test(text)) return byId(prepared, ALL_ID);
  return /符合|满足|都是|都有/.test(folded) ? { kind: 'opened' } : NONE;
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

/** Words by which something named is not, or not for certain, held at present. */
export const NOT_NOW = /过期|到期|失效|准备|打算|计划|正在|申请中|申报中|以前|曾经|原来|现在不|不在|不是|取消|[?]|吗/;

/** A list asks which; that all of it fits says nothing. */
const ALL_FIT = /^(?:以上|全部|全|都|均|完全|各项|条件)*(?:符合|满足)(?:条件|要求)?[的了啊呀]?$/;

function readMulti(prepared: Prepared, text: string): AnswerReading {
  // Expired, applied for, formerly: none of these is held now, and nothing here may be taken for it.
  if (NOT_NOW.test(text) || ALL_FIT.test(fold(text))) return NONE;
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
