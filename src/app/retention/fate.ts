import { datesAhead, type Programme } from '../../policy/index.ts';
import { NO_FACTS } from '../../policy/facts.ts';
import { leadEnds } from '../../outreach/reminders.ts';
import type { ChatState } from '../../dialogue/state.ts';
import { isNewChat, type ChatDoc } from '../chatdoc.ts';
import type { LedgerEntry } from '../dispatch/entry.ts';
import type { KeepSource } from '../dispatch/outbox.ts';
import { daysBefore, type RetentionLimits } from './limits.ts';

/** What becomes of a chat when time has passed, as far as its document tells. Pure. */

export interface FateDeps {
  readonly limits: Pick<RetentionLimits, 'handled' | 'ledger' | 'chats'>;
  readonly programme: (id: string) => Programme | undefined;
  /** Whether the ledger has to keep the line of a source: a broadcast that still runs. */
  readonly keeps: KeepSource;
}

/** Why a chat that nobody has written to for long is kept all the same. */
export type Reason =
  /** Somebody has written lately; or nobody ever has, and it is a document of our own. */
  'young' | 'ours' | 'staff' | 'outbox' | 'broadcast' | 'own' | 'deadline' | 'agreed';

export type Fate =
  | { readonly kind: 'remove'; readonly why: 'idle' | 'empty' }
  /** `doc` is the same object when there is nothing to take out of it. */
  | { readonly kind: 'keep'; readonly why: Reason; readonly doc: ChatDoc };

/** What is to be done with a chat at `now` (UTC ms). `isStaff`: somebody there has a role that was not taken back. */
export function fateOf(deps: FateDeps, doc: ChatDoc, isStaff: boolean, now: number): Fate {
  const kept = trimmed(deps, doc, now);
  const why = reasonFor(deps, kept, isStaff, now);
  if (why !== undefined) return { kind: 'keep', why, doc: kept };
  return { kind: 'remove', why: isEmpty(kept) ? 'empty' : 'idle' };
}

/** The first reason to keep the chat; undefined when there is none. */
function reasonFor(deps: FateDeps, doc: ChatDoc, isStaff: boolean, now: number): Reason | undefined {
  const { chats, handled } = deps.limits;
  const { state, updatedAt } = doc;
  if (updatedAt === 0) return 'ours';
  // With nothing in it but the ids of messages, it is kept for as long as these are of use.
  if (updatedAt > daysBefore(now, isEmpty(doc) ? handled.days : chats.days)) return 'young';
  if (isStaff) return 'staff';
  if (doc.outbox.length > 0) return 'outbox';
  if (doc.ledger?.some(({ source }) => deps.keeps(source))) return 'broadcast';
  // One whose time has come is in the outbox, unless nothing can be sent there.
  if (state.own?.some(({ at }) => at > now || doc.reach === undefined)) return 'own';
  if (hasDatesAhead(deps, state, now)) return 'deadline';
  return isAgreed(doc) && updatedAt > daysBefore(now, chats.agreed_days) ? 'agreed' : undefined;
}

/** Whether the document says nothing of anybody, as after a deletion on request. */
function isEmpty({ state, outbox, ledger = [], reach }: ChatDoc): boolean {
  const isBlank = isNewChat(state) && state.stopped === undefined && state.staff === undefined;
  return isBlank && outbox.length === 0 && ledger.length === 0 && reach === undefined;
}

/** Whether somebody counts on being reminded, or on the office seeing how they stand. */
function isAgreed({ state, reach }: ChatDoc): boolean {
  const isReminded = state.remind && state.stopped === undefined && reach === undefined;
  return isReminded || state.consents?.share?.given === true;
}

/** Whether a date of a programme is still to come for an enterprise of the chat. */
function hasDatesAhead({ programme }: FateDeps, state: ChatState, now: number): boolean {
  const dossiers = state.enterprises.flatMap((enterprise) => Object.entries(enterprise.dossiers));
  const chosen = state.remind && state.programme !== undefined ? [[state.programme, { facts: NO_FACTS }] as const] : [];
  return [...dossiers, ...chosen].some(([id, dossier]) => {
    const known = programme(id);
    return known !== undefined && datesAhead('applicant', known, dossier, now).length > 0;
  });
}

/** The document without ids and lines that are of no use any more; itself when it has none. */
function trimmed(deps: FateDeps, doc: ChatDoc, now: number): ChatDoc {
  const { handled: ids, ledger: lines } = deps.limits;
  // The newest id stays: by it others see that the chat has not moved on.
  const most = doc.updatedAt <= daysBefore(now, ids.days) ? 1 : ids.ids;
  const handled = doc.handled.length > most ? doc.handled.slice(-most) : doc.handled;
  const ledger = doc.ledger?.filter((line) => line.at > daysBefore(now, lines.days) || isNeeded(deps, line, doc, now));
  if (handled === doc.handled && ledger?.length === doc.ledger?.length) return doc;
  const { ledger: _ledger, ...rest } = doc;
  return { ...rest, handled, ...(ledger && ledger.length > 0 && { ledger }) };
}

/** Whether the line keeps something from being said a second time, however old it is. */
function isNeeded({ keeps, programme }: FateDeps, { source }: LedgerEntry, { state }: ChatDoc, now: number): boolean {
  if (keeps(source) || state.own?.some(({ id }) => source === `own:${id}`)) return true;
  return (leadEnds(source, programme) ?? 0) >= now;
}
