import { notUnderstood, proceed, repeatQuestion } from './asking.ts';
import { contactFor } from './place.ts';
import { civilDateOf, type Assignment } from '../policy/index.ts';
import { findPlaces, fold, normalise, readChoice } from '../understanding/index.ts';
import { slashCommand, wordCommand } from './commands.ts';
import { answerExpected } from './expected.ts';
import { extractFacts, ORGANISATION } from './freetext.ts';
import { extractServices } from './pasted.ts';
import type { Kit } from './kit.ts';
import type { Event, Reply } from './reply.ts';
import { openInterview } from './script.ts';
import { NEW_INTERVIEW, type ChatState } from './state.ts';
import type { Guide } from './guide.ts';
import { note } from './interview.ts';
import { Turn } from './turn.ts';
import { runCommand } from './run.ts';
import { takeAnswer } from './take.ts';

export interface Advanced {
  readonly state: ChatState;
  readonly replies: readonly Reply[];
}

/** Longer messages are read up to here; nobody's answer is longer. */
const MAX_TEXT = 10_000;

/**
 * One step of a conversation: state and event in, new state and replies out. Pure: time and fresh ids come from the
 * caller. @param now UTC instant in ms. @param newId a fresh id for an enterprise, should one be needed.
 */
export function advance(kit: Kit, state: ChatState, event: Event, now: number, newId: string): Advanced {
  const turn = new Turn(kit, state, now, newId);
  if (event.kind === 'choice') pressed(turn, event.id);
  else if (event.kind === 'text') typed(turn, event.text.slice(0, MAX_TEXT));
  else {
    turn.say(kit.script.say.file(event.name));
    repeatQuestion(turn);
  }
  return { state: withOffered(turn.state, turn.replies), replies: turn.replies };
}

/** Remembers the buttons of the last reply, so that their number or words can be typed instead of pressed. */
function withOffered(state: ChatState, replies: readonly Reply[]): ChatState {
  const { offered: _old, ...rest } = state;
  const last = replies.at(-1);
  if (!last?.choices || last.ask || last.choices.length === 0) return rest;
  return { ...rest, offered: last.choices.map(({ id, label }) => ({ id, label })) };
}

/** The id of an offered button whose number or words were typed. */
function offeredId(turn: Turn, text: string): string | undefined {
  const { offered } = turn.state;
  if (!offered || text.length > 20) return undefined;
  const reading = readChoice(text, offered);
  return reading.kind === 'read' ? reading.value : undefined;
}

/** A programme called by its name, as the whole message. */
function programmeId(turn: Turn, text: string): string | undefined {
  const named = turn.guides().find(({ files }) => {
    const { id, short, name, title } = files.programme;
    return [id, short, name, title].includes(text);
  });
  return named?.files.programme.id;
}

function pressed(turn: Turn, id: string): void {
  const { script } = turn.kit;
  if (takeAnswer(turn, { kind: 'choice', id })) return;
  if (turn.state.expecting !== undefined && answerExpected(turn, id)) return;
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
  if (turn.state.expecting !== undefined && answerExpected(turn, text)) return;
  const interview = openInterview(turn.dossier());
  if (interview?.pending && takeAnswer(turn, { kind: 'text', text })) return;
  const button = offeredId(turn, text);
  if (button !== undefined && button !== text) {
    pressed(turn, button);
    return;
  }
  const named = programmeId(turn, text);
  const command =
    named === undefined ? wordCommand(text, script.commands) : ({ id: 'programme', argument: named } as const);
  if (command) {
    runCommand(turn, command);
    return;
  }
  if (takeList(turn, raw) || takeFacts(turn, text) || takePlace(turn, text)) return;
  notUnderstood(turn, text);
}

/** Takes facts from a sentence into the interview, which it begins when none is open. */
function noteFacts(turn: Turn, guide: Guide, gives: readonly Assignment[]): void {
  const dossier = turn.dossier();
  turn.setDossier(note(guide, dossier, dossier.interview ?? NEW_INTERVIEW, gives));
}

/** A pasted list of services fills several at once. */
function takeList(turn: Turn, raw: string): boolean {
  const guide = turn.guide();
  if (!guide) return false;
  const found = extractServices(guide, turn.facts(), raw, civilDateOf(turn.now), turn.kit.script.echo);
  if (found.count < 2) return false;
  noteFacts(turn, guide, found.gives);
  turn.say({ text: turn.kit.script.say.noted(found.echoes) });
  proceed(turn);
  return true;
}

/** Facts in a free sentence: taken, echoed, and not asked again. */
function takeFacts(turn: Turn, text: string): boolean {
  const { script, places } = turn.kit;
  if (text.length < 3) return false;
  const guide = turn.guide() ?? turn.guideFromPlace(text);
  if (!guide) return false;
  const found = extractFacts(guide, places, turn.facts(), text, civilDateOf(turn.now), script.echo);
  // A place alone is a question about the place, not an answer.
  if (found.gives.length === 0 || (found.echoes.length === 1 && found.city !== undefined)) return false;
  turn.useProgramme(guide.programme.id);
  noteFacts(turn, guide, found.gives);
  if (found.city !== undefined) turn.keepCity(found.city);
  turn.say({ text: script.say.noted(found.echoes) });
  proceed(turn);
  return true;
}

/** A place alone, or with words that ask for somebody there: whom to call. */
function takePlace(turn: Turn, text: string): boolean {
  const plain = text.replace(ORGANISATION, '');
  const found = findPlaces(plain, turn.kit.places);
  if (found.length === 0 || text.length > 40) return false;
  const rest = found.reduce((left, one) => left.replace(one.name, ''), fold(plain));
  if (!AROUND_PLACE.test(rest) && !ASKS_SOMEBODY.test(rest)) return false;
  contactFor(turn, text, found);
  return true;
}

/** What may stand around a place that is meant as such; anything more is about something else. */
const AROUND_PLACE = /^(?:我们|我|公司|企业|那边|这边|那儿|那里|在|是|的|呢|市|县|区)*$/;
const ASKS_SOMEBODY = /电话|联系|找谁|找哪|科技局|哪个局|打给|号码|交到|报到|送到/;
