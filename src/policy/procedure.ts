import { contextOf } from './assess.ts';
import type { Programme, ProgrammeFiles, ReminderRule } from './compiled.ts';
import type { Facts } from './facts.ts';

/*
 * Where somebody stands in the procedure of a programme. A team without an enterprise begins in a machine of its own
 * and goes on in that of its host: both are one track here.
 */

export type Machine = ProgrammeFiles['procedure']['machines'][number];
export type Transition = Machine['transitions'][number];
export type Role = 'applicant' | 'city_bureau';

/** Given up by the enterprise itself. No state of any procedure: the texts do not provide for it. */
export const WITHDRAWN = 'withdrawn';

/** The machines that an applicant with these facts goes through, one after the other; empty when the data has none. */
export function trackOf(programme: Programme, facts: Facts, now: number): readonly Machine[] {
  const { machines } = programme.files.procedure;
  const context = contextOf(facts, now);
  const special = programme.machines.find(({ when }) => when.eval(context) === 1);
  const first = machines.find(({ id, role }) => (special ? id === special.id : role === 'applicant'));
  const track: Machine[] = [];
  for (let machine = first; machine && !track.includes(machine);) {
    track.push(machine);
    const { then } = machine;
    machine = machines.find(({ id }) => id === then);
  }
  return track;
}

/** The states of a track with their words, in order. */
export function statesOf(track: readonly Machine[]): readonly { readonly id: string; readonly label: string }[] {
  const seen = new Map(track.flatMap(({ states }) => Object.entries(states)).reverse());
  const order = new Set(track.flatMap(({ states }) => Object.keys(states)));
  return [...order].map((id) => ({ id, label: seen.get(id) ?? id }));
}

/** What can come next in a state, likely steps before outcomes that the text only implies. Empty at the end. */
export function nextSteps(track: readonly Machine[], state: string): readonly Transition[] {
  const found = track.flatMap(({ transitions }) => transitions.filter(({ from }) => from === state));
  if (found.length > 0) return [...found.filter((edge) => !edge.implied), ...found.filter((edge) => edge.implied)];
  // The end of one machine is the beginning of the one after it.
  const at = track.findIndex(({ states }) => Object.hasOwn(states, state));
  const after = at < 0 ? undefined : track[at + 1];
  const [begin] = Object.keys(after?.states ?? {});
  return begin === undefined ? [] : nextSteps(track.slice(at + 1), begin);
}

/** Whether nothing has to be handed in any more: it was, it ended, or the enterprise gave it up. */
export function isOver(track: readonly Machine[], state: string | undefined): boolean {
  if (state === undefined) return false;
  if (state === WITHDRAWN) return true;
  if (!statesOf(track).some(({ id }) => id === state)) return false;
  return nextSteps(track, state).length === 0 || isAfter(track, state);
}

/** Whether the papers are handed in, as far as the state tells: given up or rejected before that, they are not. */
export function hasFiled(track: readonly Machine[], state: string | undefined): boolean {
  return state !== undefined && state !== WITHDRAWN && isAfter(track, state);
}

/** Whether the state is the one in which the papers are handed in, or can only be reached through it. */
function isAfter(track: readonly Machine[], state: string): boolean {
  const filed = track.find((machine) => machine.filed !== undefined)?.filed;
  if (filed === undefined) return false;
  const reached = new Set([filed]);
  for (const id of reached) for (const { to } of nextSteps(track, id)) reached.add(to);
  return reached.has(state);
}

/**
 * The dates that somebody with these facts still has before them and may be reminded of, earliest first: theirs for
 * certain, and the papers not handed in. `now` is UTC ms.
 */
export function datesAhead(
  role: Role,
  programme: Programme,
  { facts, progress }: { readonly facts: Facts; readonly progress?: string | undefined },
  now: number,
): readonly ReminderRule[] {
  const context = contextOf(facts, now);
  if (role === 'applicant' && isOver(trackOf(programme, facts, now), progress)) return [];
  return programme.reminders
    .filter(({ remind, at, when, unless }) => {
      if (at < now || !remind.for.includes(role) || unless?.eval(context) === 1) return false;
      const isTheirs = when === undefined || when.eval(context) === 1;
      return isTheirs || (progress !== undefined && remind.states.includes(progress));
    })
    .sort((a, b) => a.at - b.at);
}
