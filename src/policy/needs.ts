import { ofService } from './context.ts';
import { contextOf, type Assessment, type Finding, type Options } from './assess.ts';
import type { Programme } from './compile.ts';
import type { Estimate } from './estimate.ts';
import type { Facts } from './facts.ts';
import { factAt } from './facts.ts';

/** What is still wanted of the user, by concrete path in reading order; each part is worked out when it is looked at. */
export interface Needs {
  readonly applicant: ReadonlySet<string>;
  /** Of one service; empty where nothing can change its outcome any more. */
  readonly service: (index: number) => ReadonlySet<string>;
  /** What only the amount depends on. */
  readonly amount: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

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
  if (assessment.applicant === -1) return { applicant: NOTHING, service: () => NOTHING, amount: NOTHING };
  const context = contextOf(facts, now, options);
  const services: (ReadonlySet<string> | undefined)[] = [];
  let applicant: Set<string> | undefined;
  let amount: Set<string> | undefined;
  return {
    get applicant() {
      if (applicant) return applicant;
      applicant = new Set<string>();
      for (const { fact, when } of programme.askWhen)
        if (options.askEvents && factAt(facts, fact) === undefined && when.eval(context) === 1) applicant.add(fact);
      for (const { rule, index, outcome } of assessment.findings)
        if (outcome === 0 && index === undefined) rule.test.missing(context, undefined, applicant);
      return applicant;
    },
    service(index) {
      const known = services[index];
      if (known) return known;
      const wanted = new Set<string>();
      services[index] = wanted;
      if (assessment.statuses[index] === 'excluded') return wanted;
      const at = ofService(context, facts.services[index]);
      for (const finding of assessment.findings)
        if (finding.outcome === 0 && finding.index === index) finding.rule.test.missing(at, index, wanted);
      return wanted;
    },
    get amount() {
      if (amount) return amount;
      amount = new Set<string>();
      amountNeeds(programme, facts, now, assessment, sums(), options, amount);
      return amount;
    },
  };
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
          into.add(fact.replace('[]', `[${String(index)}]`));
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
  for (const finding of assessment.findings) {
    if (finding.outcome !== 0) continue;
    if (finding.index === undefined || assessment.statuses[finding.index] !== 'excluded') count(finding);
  }
  const rest = needs(programme, facts, now, assessment, () => sums).amount;
  const ranked = [...score.keys()].sort((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0));
  return [...ranked, ...[...rest].filter((path) => !score.has(path))];
}
