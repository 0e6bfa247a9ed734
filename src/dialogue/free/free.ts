import { stopAll } from '../consent.ts';
import type { Guide } from '../guide.ts';
import type { Turn } from '../turn.ts';
import { normalise } from '../../understanding/index.ts';
import { asksSomething, correct, findAsked, questionParts, readMessage } from '../../understanding/question/index.ts';
import { askedOf } from './asked.ts';
import { candidates, CLEAR, isNamed, withNames } from './best.ts';
import { ground, HEARD } from './ground.ts';
import { redact } from './redact.ts';
import type { Candidate } from './said.ts';
import { KEPT, keepPlace, remember, say } from './told.ts';
import { programmesMeant } from './which.ts';

/** Answering what people ask in their own words. */

/** Misuse is refused, and a wish to be left alone is heard, before anything else. */
const FIRST = new Set(['misuse', 'unsubscribe']);
const FIRST_SURE = 0.42;
const MOST_PARTS = 3;
/** An answer less sure than this is given, and the operator sees the question. */
const DOUBTFUL = 0.35;
/** Of two answers to one message the second has to be this sure. */
const ALSO = 0.55;

/** How a message may be taken. */
export interface Wish {
  /** Only a sure answer counts: the message may be something else as well. */
  readonly sure?: number;
  /** Only what is computed counts, not what is alike; and small talk that can be nothing else. */
  readonly computed?: true;
}

/** From here on small talk is meant by nearly every word of the message. */
const TALKED = 0.9;

/** Refuses misuse and hears a wish to be left alone, whatever was asked before; false when the message is neither. */
export function refuses(turn: Turn, raw: string): boolean {
  return firstOfAll(turn, correct(turn.kit.knowledge.lexicon, normalise(raw).slice(0, KEPT)));
}

/** Answers a free question; false when the message is none that can be answered. */
export function answerFreely(turn: Turn, raw: string, wish: Wish = {}): boolean {
  const text = correct(turn.kit.knowledge.lexicon, normalise(raw).slice(0, KEPT));
  if (firstOfAll(turn, text)) return true;
  const { guides } = programmesMeant(turn, text);
  // What is asked next is about the programme that was talked of last.
  const topic = guides.length === 0 ? turn.kit.guides.get(turn.state.topic ?? '') : undefined;
  const [only = topic] = guides;
  if (only && guides.length < 2) return answerUnder(turn, only, text, wish);
  return answerForAll(turn, guides.length === 0 ? turn.guides() : guides, text, wish);
}

function firstOfAll(turn: Turn, text: string): boolean {
  const { knowledge } = turn.kit;
  const message = readMessage(knowledge.lexicon, text);
  const [hit] = findAsked(knowledge.talk, message);
  if (!hit || !FIRST.has(hit.of.kind) || !hit.fits || hit.score < FIRST_SURE) return false;
  say(turn, hit.of.does === 'unsubscribe' ? stopAll(turn) : withNames(turn, hit.of.says), text, undefined);
  return true;
}

/** The answers to the parts of a message, or to the whole of it when its parts say less. */
function best(turn: Turn, guide: Guide, text: string): Candidate[] {
  const [whole] = candidates(askedOf(turn, guide, text, text));
  const parts = questionParts(turn.kit.knowledge.lexicon, text);
  if (parts.length < 2) return whole ? [whole] : [];
  const found = parts.flatMap((part) => {
    const [one] = candidates(askedOf(turn, guide, part, text));
    return one ? [one] : [];
  });
  const sure = distinct(found.filter((one) => one.strength >= ALSO && one.said.kind !== 'talk'));
  if (sure.length > 1) return sure.slice(0, MOST_PARTS);
  const [surest] = [...found, ...(whole ? [whole] : [])].sort((a, b) => b.strength - a.strength);
  return surest ? [surest] : [];
}

