import type { Reply } from '../../dialogue/reply.ts';
import { takesButtons } from '../../dialogue/remind.ts';
import type { OfficeNotice } from '../../dialogue/staff/office.ts';
import { isStopped } from '../../outreach/audience.ts';
import { awake, type WorkCalendar } from '../../outreach/quiet.ts';
import { isOfficeSource, isOfficeStillDue, NO_FIGURES, officeReminders } from '../../outreach/reminders-office.ts';
import type { DueReminder } from '../../outreach/reminders.ts';
import { datesAhead, NO_FACTS, type Programme } from '../../policy/index.ts';
import type { BroadcastDeps } from '../broadcast/deps.ts';
import { listKey } from '../broadcast/listkey.ts';
import { rosterOf } from '../broadcast/roster.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Go } from '../dispatch/deps.ts';
import { enqueue } from '../dispatch/outbox.ts';
import { FaultyDocument } from '../ports.ts';
import type { Post, StaffRecord } from '../records/kinds.ts';
import { withButtons } from '../tickplan.ts';
import { officeKey, overviewsOf, type Overview } from './overview.ts';

export interface OfficeDatesDeps extends BroadcastDeps {
  readonly calendar: WorkCalendar;
  readonly notice: (notice: OfficeNotice) => Reply;
}

/** Somebody who works for the office of one city. */
type Officer = StaffRecord & { readonly post: Required<Post> };

interface Due {
  readonly officer: Officer;
  readonly programme: Programme;
  readonly reminder: DueReminder;
}

const UNKNOWN_MS = 10_000;

/**
 * Reminds the staff of a city's office of its own dates. Those of the province get none: the date is not theirs to
 * keep. What is due is told from what is stored, so that downtime loses nothing and two processes say it once.
 */
export class OfficeDates {
  private readonly deps: OfficeDatesDeps;
  private readonly staff = new Map<string, StaffRecord>();
  private readonly done = new Map<string, ReadonlySet<string>>();
  private loaded = false;

  constructor(deps: OfficeDatesDeps) {
    this.deps = deps;
  }

  /** Puts what is due at `now` (UTC ms) into the chats of staff. @returns whether any got something. */
  async remind(now: number): Promise<boolean> {
    // Looking for all staff is not for nothing: on most days of a year no office has anything to keep.
    if (this.loaded && !this.isSeason(now)) return false;
    for (const one of await this.deps.roles.everybody()) this.staff.set(one.chat, one);
    this.loaded = true;
    const due: Due[] = [];
    for (const officer of [...this.staff.values()].filter(isOfficer)) {
      await this.lookAt(officer.post);
      due.push(...(await this.dueOf(officer, now)));
    }
    const posts = due.map(({ officer }) => officer.post);
    const seen = await overviewsOf(this.deps, posts, now);
    let put = false;
    for (const one of due) put = (await this.put(one, seen, now)) || put;
    return put;
  }

  /** Reads anew what `mayGo` is asked about: it may have changed in another process. @throws the store's error. */
  async look(source: string, chat: string): Promise<void> {
    if (!isOfficeSource(source)) return;
    const officer = await this.deps.records.read('staff', chat);
    if (!officer) return;
    this.staff.set(chat, officer);
    await this.lookAt(officer.post);
  }

  /** Whether a reminder that waits may leave at `now` (UTC ms), as this process knows it; undefined for others. */
  mayGo(source: string, { chat, state, group }: ChatDoc, now: number): Go | undefined {
    if (!isOfficeSource(source)) return undefined;
    const officer = this.staff.get(chat);
    if (!officer) return this.loaded ? false : { notBefore: now + UNKNOWN_MS };
    if (!isOfficer(officer) || isStopped(state) || group) return false;
    const { post } = officer;
    const programme = this.deps.offices.programme(post.programme);
    const standing = { city: post.city, done: this.doneOf(post) };
    if (!programme || !isOfficeStillDue(source, programme, standing, now, this.deps.calendar)) return false;
    const at = awake(now);
    return at === now ? true : { notBefore: at };
  }

