import { civilDateOf, type Assignment } from '../policy/index.ts';
import { findMoney } from '../understanding/index.ts';
import { asksSomething } from '../understanding/question/index.ts';
import { proceed, repeatQuestion } from './asking.ts';
import { answerFreely, type Wish } from './free/free.ts';
import { extractFacts } from './freetext.ts';
import type { Guide } from './guide.ts';
import { note } from './interview.ts';
import { extractServices } from './pasted.ts';
import { openInterview } from './script.ts';
import { NEW_INTERVIEW } from './state.ts';
import type { Turn } from './turn.ts';

/** Messages that are no answer to a question of ours: facts in a sentence or a list, and questions in free words. */

/** Answers a free question and puts the pending one again. */
export function answered(turn: Turn, text: string, wish: Wish): boolean {
  if (!answerFreely(turn, text, wish)) return false;
  repeatQuestion(turn);
  return true;
}

/** Takes facts from a sentence into the interview, which it begins when none is open. */
function noteFacts(turn: Turn, guide: Guide, gives: readonly Assignment[]): void {
  const dossier = turn.dossier();
  turn.setDossier(note(guide, dossier, dossier.interview ?? NEW_INTERVIEW, gives));
}

/** A list has lines, or something between its entries. */
const LISTED = /[\n\r,，、;；]/;
const MAX_LIST = 1_000;
/** 47,600 is one number. */
const GROUPED = /(?<=\d)[,，](?=\d{3}(?!\d))/g;

/** A pasted list of services fills several at once. */
export function takeList(turn: Turn, raw: string): boolean {
  const guide = turn.guide();
  const list = raw.slice(0, MAX_LIST).replace(GROUPED, '');
  if (!guide || !LISTED.test(list)) return false;
  // A question about several amounts in one line wants an answer, not a form.
  if (!list.includes('\n') && asksSomething(list)) return false;
  const found = extractServices(guide, turn.facts(), list, civilDateOf(turn.now), turn.kit.script.echo);
  // Two dates in one sentence are no list of services.
  if (found.count < 2 || findMoney(list).length === 0) return false;
  noteFacts(turn, guide, found.gives);
  turn.say({ text: turn.kit.script.say.noted(found.echoes) });
  proceed(turn);
  return true;
}

/** Facts are read out of a sentence or a few, not out of pages. */
const MAX_SENTENCE = 400;
const FEW = 4;
const STATED = 0.45;
/** One fact alone is rather a question. */
const ONE_STATED = 0.33;
/** Who says this much of a firm introduces it; only a figure or a date calls for an answer then. */
const INTRODUCED = 3;

/** Facts in a free sentence: taken, echoed, and not asked again. */
export function takeFacts(turn: Turn, text: string): boolean {
  const { script, places } = turn.kit;
  if (text.length < 3 || asksSomething(text)) return false;
  const guide = turn.guide() ?? turn.guideFromPlace(text);
  if (!guide) return false;
  const found = extractFacts(
    guide,
    places,
    turn.facts(),
    text.slice(0, MAX_SENTENCE),
    civilDateOf(turn.now),
    script.echo,
  );
  // A place alone is a question about the place, not an answer.
  if (found.gives.length === 0 || (found.echoes.length === 1 && found.city !== undefined)) return false;
  // Few facts and no interview: rather a question told as a statement (花了18万 在某市).
  const few = found.echoes.length <= FEW && openInterview(turn.dossier()) === undefined;
  const told = found.echoes.length - (found.city === undefined ? 0 : 1);
  const wish: Wish =
    found.echoes.length < INTRODUCED ? { sure: told > 1 ? STATED : ONE_STATED } : { sure: STATED, computed: true };
  const introduced = found.echoes.length >= INTRODUCED;
  // Who introduces a firm is noted; what can be worked out from the same words is said as well.
  if (few && introduced) answerFreely(turn, text, wish);
  else if (few && answered(turn, text, wish)) {
    // Who says where the firm is need not say it again.
    if (found.city !== undefined && turn.state.programme === undefined) {
      turn.useProgramme(guide.programme.id);
      turn.keepCity(found.city);
    }
    return true;
  }
  turn.useProgramme(guide.programme.id);
  noteFacts(turn, guide, found.gives);
  if (found.city !== undefined) turn.keepCity(found.city);
  turn.say({ text: script.say.noted(found.echoes) });
  proceed(turn);
  return true;
}
