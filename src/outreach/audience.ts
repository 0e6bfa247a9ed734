import type { Audience } from '../dialogue/staff/audience.ts';
import type { ChatState, Dossier, Enterprise } from '../dialogue/state.ts';
import { judge, type Verdict } from '../policy/check.ts';
import type { Programme } from '../policy/compiled.ts';
import { NO_FACTS } from '../policy/facts.ts';
import { hasFiled, isOver, statesOf, trackOf, type Machine } from '../policy/procedure.ts';

/** Which enterprises an office may see, and which of them a broadcast is for. */

const DAY_MS = 86_400_000;

/** Whether the person behind the chat agreed that the office may see how its enterprises stand. */
export function isShared(state: ChatState): boolean {
  return state.consents?.share?.given === true;
}

/** Whether nothing unasked may be said. */
export function isStopped(state: ChatState): boolean {
  return state.stopped !== undefined;
}

/** An enterprise that may be looked at, with what is worked out of it by need. */
export class Member {
  readonly programme: Programme;
  readonly enterprise: Enterprise;
  readonly now: number;
  private judged: Verdict | undefined;

  constructor(programme: Programme, enterprise: Enterprise, now: number) {
    this.programme = programme;
    this.enterprise = enterprise;
    this.now = now;
  }

  get dossier(): Dossier {
    return this.enterprise.dossiers[this.programme.id] ?? { facts: NO_FACTS };
  }

  get city(): string | undefined {
    return cityOf(this.programme, this.enterprise);
  }

  get verdict(): Verdict {
    this.judged ??= judge(this.programme, this.dossier.facts, this.now);
    return this.judged;
  }

  /** Whether the papers are handed in. */
  get isFiled(): boolean {
    return hasFiled(this.track, this.dossier.progress);
  }

  /** Whether they still have to be: not who handed them in, gave up, or was rejected. */
  get isOpen(): boolean {
    return !isOver(this.track, this.dossier.progress);
  }

  /** Whether the office has given the papers back, and they did not come again. */
  get isReturned(): boolean {
    return this.isOpen && this.dossier.marked?.mark === 'returned';
  }

  /** Where it stands, in the words of the procedure; empty when it has not said. */
  get progress(): string {
    const { progress } = this.dossier;
    return statesOf(this.track).find(({ id }) => id === progress)?.label ?? '';
  }

  /** Names of the papers that are still missing; none once they are handed in. */
  get missing(): readonly string[] {
    if (!this.isOpen) return [];
    const { checklist, missingDocuments } = this.verdict;
    return checklist?.items.filter(({ id }) => missingDocuments.includes(id)).map(({ name }) => name) ?? [];
  }

  get track(): readonly Machine[] {
    return trackOf(this.programme, this.dossier.facts, this.now);
  }
}

/** The city of an enterprise, as the programme names it. */
export function cityOf(programme: Programme, enterprise: Enterprise): string | undefined {
  const said = enterprise.dossiers[programme.id]?.facts.top[programme.files.programme.city_fact];
  return typeof said === 'string' ? said : enterprise.city;
}

/** Whether what an audience was chosen for still holds of a member; that somebody has written since does not matter. */
export function isStillIn(audience: Audience, member: Member): boolean {
  const { unseenDays: _unseen, roster: _roster, ...rest } = audience;
  return isIn(rest, member, member.now, true);
}

/**
 * Whether an enterprise that may be seen belongs to the audience. `seenAt` is when its chat wrote last (UTC ms),
 * `listed` whether it stands on the office's list.
 */
export function isIn(audience: Audience, member: Member, seenAt: number, listed: boolean): boolean {
  const { verdict, filed, progress, lacks, unseenDays, roster } = audience;
  const { city, now } = member;
  // Without a name nobody knows who it is.
  if (city === undefined || !audience.cities.includes(city) || member.enterprise.name === undefined) return false;
  if (roster && !listed) return false;
  if (unseenDays !== undefined && now - seenAt < unseenDays * DAY_MS) return false;
  if (progress !== undefined && member.dossier.progress !== progress) return false;
  if (filed !== undefined && !(filed ? member.isFiled : member.isOpen)) return false;
  if (verdict !== undefined && member.verdict.assessment.eligibility !== verdict) return false;
  if (lacks === undefined) return true;
  return lacks === '*' ? member.missing.length > 0 : member.missing.includes(lacks);
}
