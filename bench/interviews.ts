import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Prepared } from '../src/dialogue/prepared.ts';
import type { Event, Reply } from '../src/dialogue/index.ts';
import type { Place } from './place.ts';

/** A question of a recorded interview, with everything that reading its answer takes. */
export interface Question {
  readonly prepared: Prepared;
  readonly reply: Reply;
}

/** A complete interview: what a person sends, from choosing the programme to the verdict. */
export interface Interview {
  readonly programme: string;
  /** UTC instant (ms) at which it was recorded. */
  readonly now: number;
  readonly messages: readonly Event[];
  readonly questions: readonly Question[];
}

/** Where the interviews of a run lie. */
export function interviewsFile({ work }: Place): string {
  return join(work, 'interviews.json');
}

/** The recorded interviews, one per programme. */
export function readInterviews(place: Place): Interview[] {
  return JSON.parse(readFileSync(interviewsFile(place), 'utf8')) as Interview[];
}

/** The offer ids behind the ids of pressed buttons, which may say which question they belong to. */
export function offerIds({ prepared, reply }: Question, pressed: string): string {
  return pressed
    .split(' ')
    .map((id) => prepared.offers[(reply.choices ?? []).findIndex((choice) => choice.id === id)]?.id ?? id)
    .join(' ');
}
