import { assess, isContradictory, type Assessment, type Finding } from './assess.ts';
import { advise, type Advice } from './advice.ts';
import { checklist, missingDocuments, type Checklist } from './checklist.ts';
import type { Programme } from './compile.ts';
import { estimate, type Estimate } from './estimate.ts';
import type { Facts } from './facts.ts';
import { yuanNumber, type Fen } from './money.ts';
import { missingFacts } from './needs.ts';
import { resultContext, stateOf, warningsOf, type Warning } from './results.ts';
import type { DeadlineState } from './timeline.ts';

/** Everything the policy core can say about an application at an instant. */
export interface Verdict {
  readonly assessment: Assessment;
  readonly estimate: Estimate;
  readonly state: DeadlineState;
  readonly warnings: readonly Warning[];
  readonly checklist: Checklist | undefined;
  readonly missingDocuments: readonly string[];
}

/** Judges, computes and lists, without explanations. `now` is a UTC instant in ms. */
export function judge(programme: Programme, facts: Facts, now: number): Verdict {
  const assessment = assess(programme, facts, now);
  const sums = estimate(programme, facts, now, assessment);
  const state = stateOf(programme, facts, now);
  const context = resultContext(programme, facts, now, assessment, sums, state.state);
  const list = checklist(programme, context);
  return {
    assessment,
    estimate: sums,
    state,
    warnings: warningsOf(programme, context),
    checklist: list,
    missingDocuments: missingDocuments(list),
  };
}

export interface Reason {
  readonly rule: string;
  readonly clause: string;
  readonly quote: string;
  readonly outcome: 'yes' | 'no' | 'unknown';
  readonly text: string;
}

const yuan = (fen: Fen | null): number | null => (fen === null ? null : yuanNumber(fen));

/** The findings that decided: the failures of an ineligible case, the open points of an undetermined one, else all. */
export function decidingFindings(assessment: Assessment): readonly Finding[] {
  const { eligibility, statuses, applicant } = assessment;
  const excluded = (finding: Finding): boolean => finding.index !== undefined && statuses[finding.index] === 'excluded';
  if (eligibility === 'ineligible')
    return assessment.findings.filter(
      (f) => f.outcome === -1 && (f.index === undefined || statuses.every((s) => s === 'excluded')),
    );
  if (eligibility === 'undetermined') return assessment.unknown.filter((f) => f.index === undefined || !excluded(f));
  return assessment.findings.filter(
    (f) => f.outcome === 1 && applicant === 1 && (f.index === undefined || statuses[f.index] === 'included'),
  );
}

/** A finding in words, with clause and quote. */
export function reasonOf(finding: Finding): Reason {
  const { file, id, clause } = finding.rule;
  const outcome = finding.outcome === 1 ? 'yes' : finding.outcome === -1 ? 'no' : 'unknown';
  const text = outcome === 'yes' ? file.says.pass : outcome === 'no' ? file.says.fail : file.says.open;
  return { rule: id, clause, quote: file.quote, outcome, text };
}

/** One reason per rule and outcome: ten services that pass the same rule give one line. */
export function reasonsOf(assessment: Assessment): Reason[] {
  const seen = new Set<string>();
  return decidingFindings(assessment).flatMap((finding) => {
    const reason = reasonOf(finding);
    const key = `${reason.rule} ${reason.outcome}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [reason];
  });
}

/** The outside form of a verdict: the object of `check --jsonl` without id, program and now. */
export interface CheckResult {
  readonly eligibility: string;
  readonly failed_rules: readonly string[];
  readonly undetermined_rules: readonly string[];
  readonly estimate_yuan: number | null;
  readonly conditional_estimate_yuan: number | null;
  readonly provincial_share_yuan: number | null;
  readonly municipal_share_yuan: number | null;
  readonly services_excluded: readonly { index: number; clause: string }[];
  readonly services_undetermined: readonly { index: number; clause: string }[];
  readonly missing_documents: readonly string[];
  readonly deadline_state: string;
  readonly warnings: readonly { code: string; text: string; clause: string }[];
  readonly reasons: readonly Reason[];
  readonly next_questions: readonly string[];
  readonly advice: readonly Advice[];
}

/** The whole answer of a quick check. Pure; `now` is a UTC instant in ms. */
export function check(
  programme: Programme,
  facts: Facts,
  now: number,
  verdict = judge(programme, facts, now),
): CheckResult {
  const { assessment, estimate: sums } = verdict;
  const undetermined = assessment.eligibility === 'undetermined';
  const unsettled = undetermined || sums.firm === null;
  const ineligible = assessment.eligibility === 'ineligible';
  return {
    eligibility: assessment.eligibility,
    failed_rules: assessment.failedRules,
    undetermined_rules: assessment.undeterminedRules,
    estimate_yuan: yuan(sums.firm),
    conditional_estimate_yuan: yuan(sums.conditional),
    provincial_share_yuan: yuan(sums.provincial),
    municipal_share_yuan: yuan(sums.municipal),
    services_excluded: assessment.excluded,
    services_undetermined: assessment.open,
    missing_documents: verdict.missingDocuments,
    deadline_state: verdict.state.state,
    warnings: verdict.warnings.map(({ code, text, clause }) => ({ code, text, clause })),
    reasons: reasonsOf(assessment),
    next_questions: unsettled ? missingFacts(programme, facts, now, assessment, sums) : [],
    advice: ineligible && !isContradictory(assessment) ? advise(programme, facts, now) : [],
  };
}
