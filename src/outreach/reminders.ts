import { civilDateOf } from '../policy/dates.ts';
import type { Facts } from '../policy/facts.ts';
import { datesAhead, type Role } from '../policy/procedure.ts';
import type { Programme, ReminderRule } from '../policy/compiled.ts';
import { leadsOf, type Lead } from './leads.ts';
import { awake, type WorkCalendar } from './quiet.ts';

/** Which reminders are due. Told from what is stored, never from a clock edge: downtime loses nothing. */

/** What has to be known of somebody who agreed to be reminded. */
export interface Standing {
  readonly facts: Facts;
  readonly progress?: string | undefined;
  /** UTC instant (ms) of the agreement: what should have been said before it is not made up for. */
  readonly since: number;
  /** Whether a reminder was sent already, waits to be, or ended otherwise. */
  readonly known: (source: string) => boolean;
  /** Which of several enterprises of one chat this is, from 0. */
  readonly index: number;
}

export interface DueReminder {
  /** Unique within a chat. */
  readonly source: string;
  readonly rule: ReminderRule;
  readonly lead: Lead;
}

export interface Reminders {
  readonly due: readonly DueReminder[];
  /** UTC instant (ms) at which to look again: now, when something is due; absent when nothing will be. */
  readonly next?: number;
}

/** The key of a reminder in its chat: `lead:<programme>/<deadline>/<lead>`, with `#2` for the second enterprise. */
export function leadSource(programme: string, deadline: string, days: number, index: number): string {
  return `lead:${programme}/${deadline}/${String(days)}${index === 0 ? '' : `#${String(index + 1)}`}`;
}

/** The date (UTC ms) that a key of `leadSource`, or one that ends with it, is about; undefined for others. */
export function leadEnds(source: string, programme: (id: string) => Programme | undefined): number | undefined {
  const [, id = '', deadline] = /(?:^|\/)lead:([^/]+)\/(.+)\/\d+(?:#\d+)?$/.exec(source) ?? [];
  return programme(id)?.reminders.find(({ entry }) => entry.id === deadline)?.at;
}

/**
 * The reminders of all dates of a programme for an enterprise, or for the staff of a bureau, at `now` (UTC ms): of
 * each date at most one, the nearest lead whose day has come, unless that or a nearer one is known.
 */
export function remindersFor(
  role: Role,
  programme: Programme,
  standing: Standing,
  now: number,
  calendar: WorkCalendar,
): Reminders {
  const due: DueReminder[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const rule of datesAhead(role, programme, standing, now)) {
    const leads = leadsFor(rule, calendar);
    const sourceOf = ({ days }: Lead): string => leadSource(programme.id, rule.entry.id, days, standing.index);
    const today = civilDateOf(now);
    const at = leads.findLastIndex(({ day }) => day <= today);
    const lead = leads[at];
    if (lead && isOpen(lead, standing, now) && !leads.slice(at).some((one) => standing.known(sourceOf(one)))) {
      const when = awake(Math.max(lead.at, now));
      if (when <= now) due.push({ source: sourceOf(lead), rule, lead });
      if (when <= rule.at) next = Math.min(next, when);
    }
    const later = leads.slice(at + 1).find((one) => !standing.known(sourceOf(one)));
    if (later) next = Math.min(next, later.at);
  }
  return next === Number.POSITIVE_INFINITY ? { due } : { due, next };
}

// They are the same for everybody, and asked for with every message of those who are reminded.
const kept = new WeakMap<WorkCalendar, WeakMap<ReminderRule, readonly Lead[]>>();

function leadsFor(rule: ReminderRule, calendar: WorkCalendar): readonly Lead[] {
  let own = kept.get(calendar);
  if (!own) kept.set(calendar, (own = new WeakMap()));
  let leads = own.get(rule);
  if (!leads) own.set(rule, (leads = leadsOf(rule.at, rule.remind, calendar)));
  return leads;
}

/** Whether it lies after the agreement. A clock that was set back says nothing about that. */
function isOpen(lead: Lead, { since }: Standing, now: number): boolean {
  return since > now || lead.at > since;
}

/**
 * Whether a reminder that waits is still wanted at `now` (UTC ms): its date is ahead, and no nearer lead has come.
 * `source` is a key of `leadSource`.
 */
export function isStillDue(
  source: string,
  role: Role,
  programme: Programme,
  standing: Omit<Standing, 'known' | 'since'>,
  now: number,
  calendar: WorkCalendar,
): boolean {
  const today = civilDateOf(now);
  return datesAhead(role, programme, standing, now).some((rule) => {
    const lead = leadsFor(rule, calendar).findLast(({ day }) => day <= today);
    return lead !== undefined && leadSource(programme.id, rule.entry.id, lead.days, standing.index) === source;
  });
}
