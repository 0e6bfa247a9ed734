import { reminderReply, type ChatState, type Kit, type Reply } from '../dialogue/index.ts';
import { awake, type WorkCalendar } from '../outreach/quiet.ts';
import { isStillDue, remindersFor, type Standing } from '../outreach/reminders.ts';
import type { Programme } from '../policy/index.ts';
import type { ChatDoc } from './chatdoc.ts';
import type { Go } from './dispatch/deps.ts';

/** What has to be said unasked to one chat because of a date, as far as its document tells. Pure. */

export interface PlanDeps {
  readonly kit: Kit;
  readonly calendar: WorkCalendar;
}

/** Something to put into the outbox. */
export interface Planned {
  readonly source: string;
  /** Made by need: whoever only asks for the time need not pay for the words. */
  readonly reply: () => Reply;
}

export interface Plan {
  readonly due: readonly Planned[];
  /** UTC instant (ms) at which to look again; absent: never, as things stand. */
  readonly next?: number;
}

const NOTHING: Plan = { due: [] };
const OWN = 'own:';
const LEAD = 'lead:';

/** One enterprise of the chat under one programme. */
interface Track {
  readonly programme: Programme;
  readonly index: number;
  readonly standing: Omit<Standing, 'known' | 'since'>;
}

/**
 * The enterprises that are reminded, each under the programmes it was judged or has come further under, and the one at
 * hand under the chosen programme even if nothing is known of it yet.
 */
function tracksOf({ kit }: PlanDeps, state: ChatState): Track[] {
  const found: Track[] = [];
  const enterprises = state.enterprises.length === 0 ? [undefined] : state.enterprises;
  for (const [index, enterprise] of enterprises.entries())
    for (const [id, guide] of kit.guides) {
      const dossier = enterprise?.dossiers[id];
      const isMeant = dossier?.interview?.done === true || dossier?.progress !== undefined;
      const isChosen = id === state.programme && (dossier !== undefined || index === state.current);
      if (!isMeant && !isChosen) continue;
      const { facts, progress } = dossier ?? { facts: { top: {}, services: [], servicesGiven: false } };
      const { programme } = guide;
      found.push({ programme, index, standing: { facts, index, ...(progress === undefined ? {} : { progress }) } });
    }
  return found;
}

function known(doc: ChatDoc): ReadonlySet<string> {
  return new Set([...(doc.ledger ?? []), ...doc.outbox].flatMap(({ source }) => source ?? []));
}

/** What is due for the chat at `now` (UTC ms), and when to look at it next. Nothing for a chat that cannot be reached. */
export function planOf(deps: PlanDeps, doc: ChatDoc, now: number): Plan {
  const { state } = doc;
  if (doc.reach !== undefined || (!state.remind && state.own === undefined)) return NOTHING;
  const before = known(doc);
  const due: Planned[] = [];
  const nexts: number[] = [];
  for (const own of state.own ?? []) {
    const source = OWN + own.id;
    const at = awake(Math.max(own.at, now));
    if (at <= now && !before.has(source))
      due.push({ source, reply: () => deps.kit.script.say.ownDue(own.text, own.at, now) });
    nexts.push(at);
  }
  for (const track of state.remind && state.stopped === undefined ? tracksOf(deps, state) : []) {
    const since = state.consents?.remind?.at ?? 0;
    const standing = { ...track.standing, since, known: (source: string) => before.has(source) };
    const found = remindersFor('applicant', track.programme, standing, now, deps.calendar);
    for (const { source, rule } of found.due) {
      const place = { programme: track.programme.id, index: track.index, now, group: doc.group === true };
      due.push({ source, reply: () => reminderReply(deps.kit, state, place, rule) });
    }
    if (found.next !== undefined) nexts.push(found.next);
  }
  return nexts.length === 0 ? { due } : { due, next: Math.min(...nexts) };
}

/** When the chat wants to be looked at next (UTC ms); cheap for a chat that wants nothing. */
export function nextDue(deps: PlanDeps, doc: ChatDoc, now: number): number | undefined {
  return planOf(deps, doc, now).next;
}

/** Whoever then types the number of a button means those that were shown last. */
export function withButtons(state: ChatState, shown: readonly Reply[]): ChatState {
  const choices = shown.at(-1)?.choices;
  return choices ? { ...state, offered: choices.map(({ id, label }) => ({ id, label })) } : state;
}

/** The document without the reminders of its own that are on their way. */
export function withoutOwn(state: ChatState, sources: ReadonlySet<string>): ChatState {
  const { own, ...rest } = state;
  const left = own?.filter(({ id }) => !sources.has(OWN + id)) ?? [];
  return left.length === own?.length ? state : left.length === 0 ? rest : { ...rest, own: left };
}

/**
 * Whether a reminder that waits may leave at `now` (UTC ms): not after its date or once a nearer one has come, not to
 * those who handed in, stopped it or gave up, and not in the quiet hours. Other unasked entries are not judged here.
 */
export function reminderMayGo(deps: PlanDeps, source: string, { state }: ChatDoc, now: number): Go {
  if (state.stopped !== undefined && !source.startsWith(OWN)) return false;
  if (!source.startsWith(LEAD) && !source.startsWith(OWN)) return true;
  if (source.startsWith(LEAD)) {
    const wanted = tracksOf(deps, state).some(({ programme, standing }) =>
      isStillDue(source, 'applicant', programme, standing, now, deps.calendar),
    );
    if (!state.remind || !wanted) return false;
  }
  const at = awake(now);
  return at === now ? true : { notBefore: at };
}
