import { offeredId, programmeId, saysOurs } from './called.ts';
import { notUnderstood, repeatQuestion } from './asking.ts';
import { findPlaces, isQuestion, normalise } from '../understanding/index.ts';
import { asksSomething } from '../understanding/question/index.ts';
import { slashCommand, wordCommand, type Command } from './commands.ts';
import { answerExpected } from './expected.ts';
import { takePapers } from './papers.ts';
import { takeProgress } from './progress.ts';
import { saysDone } from './answer.ts';
import type { Kit } from './kit.ts';
import type { Event, Reply } from './reply.ts';
import { openInterview } from './script.ts';
import type { ChatState } from './state.ts';
import { Turn, type Kept } from './turn.ts';
import { answerWaiting, refuses, type Wish } from './free/free.ts';
import { redact } from './free/redact.ts';
import { judged } from './free/told.ts';
import { takeAnotherService } from './another.ts';
import { begin, takeAnotherFirm } from './choose.ts';
import { takeAddition, takeCorrection, takeRestated } from './correct.ts';
import { runCommand } from './run.ts';
import { NO_ASIDE, type Aside } from './staff/desk.ts';
import { answerDraft } from './staff/staff.ts';
import { saidOfUnasked } from './unasked.ts';
import { answered, takeFacts, takeList } from './statements.ts';
import { takeAnswer } from './take.ts';

export interface Advanced {
  readonly state: ChatState;
  readonly replies: readonly Reply[];
  /** A free question for the operator: it got no good answer, or was judged so. */
  readonly kept?: Kept;
}

/** Longer messages are read up to here; nobody's answer is longer. */
const MAX_TEXT = 10_000;

/**
 * One step of a conversation: state and event in, new state and replies out. Pure: time and fresh ids come from the
 * caller. What else it needs it has to find in `aside`. @param now UTC instant in ms. @param newId a fresh id for an enterprise, should one be needed.
 */
export function advance(
  kit: Kit,
  state: ChatState,
  event: Event,
  now: number,
  newId: string,
  aside: Aside = NO_ASIDE,
): Advanced {
  const turn = new Turn(kit, state, now, newId, aside);
  if (answerDraft(turn, event)) {
    // Taken by what staff were writing.
  } else if (event.kind === 'choice') pressed(turn, event.id);
  else if (event.kind === 'text') typed(turn, event.text.slice(0, MAX_TEXT));
  else {
    turn.say(kit.script.say.file(event.name));
    repeatQuestion(turn);
  }
  const after = withOffered(turn.state, turn.replies);
  return { state: after, replies: turn.replies, ...(turn.kept === undefined ? {} : { kept: turn.kept }) };
}

/** Remembers the buttons of the last reply, so that their number or words can be typed instead of pressed. */
function withOffered(state: ChatState, replies: readonly Reply[]): ChatState {
  const last = replies.at(-1);
  const bare = state.offered === undefined ? state : withoutOffered(state);
  if (!last?.choices || last.ask || last.choices.length === 0) return bare;
  return { ...bare, offered: last.choices.map(({ id, label }) => ({ id, label })) };
}

function withoutOffered({ offered: _old, ...rest }: ChatState): ChatState {
  return rest;
}

/** 俺是某地嘞 能中不能中: the programme in front of a question, while none is chosen. */
function programmeInFront(turn: Turn, text: string): boolean {
  const [, first = '', rest = ''] = /^(\S{2,12}?)[ ,，。;；](.{2,10})$/.exec(text) ?? [];
  if (turn.guide() || first === '' || !saysOurs(first)) return false;
  const id = programmeId(turn, first);
  if (id === undefined) return false;
  runCommand(turn, { id: 'programme', argument: id });
  answered(turn, rest.trim(), { sure: SURE });
  return true;
}

function pressed(turn: Turn, id: string): void {
  const { script } = turn.kit;
  if (takeAnswer(turn, { kind: 'choice', id })) return;
  if (turn.state.expecting !== undefined && answerExpected(turn, id)) return;
  if (judged(turn, id) || answerWaiting(turn, id.replace(/^programme[.]/, ''))) return;
  const command = wordCommand(id, script.commands) ?? slashCommand(`/${id.replace('.', ' ')}`, script.commands);
  if (command) {
    runCommand(turn, command);
    return;
  }
  turn.say({ text: script.say.staleButton() });
  repeatQuestion(turn);
}