function distinct(found: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return found.filter(({ said }) => {
    const key = said.kind === 'written' ? said.answer.id : said.kind;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function answerUnder(turn: Turn, guide: Guide, text: string, wish: Wish): boolean {
  const found = best(turn, guide, text).filter(
    ({ strength, said }) =>
      strength >= (wish.sure ?? CLEAR) &&
      !(
        wish.computed &&
        (said.kind === 'written' || (said.kind === 'talk' && (said.help === true || strength < TALKED)))
      ),
  );
  if (found.length > 0) {
    const { script } = turn.kit;
    const answer = found.map(({ said }) => (said.kind === 'written' ? said.answer.id : said.kind)).join(' ');
    const weakest = Math.min(...found.map(({ strength }) => strength));
    if (weakest < DOUBTFUL) turn.keep({ question: redact(text), answer, why: 'unanswered' });
    say(turn, script.say.free(found, isNamed(turn, found), turn), text, answer);
    keepTopic(turn, guide);
    for (const one of found) keepPlace(turn, one);
    return true;
  }
  return wish.sure === undefined && ground(turn, guide, text);
}

/** Nobody named a programme: one line of each, or the question which one when the answer has to be computed. */
function answerForAll(turn: Turn, guides: readonly Guide[], text: string, wish: Wish): boolean {
  const { script } = turn.kit;
  const each = guides.map((guide) => best(turn, guide, text)[0]);
  const [top] = each.filter((one) => one !== undefined).sort((a, b) => b.strength - a.strength);
  const bar = wish.sure ?? CLEAR;
  if (!top || top.strength < bar) {
    if (wish.sure !== undefined || !asksSomething(text) || (top?.strength ?? 0) < HEARD) return false;
    askWhich(turn, guides, text);
    return true;
  }
  if (top.common || PLACED.has(top.said.kind) || (top.said.kind === 'contact' && namesPlace(turn, top))) {
    say(turn, script.say.free([top], top.common !== true, turn), text, top.said.kind);
    if (top.guide && !PLACED.has(top.said.kind) && !top.common) keepTopic(turn, top.guide);
    keepPlace(turn, top);
    return true;
  }
  if (top.said.kind !== 'written') {
    const own = guides.find((guide) => guide.files.programme.id === turn.state.topic);
    if (own) return answerUnder(turn, own, text, wish);
    const day = sameDay(each);
    if (day) say(turn, script.say.free([day], day.common !== true, turn), text, day.said.kind);
    else askWhich(turn, guides, text);
    return true;
  }
  const { id } = top.said.answer;
  const lines = guides.flatMap((guide) => {
    const own = guide.files.answers.answers.find((one) => one.id === id) ?? writtenOf(turn, guide, text, top.strength);
    return own ? [{ guide, answer: own }] : [];
  });
  const [only] = lines;
  // One line for one programme says no more than the answer itself does.
  if (only && lines.length === 1 && answerUnder(turn, only.guide, text, wish)) return true;
  remember(turn, text, id, true);
  turn.say(script.say.freeBrief(lines));
  return true;
}

/** What is said of places is the same under every programme. */
const PLACED: ReadonlySet<string> = new Set(['outside', 'which_city']);

/** A weekday is the same everywhere; the programme is named when the day is its deadline. */
function sameDay(each: readonly (Candidate | undefined)[]): Candidate | undefined {
  const days = each.flatMap((one) => (one?.said.kind === 'weekday' ? [{ one, said: one.said }] : []));
  const [first] = days;
  if (!first || days.length < each.length || days.some(({ said }) => said.date !== first.said.date)) return undefined;
  const deadline = days.find(({ said }) => said.clause !== undefined)?.one;
  return deadline ?? { ...first.one, said: { ...first.said, office: undefined }, common: true };
}

/** What is asked next is about the same programme, as long as none is chosen. */
function keepTopic(turn: Turn, guide: Guide): void {
  if (turn.state.programme === undefined) turn.state = { ...turn.state, topic: guide.files.programme.id };
}

function namesPlace(turn: Turn, { guide }: Candidate): boolean {
  return guide !== undefined && turn.state.programme === undefined;
}

/** Another programme's own answer, if it fits about as well. */
function writtenOf(turn: Turn, guide: Guide, text: string, strength: number) {
  const asked = askedOf(turn, guide, text, text);
  const [hit] = findAsked(asked.knowledge.answers(guide), asked.topic);
  return hit && hit.score >= strength ? hit.of : undefined;
}

function askWhich(turn: Turn, guides: readonly Guide[], text: string): void {
  remember(turn, text, undefined, true);
  turn.say(turn.kit.script.say.freeWhich(guides));
}

/** The programme was chosen that a question waited for: answers it. */
export function answerWaiting(turn: Turn, programme: string): boolean {
  const { free } = turn.state;
  const guide = turn.kit.guides.get(programme);
  if (free?.open !== true || !guide) return false;
  turn.useProgramme(programme);
  return answerUnder(turn, guide, free.question, {});
}
