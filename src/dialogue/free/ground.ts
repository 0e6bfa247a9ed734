import { asksSomething, findAsked } from '../../understanding/question/index.ts';
import type { Guide } from '../guide.ts';
import type { Turn } from '../turn.ts';
import { askedOf, officesOf } from './asked.ts';
import { isNamed } from './best.ts';
import { indexPassages, type PassageIndex } from './passages.ts';
import { redact } from './redact.ts';
import type { Candidate } from './said.ts';
import { KEPT, say } from './told.ts';

/** What is left when nobody has written an answer: the notice itself, or that it says nothing. */

/** Below this no passage of the notice fits. */
const PASSAGE = 7;
/** With less in common with anything ever asked, the message is no question about the programme. */
export const HEARD = 0.15;

const indexes = new WeakMap<Guide, PassageIndex>();

/** The passage of the notice that comes nearest, or that the text says nothing about it. */
export function ground(turn: Turn, guide: Guide, text: string): boolean {
  const { script, knowledge } = turn.kit;
  if (!asksSomething(text)) return false;
  const asked = askedOf(turn, guide, text, text);
  const [nearest] = findAsked(knowledge.answers(guide), asked.topic);
  if ((nearest?.score ?? 0) < HEARD) return false;
  const index = indexes.get(guide) ?? indexPassages(guide, knowledge.notice(guide));
  indexes.set(guide, index);
  const found = index.find(text.slice(0, KEPT));
  const offices = officesOf(asked, guide.files.free.refer ?? guide.files.contacts.hand_in.group);
  const passage = found && found.score >= PASSAGE ? found.passage : undefined;
  const candidate: Candidate = {
    said: passage ? { kind: 'passage', ...passage, offices } : { kind: 'unknown', offices },
    guide,
    strength: 0,
  };
  turn.keep({ question: redact(text), answer: passage?.clause, why: 'unanswered' });
  say(turn, script.say.free([candidate], isNamed(turn, [candidate]), turn), text, passage?.clause);
  return true;
}
