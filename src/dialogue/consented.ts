import { readYesNo } from '../understanding/index.ts';
import { repeatQuestion } from './asking.ts';
import { askConsent, keepConsent } from './consent.ts';
import { ownDates } from './progress.ts';
import type { ConsentKind } from './script.ts';
import type { Turn } from './turn.ts';

/** Answers to the two agreements. */

/** Notes a plain answer: by button, by command, or in a word. */
export function setConsent(turn: Turn, which: ConsentKind, given: boolean): void {
  const { say } = turn.kit.script;
  const view = turn.view();
  const said = say.consentSaid(which, given, view);
  // What was asked stays on record; given unasked, the confirmation is what the person saw.
  const asked = turn.state.consents?.[which];
  const wording = asked?.given === undefined && asked !== undefined ? asked.wording : said.text;
  keepConsent(turn, which, { given, at: turn.now, wording });
  if (which === 'remind') {
    turn.state = { ...turn.state, remind: given };
    if (given) {
      const { stopped: _stopped, ...rest } = turn.state;
      turn.state = rest;
    }
  }
  turn.say(which === 'remind' && given ? say.remindOn(view, ownDates(turn)) : said);
  const told = turn.dossier().interview?.done === true;
  if (!told || !askConsent(turn)) repeatQuestion(turn);
}

/** The longest word that is no more than a yes or a no. */
const PLAIN = 6;
/** These agree to nothing: they tell what was done, or not. */
const DONE = /[交领办做]了|[交领办做用]过|[没未][交办领做]/;

/** A yes or a no to the agreement asked for last; false when the message is something else. */
export function answerConsent(turn: Turn, which: ConsentKind, text: string): boolean {
  if (text.length > PLAIN || DONE.test(text)) return false;
  const reading = readYesNo(text);
  if (reading.kind !== 'read' || reading.value === 'unknown') return false;
  setConsent(turn, which, reading.value === 'yes');
  return true;
}
