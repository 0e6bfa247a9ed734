import { ofService, type Context } from './context.ts';
import { contextOf, type Assessment, type Finding, type Options } from './assess.ts';
import type { Programme } from './compile.ts';
import type { Estimate } from './estimate.ts';
import type { Facts } from './facts.ts';
import { factAt, placeOf } from './facts.ts';

/** What is still wanted of the user, by concrete path in reading order; each part is worked out when it is looked at. */
export interface Needs {
  readonly applicant: ReadonlySet<string>;
  /** Of one service; empty where nothing can change its outcome any more. */
  readonly service: (index: number) => ReadonlySet<string>;
  /** What only the amount depends on. */
  readonly amount: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

const NOTHING_NEEDED: Needs = { applicant: NOTHING, service: () => NOTHING, amount: NOTHING };

class OpenNeeds implements Needs {
  private readonly programme: Programme;
  private readonly facts: Facts;
  private readonly now: number;
  private readonly assessment: Assessment;
  private readonly sums: () => Estimate;
  private readonly options: Options;
  private readonly context: Context;
  private readonly services: (ReadonlySet<string> | undefined)[] = [];
  private ofApplicant: ReadonlySet<string> | undefined;
  private ofAmount: ReadonlySet<string> | undefined;

  constructor(
    programme: Programme,
    facts: Facts,
    now: number,
    assessment: Assessment,
    sums: () => Estimate,
    options: Options,
  ) {
    this.programme = programme;
    this.facts = facts;
    this.now = now;
    this.assessment = assessment;
    this.sums = sums;
    this.options = options;
    this.context = contextOf(facts, now, options);
  }

  get applicant(): ReadonlySet<string> {
    if (this.ofApplicant) return this.ofApplicant;
    const wanted = new Set<string>();
    if (this.options.askEvents)
      for (const { fact, when } of this.programme.askWhen)
        if (factAt(this.facts, fact) === undefined && when.eval(this.context) === 1) wanted.add(fact);
    for (const { rule, index } of this.assessment.unknown)
      if (index === undefined) rule.test.missing(this.context, undefined, wanted);
    this.ofApplicant = wanted;
    return wanted;
  }

  service(index: number): ReadonlySet<string> {
    const known = this.services[index];
    if (known) return known;
    const wanted = new Set<string>();
    this.services[index] = wanted;
    if (this.assessment.statuses[index] === 'excluded') return wanted;
    const at = ofService(this.context, this.facts.services[index]);
    for (const finding of this.assessment.unknown)
      if (finding.index === index) finding.rule.test.missing(at, index, wanted);
    return wanted;
  }

  get amount(): ReadonlySet<string> {
    if (this.ofAmount) return this.ofAmount;
    const wanted = new Set<string>();
    amountNeeds(this.programme, this.facts, this.now, this.assessment, this.sums(), this.options, wanted);
    this.ofAmount = wanted;
    return wanted;
  }
}

/**
 * The facts nobody gave on which the verdict or the amount still depends. A service that is certainly excluded needs
 * nothing more; nor does anything once an applicant rule certainly fails. `sums` is asked for only with the amount.
 */
export function needs(
  programme: Programme,
  facts: Facts,
  now: number,
  assessment: Assessment,
  sums: () => Estimate,
  options: Options = {},
): Needs {
  return assessment.applicant === -1 ? NOTHING_NEEDED : new OpenNeeds(programme, facts, now, assessment, sums, options);
}

function amountNeeds(
  programme: Programme,
  facts: Facts,
  now: number,
  assessment: Assessment,
  sums: Estimate,
  options: Options,
  into: Set<string>,
): void {
  if (assessment.eligibility === 'ineligible') return;
  const context = contextOf(facts, now, options);
  const wanted = (path: string): boolean => typeof factAt(facts, path) !== 'number';
  for (const receipt of programme.receipts)
    if ((receipt.when?.eval(context) ?? 1) !== -1 && wanted(receipt.value)) into.add(receipt.value);
  const { limit } = programme;
  if (limit && (limit.when?.eval(context) ?? 1) !== -1 && wanted(limit.fact)) into.add(limit.fact);
  // The choice of cap is asked for only when it makes a difference to the figure.
  if (sums.favourableRoom !== sums.room && (sums.flags.capApplied || sums.flags.capExhausted))
    for (const cap of programme.caps) if (cap.when?.eval(context) === 0) cap.when.missing(context, undefined, into);
  if (sums.rate !== sums.favourableRate)
    for (const line of programme.lines)
      for (const rate of line.rates) if (rate.when?.eval(context) === 0) rate.when.missing(context, undefined, into);
  programme.lines.forEach((line) => {
    for (const { fact, optional } of line.file.base) {
      if (!optional || !options.askEvents) continue;
      facts.services.forEach((service, index) => {
        const status = assessment.statuses[index];
        if (status !== undefined && status !== 'excluded' && service[fact] === undefined)
          into.add(placeOf(fact, index));
      });
    }
  });
}

/** How many of the open rules each fact would help to settle, most first; ties in reading order. */
export function missingFacts(
  programme: Programme,
  facts: Facts,
  now: number,
  assessment: Assessment,
  sums: Estimate,
): string[] {
  const context = contextOf(facts, now);
  const score = new Map<string, number>();
  const count = (finding: Finding): void => {
    const found = new Set<string>();
    const { index } = finding;
    const at = index === undefined ? context : ofService(context, facts.services[index]);
    finding.rule.test.missing(at, index, found);
    // A fact that alone settles its rule is worth more than one of many.
    for (const path of found) score.set(path, (score.get(path) ?? 0) + 1 / found.size);
  };
  for (const finding of assessment.unknown) {
    if (finding.index === undefined || assessment.statuses[finding.index] !== 'excluded') count(finding);
  }
  const rest = needs(programme, facts, now, assessment, () => sums).amount;
  const ranked = [...score.keys()].sort((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0));
  return [...ranked, ...[...rest].filter((path) => !score.has(path))];
}
