import { contextOf, type Assessment } from './assess.ts';
import type { Programme } from './compile.ts';
import type { Estimate } from './estimate.ts';
import type { Context } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { deadlineState, type DeadlineState } from './timeline.ts';

/** The context in which warnings and documents are judged: facts, clock, and what the assessment came to. */
export function resultContext(
  programme: Programme,
  facts: Facts,
  now: number,
  assessment: Assessment,
  sums: Estimate,
  state: string,
): Context {
  const splitsInTwo = (programme.files.subsidy.split?.provincial ?? 0) > 0;
  const odd = sums.firm !== null && sums.firm % 2 === 1 && sums.provincial !== null && splitsInTwo;
  return {
    ...contextOf(facts, now),
    results: {
      'result.eligibility': assessment.eligibility,
      'result.deadline_state': state,
      'result.estimate_yuan': sums.firm,
      'result.conditional_estimate_yuan': sums.conditional,
      'result.cap_applied': sums.flags.capApplied,
      'result.cap_exhausted': sums.flags.capExhausted,
      'result.limit_binds': sums.flags.limitBinds,
      'result.odd_fen': odd,
    },
    serviceResults: facts.services.map((_, index) => ({
      'services[].status': assessment.statuses[index] ?? null,
      'services[].base_yuan': sums.bases[index] ?? null,
    })),
  };
}

/** A warning that applies, with its text and clause. */
export interface Warning {
  readonly code: string;
  readonly text: string;
  readonly clause: string;
  readonly prominent: boolean;
}

/** The warnings that certainly apply, in the order of warnings.yaml. */
export function warningsOf(programme: Programme, context: Context): Warning[] {
  return programme.warnings
    .filter((warning) => warning.when.eval(context) === 1)
    .map(({ file }) => ({ code: file.code, text: file.text, clause: file.clause, prominent: file.prominent }));
}

/** Convenience for callers that need the state as well. */
export function stateOf(programme: Programme, facts: Facts, now: number): DeadlineState {
  return deadlineState(programme, contextOf(facts, now));
}
