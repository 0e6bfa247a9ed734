import { readNumber } from '../understanding/index.ts';
import { pendingQuestion, proceed, putQuestion, repeatQuestion, skipAll } from './asking.ts';
import { back, edit } from './interview.ts';
import { openInterview } from './script.ts';
import { NEW_INTERVIEW } from './state.ts';
import { takeAnswer } from './take.ts';
import type { Turn } from './turn.ts';

/** Moving inside an interview: back, to a question, past it, out of it. */

export function move(turn: Turn, id: 'back' | 'edit' | 'skip' | 'why' | 'restart' | 'cancel', argument: string): void {
  const { say } = turn.kit.script;
  const dossier = turn.dossier();
  const interview = dossier.interview;
  if (!interview) {
    turn.say(say.nothingPending());
    return;
  }
  switch (id) {
    case 'back': {
      const before = back(dossier, { ...interview, done: false });
      if (before) turn.setDossier(before);
      else turn.say({ text: say.nothingToUndo() });
      if (openInterview(turn.dossier())?.pending) putQuestion(turn);
      else proceed(turn);
      return;
    }
    case 'edit': {
      const number = readNumber(argument);
      const n = number.kind === 'read' && Number.isInteger(number.value) ? number.value : 0;
      const changed = edit(dossier, interview, n);
      if (changed) turn.setDossier(changed);
      else turn.say({ text: say.nothingToEdit(interview.asked.length) });
      putQuestion(turn);
      return;
    }
    case 'skip':
      skip(turn);
      return;
    case 'why': {
      const prepared = pendingQuestion(turn);
      if (prepared) turn.say({ text: say.why(prepared.why) });
      else turn.say(say.nothingPending());
      repeatQuestion(turn);
      return;
    }
    case 'restart': {
      const { facts: _facts, interview: _interview, ...rest } = dossier;
      turn.setDossier({ ...rest, facts: { top: {}, services: [], servicesGiven: false } });
      turn.setInterview({ ...NEW_INTERVIEW, flow: interview.flow });
      turn.say({ text: say.restarted() });
      proceed(turn);
      return;
    }
    case 'cancel':
      turn.setInterview({ ...interview, done: true });
      turn.say(say.cancelled());
      return;
  }
}

/** Skipping is answering "not known"; a bundle is then opened nowhere, and "any more?" is answered no. */
export function skip(turn: Turn): void {
  const { say } = turn.kit.script;
  const interview = openInterview(turn.dossier());
  const prepared = pendingQuestion(turn);
  if (!interview || !prepared) {
    turn.say(say.nothingPending());
    return;
  }
  if (interview.size) {
    const { size: _size, ...rest } = interview;
    turn.setInterview(rest);
    repeatQuestion(turn);
    return;
  }
  const id = prepared.step.kind === 'more' ? 'no' : 'unknown';
  if (prepared.kind === 'bundle') skipAll(turn, prepared.paths);
  else takeAnswer(turn, { kind: 'choice', id });
}
