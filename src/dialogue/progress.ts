import { isOver, statesOf, trackOf, WITHDRAWN, type ReminderRule, datesAhead } from '../policy/index.ts';
import { fold, isQuestion, readChoice, withoutNote } from '../understanding/index.ts';
import type { DateAhead } from './script.ts';
import type { Turn } from './turn.ts';

/** The argument that asks for the states again, whichever is set. */
const CHANGE = 'change';

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
  if (argument === CHANGE) {
    const { state: kept } = turn;
    const { progress: _progress, ...rest } = turn.dossier();
    turn.setDossier(rest);
    const fresh = turn.view();
    if (fresh) turn.say(say.progress(fresh));
    turn.state = kept;
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

/** 我已经绑定了: a state by its own name, said as something that is so. False for everything else. */
export function takeProgress(turn: Turn, text: string): boolean {
  const guide = turn.guide();
  if (!guide || text.length > LONGEST || isQuestion(text)) return false;
  const plain = fold(text);
  const said = coreOf(plain.replace(/^(?:我们?|公司|企业|现在|目前|这边|都|刚刚?)+/, ''));
  const marked = /已|了$|中$/.test(plain);
  const states = statesOf(trackOf(guide.programme, turn.facts(), turn.now)).filter(
    ({ label }) => fold(label) === plain || (marked && coreOf(fold(withoutNote(label))) === said),
  );
  const [only] = states;
  if (!only || states.length > 1) return false;
  progress(turn, only.id);
  return true;
}

const LONGEST = 24;

function coreOf(folded: string): string {
  return folded
    .replace(/^(?:已经?|正在|正)/, '')
    .replace(/[啦啊呀哦]$/, '')
    .replace(/[了中]$/, '');
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