function typed(turn: Turn, raw: string): void {
  const { script } = turn.kit;
  const text = normalise(raw).trim();
  const slash = slashCommand(text, script.commands);
  if (slash) {
    runCommand(turn, slash);
    return;
  }
  if (saidOfUnasked(turn, text)) return;
  if (turn.state.expecting !== undefined && answerExpected(turn, text)) return;
  const interview = openInterview(turn.dossier());
  if (!interview?.pending && (takePapers(turn, text) || takeProgress(turn, text))) return;
  const firm = takeAnotherFirm(turn, text);
  if (firm !== undefined) {
    if (!takeFacts(turn, firm)) begin(turn, 'eligibility');
    return;
  }
  // An answer of one's own that is put right is neither misuse nor an answer to what is asked now.
  if (takeChange(turn, text)) return;
  if (text.length > SHORT && refuses(turn, text)) {
    repeatQuestion(turn);
    return;
  }
  if (interview?.pending) {
    // Nothing inside a question is an answer.
    if (isQuestion(text) && !isCommand(turn, text) && answered(turn, text, { sure: SURE })) return;
    if (takeAnswer(turn, { kind: 'text', text })) return;
    if (takeCorrection(turn, text, true) || takeRestated(turn, text, undefined) || takeAddition(turn, text)) return;
    if (takePapers(turn, text)) {
      repeatQuestion(turn);
      return;
    }
    if (interview.pending.kind === 'bundle' && saysDone(text)) {
      notUnderstood(turn, text);
      return;
    }
  }
  const button = offeredId(turn, text);
  if (button !== undefined && button !== text) {
    pressed(turn, button);
    return;
  }
  const named = programmeId(turn, text);
  if (named !== undefined && answerWaiting(turn, named)) return;
  const command =
    named === undefined ? wordCommand(text, script.commands) : ({ id: 'programme', argument: named } as const);
  if (command && isMeant(turn, command, text)) {
    runCommand(turn, command);
    return;
  }
  if (takeList(turn, raw) || takeFacts(turn, text) || programmeInFront(turn, text)) return;
  if (!interview && takeCorrection(turn, text, true)) return;
  const wish = asksSomething(text) ? {} : statementWish(text, interview !== undefined);
  if (answered(turn, text, wish)) return;
  if (!interview && asksSomething(text)) turn.keep({ question: redact(text), answer: undefined, why: 'unanswered' });
  notUnderstood(turn, text);
}

/** A further service, or an answer put right. */
function takeChange(turn: Turn, text: string): boolean {
  if (takeAnotherService(turn, text) || takeCorrection(turn, text, false)) return true;
  const pending = openInterview(turn.dossier())?.pending;
  const asked = pending?.kind === 'question' ? pending.fact : undefined;
  return asked !== undefined && takeRestated(turn, text, asked);
}

/** Nobody describes misuse in fewer characters; most answers are shorter. */
const SHORT = 7;

/** In an interview a question is answered first when the answer is this sure, a statement when it is so much. */
const SURE = 0.72;
const IN_PASSING = 0.72;
/** Outside one, what is not asked as a question has to be this close to one, a few words closer. */
const NOT_ASKED = 0.3;
const FEW_WORDS = { length: 7, sure: 0.5 };

/** A statement may answer what was asked before: of written answers it calls for none while a question is open. */
function statementWish(text: string, answering: boolean): Wish {
  if (answering) return { sure: IN_PASSING, computed: true };
  return { sure: text.length <= FEW_WORDS.length ? FEW_WORDS.sure : NOT_ASKED };
}

const BESIDE_PLACE = 6;

function isCommand(turn: Turn, text: string): boolean {
  const command = wordCommand(text, turn.kit.script.commands);
  return command !== undefined && isMeant(turn, command, text);
}

/** A command with something in it that makes no sense of it is a sentence that begins like one (电话打不通怎么办). */
function isMeant(turn: Turn, { id, argument }: Command, text: string): boolean {
  if (argument === '' || !asksSomething(text)) {
    const place =
      id === 'contact' || id === 'city' || (id === 'programme' && programmeId(turn, argument) === undefined);
    const [found] = place ? findPlaces(argument, turn.kit.places) : [];
    // 我们在吕梁 花了八千 says more than a place.
    return argument === '' || !place || (found !== undefined && argument.length - found.name.length <= BESIDE_PLACE);
  }
  return programmeId(turn, argument) !== undefined;
}
