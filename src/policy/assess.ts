import { CONTRADICTION, type Programme, type Rule } from './compile.ts';
import { civilDateOf } from './dates.ts';
import { ofService, type Context, type Tri } from './context.ts';
import { NO_FACTS, type Facts } from './facts.ts';
import { inForce } from './versions.ts';

export type Eligibility = 'eligible' | 'ineligible' | 'undetermined';
export type ServiceStatus = 'included' | 'open' | 'excluded';

export interface ServiceClause {
  readonly index: number;
  readonly clause: string;
}

/** A rule with what it came to for this applicant, or for one service. */
export interface Finding {
  readonly rule: Rule;
  readonly index: number | undefined;
  readonly outcome: Tri;
}

export interface Assessment {
  readonly eligibility: Eligibility;
  readonly failedRules: readonly string[];
  readonly undeterminedRules: readonly string[];
  readonly statuses: readonly ServiceStatus[];
  readonly excluded: readonly ServiceClause[];
  readonly open: readonly ServiceClause[];
  /** Every rule that was looked at, applicant first, in document order. */
  readonly findings: readonly Finding[];
  /** Those of the findings that came to nothing certain. */
  readonly unknown: readonly Finding[];
  readonly applicant: Tri;
  /** Whether the programme needs a fundable service at this stage; unknown counts as needed. */
  readonly serviceNeeded: boolean;
}

/** How an evaluation differs from the plain one; see Context. */
export interface Options {
  readonly askEvents?: boolean;
  readonly readings?: (code: string) => Tri;
}

/** The context of an evaluation at an instant (UTC ms); the calendar date is Beijing's. */
export function contextOf(facts: Facts, now: number, options: Options = {}): Context {
  return {
    facts,
    service: undefined,
    now,
    today: civilDateOf(now),
    results: NO_FACTS.top,
    serviceResults: undefined,
    askEvents: options.askEvents,
    readings: options.readings,
    expanded: undefined,
  };
}

function clausesInOrder(findings: readonly Finding[], extra: readonly string[], programme: Programme): string[] {
  const clauses = new Set([...findings.map((finding) => finding.rule.clause), ...extra]);
  const order = (clause: string): number => programme.clauseOrder.get(clause) ?? 0;
  return [...clauses].sort((a, b) => order(a) - order(b));
}

function serviceClauses(findings: readonly Finding[], programme: Programme): ServiceClause[] {
  const list: ServiceClause[] = [];
  const byIndex = new Map<number, Finding[]>();
  for (const finding of findings) {
    const group = byIndex.get(finding.index ?? 0);
    if (group) group.push(finding);
    else byIndex.set(finding.index ?? 0, [finding]);
  }
  for (const [index, group] of byIndex)
    for (const clause of clausesInOrder(group, [], programme)) list.push({ index, clause });
  return list;
}

/** The rules in force with their outcomes: first those of the applicant, then those of each service in turn. */
interface Outcomes {
  readonly programme: Programme;
  readonly own: readonly Rule[];
  readonly perService: readonly Rule[];
  readonly outcomes: readonly Tri[];
  readonly unknown: readonly Finding[];
  readonly statuses: readonly ServiceStatus[];
  readonly applicant: Tri;
  readonly needed: Tri;
}

/** An assessment of which only the outcomes are worked out: an interview looks at no more after most answers. */
class Assessed implements Assessment {
  readonly eligibility: Eligibility;
  readonly statuses: readonly ServiceStatus[];
  readonly unknown: readonly Finding[];
  readonly applicant: Tri;
  readonly serviceNeeded: boolean;
  private readonly of: Outcomes;
  private readonly noneLeft: boolean;
  private readonly lacksService: boolean;
  private all: readonly Finding[] | undefined;

  constructor(of: Outcomes) {
    const { applicant, needed, statuses, unknown } = of;
    this.of = of;
    this.statuses = statuses;
    this.unknown = unknown;
    this.applicant = applicant;
    this.serviceNeeded = needed !== -1;
    this.noneLeft = needed === 1 && statuses.length > 0 && statuses.every((status) => status === 'excluded');
    this.lacksService = this.serviceNeeded && !statuses.includes('included');
    if (applicant === -1 || this.noneLeft) this.eligibility = 'ineligible';
    else this.eligibility = applicant === 0 || this.lacksService ? 'undetermined' : 'eligible';
  }

  get findings(): readonly Finding[] {
    if (this.all) return this.all;
    const { own, perService, outcomes } = this.of;
    this.all = outcomes.map((outcome, at): Finding => {
      const behind = at - own.length;
      const rule = behind < 0 ? own[at] : perService[behind % perService.length];
      if (!rule) throw new Error(`outcome ${String(at)} belongs to no rule`);
      return { rule, index: behind < 0 ? undefined : Math.floor(behind / perService.length), outcome };
    });
    return this.all;
  }

  get failedRules(): readonly string[] {
    if (this.eligibility !== 'ineligible') return [];
    const failed = this.findings.filter(
      ({ index, outcome }) => outcome === -1 && (index === undefined || this.noneLeft),
    );
    return clausesInOrder(failed, [], this.of.programme);
  }

  get undeterminedRules(): readonly string[] {
    if (this.eligibility !== 'undetermined') return [];
    const { programme, statuses } = this.of;
    const none = this.lacksService && statuses.length === 0 ? [programme.files.services.needed.clause] : [];
    const unsure = this.unknown.filter(({ index }) => index === undefined || (this.lacksService && this.counts(index)));
    return clausesInOrder(unsure, none, programme);
  }

  get excluded(): readonly ServiceClause[] {
    const failing = this.findings.filter(({ index, outcome }) => outcome === -1 && index !== undefined);
    return serviceClauses(failing, this.of.programme);
  }

  get open(): readonly ServiceClause[] {
    const open = this.unknown.filter(({ index }) => index !== undefined && this.counts(index));
    return serviceClauses(open, this.of.programme);
  }

  /** Whether a service may still count. */
  private counts(index: number): boolean {
    return this.statuses[index] !== 'excluded';
  }
}

/**
 * Judges an applicant and its services under a programme at an instant. A definite failure beats an unknown; the
 * deadline plays no part. Pure; nothing is thrown for any facts of the vocabulary.
 */
export function assess(programme: Programme, facts: Facts, now: number, options: Options = {}): Assessment {
  const context = contextOf(facts, now, options);
  const own = inForce(programme.applicantRules, context.today);
  const perService = inForce(programme.serviceRules, context.today);
  const outcomes: Tri[] = [];
  const unknown: Finding[] = [];
  const statuses: ServiceStatus[] = [];
  /** Notes the outcomes of rules and returns the least of them. */
  const judgeBy = (rules: readonly Rule[], at: Context, index: number | undefined): Tri => {
    let least: Tri = 1;
    for (const rule of rules) {
      const outcome = rule.test.eval(at);
      outcomes.push(outcome);
      if (outcome < least) least = outcome;
      if (outcome === 0) unknown.push({ rule, index, outcome });
    }
    return least;
  };
  const applicant = judgeBy(own, context, undefined);
  const needed = programme.serviceNeeded.eval(context);
  if (needed !== -1)
    for (const [index, service] of facts.services.entries()) {
      const least = judgeBy(perService, ofService(context, service), index);
      statuses.push(least === -1 ? 'excluded' : least === 0 ? 'open' : 'included');
    }
  return new Assessed({ programme, own, perService, outcomes, unknown, statuses, applicant, needed });
}

/** Whether the answers contradict one another. */
export function isContradictory(assessment: Assessment): boolean {
  return assessment.unknown.some((finding) => finding.rule.clause === CONTRADICTION);
}
