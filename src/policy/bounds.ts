import type { Assessment } from './assess.ts';
import { HUGE, spanOf, type Span } from './bounds-span.ts';
import type { Programme } from './compile.ts';
import { valuesOf } from './domains.ts';
import type { Estimate } from './estimate.ts';
import type { Tri } from './evaluate.ts';
import { vocabularyPath, withFacts, type Facts, type Scalar } from './facts.ts';
import type { Fen } from './money.ts';
import { relaxed } from './relaxed.ts';

/** How low and how high the firm figure can still come out. */
export interface Bounds {
  /** Fen. */
  readonly low: Fen;
  /** Fen. */
  readonly high: Fen;
  /** Concrete paths of the unknown facts on which it depends, in reading order; empty when the ends are equal. */
  readonly dependsOn: readonly string[];
  /** Codes of the readings on which it depends. */
  readonly open: readonly string[];
  /** Both ends are reached by some completion. Otherwise they only hold: no completion lies outside. */
  readonly exact: boolean;
}

/** Partial states that one search may look at, for an application with one service. */
const STATES = 6_000;

interface State {
  readonly facts: Facts;
  readonly readings: ReadonlyMap<string, Tri>;
  readonly span: Span;
}

/**
 * The least and the greatest firm subsidy over every completion of the facts nobody gave and every reading of the open
 * points, with the services named so far; unknown amounts go from nothing to what fills the cap. Undefined while a
 * service is needed and none is named. `now` is a UTC instant in ms.
 */
export function bounds(
  programme: Programme,
  facts: Facts,
  now: number,
  assessment: Assessment,
  sums: Estimate,
): Bounds | undefined {
  if (assessment.eligibility === 'ineligible') return { low: 0, high: 0, dependsOn: [], open: [], exact: true };
  if (assessment.serviceNeeded && facts.services.length === 0) return undefined;
  const loose = relaxed(programme);
  const look = (of: Facts, readings: ReadonlyMap<string, Tri>): State => {
    const span = spanOf(loose, of, now, { readings: (code) => readings.get(code) ?? 0 });
    return { facts: of, readings, span };
  };
  const root = look(facts, new Map());
  const settled = root.span.facts.length + root.span.codes.length === 0;
  if (settled && sums.firm !== null) return { low: sums.firm, high: sums.firm, dependsOn: [], open: [], exact: true };

  // Every state looked at tells of completions: one with low = high = 0 proves that nothing can be had.
  let reachedLow = root.span.high;
  let reachedHigh = root.span.low;
  const children = ({ facts: at, readings, span }: State): State[] => {
    const [path] = span.facts;
    const [code] = span.codes;
    if (path !== undefined)
      return candidates(programme, path, at, now).map((value) =>
        look(withFacts(at, [{ path, value }], programme.vocabulary), readings),
      );
    if (code === undefined) return [];
    return ([1, -1] as const).map((tri) => look(at, new Map([...readings, [code, tri]])));
  };

  function search(end: 'low' | 'high'): { value: Fen; exact: boolean } {
    let left = Math.ceil(STATES / (1 + facts.services.length));
    const better = (span: Span): boolean => (end === 'low' ? span.low < reachedLow : span.high > reachedHigh);
    const order = (a: State, b: State): number =>
      end === 'low'
        ? a.span.low - b.span.low || a.span.high - b.span.high
        : b.span.high - a.span.high || b.span.low - a.span.low;
    let outer: Fen | undefined;
    const stack = [root];
    for (let state = stack.pop(); state; state = stack.pop()) {
      if (!better(state.span)) continue;
      if (left <= 0) {
        const { low, high } = state.span;
        outer = end === 'low' ? Math.min(outer ?? low, low) : Math.max(outer ?? high, high);
        continue;
      }
      const next = children(state);
      left -= next.length;
      for (const { span } of next) {
        reachedLow = Math.min(reachedLow, span.high);
        reachedHigh = Math.max(reachedHigh, span.low);
      }
      // The most promising comes last, off the stack first.
      stack.push(...next.sort(order).reverse());
    }
    const reached = end === 'low' ? reachedLow : reachedHigh;
    if (outer === undefined) return { value: reached, exact: true };
    return { value: end === 'low' ? Math.min(outer, reached) : Math.max(outer, reached), exact: false };
  }

  const low = search('low');
  const high = search('high');
  const same = low.value === high.value;
  return {
    low: low.value,
    high: high.value,
    dependsOn: same ? [] : root.span.facts,
    open: same ? [] : root.span.codes.filter((code) => programme.files.programme.readings[code] !== undefined),
    exact: low.exact && high.exact,
  };
}

/** Values that stand for all: amounts from nothing to more than any cap; none for the attribute of what is not held. */
function candidates(programme: Programme, path: string, facts: Facts, now: number): readonly Scalar[] {
  const spec = programme.vocabulary.facts.get(vocabularyPath(path));
  const values = valuesOf(programme, path, facts, now);
  if (spec?.type === 'money') return [...new Set<Scalar>([0, HUGE, ...values])];
  const maybeHeld = spec?.member !== undefined && facts.top[spec.member] !== true;
  return maybeHeld && spec.type !== 'bool' ? [...values, false] : values;
}
