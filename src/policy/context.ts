import type { Condition } from './condition.ts';
import type { CivilDate } from './dates.ts';
import type { FactRecord, Facts, Scalar } from './facts.ts';

/** 1 = yes, 0 = unknown, −1 = no: `all` is the minimum, `any` the maximum, `not` the sign. */
export type Tri = 1 | 0 | -1;

/** What a condition is evaluated against. */
export interface Context {
  readonly facts: Facts;
  /** The service at hand, for conditions about one service. */
  readonly service: FactRecord | undefined;
  /** UTC instant (ms). */
  readonly now: number;
  readonly today: CivilDate;
  /** Results of the assessment, for warnings and documents. */
  readonly results: FactRecord;
  /** Results per service, in step with `facts.services`. */
  readonly serviceResults: readonly FactRecord[] | undefined;
  /** Negative events nobody was asked about are unknown here instead of none: so the interview finds what to ask. */
  readonly askEvents: boolean | undefined;
  /** The contexts of all services, once a condition has looked at every one of them. */
  expanded: readonly Context[] | undefined;
  /** How the open points of the text are read here; unknown without one. */
  readonly readings: ((code: string) => Tri) | undefined;
}

/** The context of one service. Written out so that all contexts have one shape: evaluation is what costs most. */
export function ofService(context: Context, service: FactRecord | undefined): Context {
  return {
    facts: context.facts,
    service,
    now: context.now,
    today: context.today,
    results: context.results,
    serviceResults: context.serviceResults,
    askEvents: context.askEvents,
    readings: context.readings,
    expanded: undefined,
  };
}

/** A compiled condition: fast to evaluate, and able to say which facts it turns on. */
export interface Compiled {
  readonly eval: (context: Context) => Tri;
  /** Concrete paths of the facts nobody gave on which the unknown outcome depends, in reading order. */
  readonly missing: (context: Context, index: number | undefined, into: Set<string>) => void;
  readonly source: Condition;
}

/** Raised while compiling: the text names what is wrong in words for whoever edits the file. */
export class ConditionFault extends Error {}

/** Reads one fact out of a context; undefined when nobody gave it. */
export type Getter = (context: Context) => Scalar | undefined;
