import { openInterview } from '../script.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { redact } from './redact.ts';
import type { Candidate } from './said.ts';

/** Saying an answer, and what is remembered of it until it is judged or the next question comes. */

/** The most that is remembered of a question. */
export const KEPT = 400;

/** Remembers a question; `open` while it waits for a programme to be chosen. */
export function remember(turn: Turn, text: string, answer: string | undefined, open: boolean): void {
  const question = text.slice(0, KEPT);
  turn.state = {
    ...turn.state,
    free: { question, ...(answer === undefined ? {} : { answer }), ...(open ? { open } : {}) },
  };
}

/** Says an answer, with buttons to judge it outside an interview. */
export function say(turn: Turn, text: string, question: string, answer: string | undefined): void {
  remember(turn, question, answer, false);
  const asking = openInterview(turn.dossier()) !== undefined;
  const reply: Reply = asking ? { text } : { text, choices: turn.kit.script.say.freeChoices() };
  turn.say(reply);
}

/** A place that is the whole message is where the firm is, as long as nothing else is known. */
export function keepPlace(turn: Turn, { said, guide }: Candidate): void {
  if (said.kind !== 'contact' || said.bareCity === undefined || !guide) return;
  const { id } = guide.files.programme;
  if (turn.state.programme !== undefined && turn.state.programme !== id) return;
  turn.useProgramme(id);
  if (turn.cityOf(guide) === undefined) turn.keepCity(said.bareCity);
}

/** 👎 and 👍 under an answer; false when there is none to judge. */
export function judged(turn: Turn, id: string): boolean {
  const { free } = turn.state;
  if ((id !== 'good' && id !== 'bad') || !free) return false;
  if (id === 'bad') turn.keep({ question: redact(free.question), answer: free.answer, why: 'bad' });
  const { free: _judged, ...rest } = turn.state;
  turn.state = rest;
  turn.say(turn.kit.script.say.freeJudged(id === 'good', turn.view()));
  return true;
}
