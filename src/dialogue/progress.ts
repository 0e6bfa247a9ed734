import { isOver, statesOf, trackOf, WITHDRAWN, type ReminderRule, datesAhead } from '../policy/index.ts';
import { fold, readChoice } from '../understanding/index.ts';
import type { DateAhead } from './script.ts';
import type { Turn } from './turn.ts';

/** The words that mean a state: its id, what the data calls it, other words for it, or a reading of them. */
function stateNamed(turn: Turn, text: string): string | undefined {
  const guide = turn.guide();
  if (!guide) return undefined;
  const track = trackOf(guide.programme, turn.facts(), turn.now);
  const states = statesOf(track);
  const said = track.flatMap(({ says }) => Object.entries(says)).find(([word]) => fold(word) === fold(text))?.[1];
  if (said !== undefined) return said;
  const exact = states.find(({ id, label }) => id === text || fold(label) === fold(text));
  if (exact) return exact.id;
  const begun = states.filter(({ id }) => text.length > 20 && id.startsWith(text));
  if (begun.length === 1) return begun[0]?.id;
  const reading = readChoice(text, states);
  return reading.kind === 'read' ? reading.value : undefined;
}

/** 进度: where the enterprise stands, or where it says that it has come to. */
export function progress(turn: Turn, argument: string): void {
  const { say } = turn.kit.script;
  const view = turn.view();
  if (!view) return;
  if (argument === '') {
    turn.say(say.progress(view));
    return;
  }
  if (argument === WITHDRAWN) {
    turn.setDossier({ ...turn.dossier(), progress: WITHDRAWN });
    turn.say(say.progressWithdrawn());
    return;
  }
  const state = stateNamed(turn, argument);
  if (state === undefined) {
    turn.say(say.progressUnknown(view, argument));
    return;
  }
  turn.setDossier({ ...turn.dossier(), progress: state });
  const after = turn.view();
  const label = statesOf(trackOf(view.guide.programme, view.facts, turn.now)).find(({ id }) => id === state)?.label;
  if (after) turn.say(say.progressSet(after, label ?? argument));
}

/** Whether the enterprise at hand has nothing to hand in any more. */
export function hasEnded(turn: Turn): boolean {
  const guide = turn.guide();
  if (!guide) return false;
  return isOver(trackOf(guide.programme, turn.facts(), turn.now), turn.dossier().progress);
}

/** The dates that the enterprise at hand may be reminded of. */
export function ownDates(turn: Turn): readonly DateAhead[] {
  const guide = turn.guide();
  return guide ? datesAhead('applicant', guide.programme, turn.dossier(), turn.now).map(dateOf) : [];
}

/** A date as words see it. */
export function dateOf({ entry, remind, at }: ReminderRule): DateAhead {
  return { label: remind.label ?? entry.label, clause: entry.clause, at, says: remind.says, papers: remind.papers };
}
