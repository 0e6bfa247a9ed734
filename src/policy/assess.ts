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

/**
 * Judges an applicant and its services under a programme at an instant. A definite failure beats an unknown; the
 * deadline plays no part. Pure; nothing is thrown for any facts of the vocabulary.
 */
export function assess(programme: Programme, facts: Facts, now: number, options: Options = {}): Assessment {
  const context = contextOf(facts, now, options);
  const findings: Finding[] = [];
  let applicant: Tri = 1;
  for (const rule of inForce(programme.applicantRules, context.today)) {
    const outcome = rule.test.eval(context);
    findings.push({ rule, index: undefined, outcome });
    if (outcome < applicant) applicant = outcome;
  }
  const applicantCount = findings.length;
  const needed = programme.serviceNeeded.eval(context);
  const serviceNeeded = needed !== -1;
  const statuses: ServiceStatus[] = [];
  const excluded: Finding[] = [];
  const open: Finding[] = [];
  const rules = inForce(programme.serviceRules, context.today);
  if (serviceNeeded)
    facts.services.forEach((service, index) => {
      const at = ofService(context, service);
      const failing: Finding[] = [];
      const unknown: Finding[] = [];
      for (const rule of rules) {
        const outcome = rule.test.eval(at);
        const finding = { rule, index, outcome };
        findings.push(finding);
        if (outcome === -1) failing.push(finding);
        else if (outcome === 0) unknown.push(finding);
      }
      statuses.push(failing.length > 0 ? 'excluded' : unknown.length > 0 ? 'open' : 'included');
      if (failing.length > 0) excluded.push(...failing);
      else open.push(...unknown);
    });

  const own = findings.slice(0, applicantCount);
  const noneLeft = needed === 1 && statuses.length > 0 && statuses.every((status) => status === 'excluded');
  const included = statuses.includes('included');
  const failed = own.filter((finding) => finding.outcome === -1);
  const ineligible = failed.length > 0 || noneLeft;
  const unsure = own.filter((finding) => finding.outcome === 0);
  const lacksService = serviceNeeded && !included;
  const undetermined = !ineligible && (unsure.length > 0 || lacksService);
  return {
    eligibility: ineligible ? 'ineligible' : undetermined ? 'undetermined' : 'eligible',
    // The lists are worked out when they are told: an interview looks at the outcome after every answer.
    get failedRules() {
      return ineligible ? clausesInOrder([...failed, ...(noneLeft ? excluded : [])], [], programme) : [];
    },
    get undeterminedRules() {
      if (!undetermined) return [];
      const none = lacksService && statuses.length === 0 ? [programme.files.services.needed.clause] : [];
      return clausesInOrder([...unsure, ...(lacksService ? open : [])], none, programme);
    },
    statuses,
    get excluded() {
      return serviceClauses(excluded, programme);
    },
    get open() {
      return serviceClauses(open, programme);
    },
    findings,
    applicant,
    serviceNeeded,
  };
}

/** Whether the answers contradict one another. */
export function isContradictory(assessment: Assessment): boolean {
  return assessment.findings.some((finding) => finding.rule.clause === CONTRADICTION && finding.outcome === 0);
}