  /** Notes that the office has done what its dates ahead ask for, or has not. @returns whether there are any. */
  async settle(post: Post, by: string, isDone: boolean, now: number): Promise<boolean> {
    const programme = this.deps.offices.programme(post.programme);
    const entries = programme && post.city !== undefined ? aheadOf(programme, now) : [];
    if (entries.length === 0) return false;
    await this.deps.records.update('office', officeKey(post), (doc) => {
      const others = (doc?.done ?? []).filter(({ entry }) => !entries.includes(entry));
      const done = isDone ? [...others, ...entries.map((entry) => ({ entry, by, at: now }))] : others;
      return { doc: { record: 'office', v: 1, done }, result: undefined };
    });
    await this.lookAt(post);
    return true;
  }

  /** Whether somebody may be due at all. */
  private isSeason(now: number): boolean {
    const { calendar, offices } = this.deps;
    const anyone = { city: '', since: -Infinity, done: new Set<string>(), known: () => false };
    return offices.programmesPosts().some(({ programme: id }) => {
      const programme = offices.programme(id);
      return programme !== undefined && officeReminders(programme, anyone, now, calendar).length > 0;
    });
  }

  private async lookAt(post: Post): Promise<void> {
    const found = await this.deps.records.read('office', officeKey(post));
    this.done.set(officeKey(post), new Set(found?.done.map(({ entry }) => entry)));
  }

  private doneOf(post: Post): ReadonlySet<string> {
    return this.done.get(officeKey(post)) ?? new Set();
  }

  private async dueOf(officer: Officer, now: number): Promise<Due[]> {
    const { chat, post, at: since } = officer;
    const programme = this.deps.offices.programme(post.programme);
    if (!programme) return [];
    const standing = { city: post.city, since, done: this.doneOf(post) };
    const due = (known: (source: string) => boolean): readonly DueReminder[] =>
      officeReminders(programme, { ...standing, known }, now, this.deps.calendar);
    // On most days nothing is, whatever was said before.
    if (due(() => false).length === 0) return [];
    const doc = await this.read(chat);
    if (!doc || !isReached(doc)) return [];
    const before = new Set([...(doc.ledger ?? []), ...doc.outbox].map(({ source }) => source));
    return due((source) => before.has(source)).map((reminder) => ({ officer, programme, reminder }));
  }

  private async read(chat: string): Promise<ChatDoc | undefined> {
    try {
      return await this.deps.chats.read(chat);
    } catch (error) {
      if (!(error instanceof FaultyDocument)) throw error;
      this.deps.log.warn('office.chat-unreadable', { chat });
      return undefined;
    }
  }

  private async put(
    { officer, programme, reminder }: Due,
    seen: ReadonlyMap<string, Overview>,
    now: number,
  ): Promise<boolean> {
    const { offices, ids, chats, notice } = this.deps;
    const { figures = NO_FIGURES, names = new Set() } = seen.get(officeKey(officer.post)) ?? {};
    const rows = await rosterOf(this.deps, { programme: programme.id, cities: [officer.post.city] });
    const unseen = new Set(rows.map((row) => listKey(row.city, row.name)).filter((key) => !names.has(key))).size;
    const { name: office } = offices.officeOf(officer.post);
    const reply = notice({ office, programme, rule: reminder.rule, figures, unseen, now });
    return chats.update(officer.chat, (doc) => {
      if (!doc || !isReached(doc)) return { result: false };
      const said = takesButtons(doc.state) ? reply : { text: reply.text };
      const filled = enqueue(doc, [{ id: ids(), reply: said, at: now, kind: 'reminder', source: reminder.source }]);
      if (filled === doc) return { result: false };
      return { doc: { ...filled, state: withButtons(filled.state, [said]) }, result: true };
    });
  }
}

function isOfficer(staff: StaffRecord): staff is Officer {
  return staff.revoked === undefined && staff.post.city !== undefined;
}

function isReached({ group, reach, state }: ChatDoc): boolean {
  return !group && reach === undefined && !isStopped(state);
}

function aheadOf(programme: Programme, now: number): readonly string[] {
  return datesAhead('city_bureau', programme, { facts: NO_FACTS }, now).map(({ entry }) => entry.id);
}
