/** The pure core: what the rules say about facts at an instant. */
export { advise, type Advice } from './advice.ts';
export { bounds, type Bounds } from './bounds.ts';
export { assess, contextOf, type Assessment, type Eligibility } from './assess.ts';
export { check, judge, reasonsOf, type CheckResult, type Verdict } from './check.ts';
export { checklist, type Checklist, type ChecklistItem } from './checklist.ts';
export { compileProgramme, DataFault, type Programme, type ProgrammeFiles } from './compile.ts';
export * from './dates.ts';
export { estimate, type Estimate } from './estimate.ts';
export {
  factAt,
  NO_FACTS,
  placeOf,
  servicePath,
  vocabularyPath,
  withFacts,
  withoutFacts,
  type Assignment,
  type Facts,
  type Scalar,
} from './facts.ts';
export { readFacts, FactsFault } from './border.ts';
export * from './money.ts';
export { needs, missingFacts, type Needs } from './needs.ts';
export type { BundleItem, Contact, Question } from './programme.ts';
export { companySize, SIZES, type SizeIndicator, type SizeStandard } from './size.ts';
export { resultContext, stateOf, type Warning } from './results.ts';
export type { DeadlineState } from './timeline.ts';
export {
  datesAhead,
  hasFiled,
  isOver,
  nextSteps,
  statesOf,
  trackOf,
  WITHDRAWN,
  type Machine,
  type Role,
  type Transition,
} from './procedure.ts';
export type { ReminderRule } from './compiled.ts';
export type { FactSpec, Vocabulary } from './vocabulary.ts';
