import type { Scalar } from './facts.ts';

/** A fact that may be given another value. */
export interface Variable {
  readonly path: string;
  /** Made when it is first tried: most facts never are. */
  readonly values: () => readonly Scalar[];
  /** Whether it can be chosen as the working facts stand: the level of a certificate only once it is held. */
  readonly ready: () => boolean;
}

/** Something that has to hold, and the facts its outcome turns on (no other change can alter it). */
export interface Demand {
  readonly id: string;
  readonly clause: string;
  /** What to tell when it does not hold and nothing can be done. */
  readonly says: string;
  readonly holds: () => boolean;
  readonly variables: readonly Variable[];
}

/** One change, with the demand that called for it. */
export interface Step {
  readonly path: string;
  readonly value: Scalar;
  readonly demand: Demand;
}

/** The most changes that one group of connected demands may take. */
export const MAX_CHANGES = 6;
/** How many sets of the same smallest size are told. */
export const MAX_ALTERNATIVES = 3;

/** Sets the value at a path in the working facts and returns how to take it back. */
export type Apply = (path: string, value: Scalar) => () => void;

/** Work left, shared by the searches of one call so that no input can make it slow. */
export interface Budget {
  left: number;
}

/**
 * The smallest sets of changes under which all demands hold; empty when there is none within the bounds. In any such
 * set some fact of the first demand that fails must differ, so trying only those loses nothing. A fact that has been
 * tried is left out of the branches beside it: each set is met once.
 */
export function smallestSets(demands: readonly Demand[], apply: Apply, budget: Budget, most = MAX_CHANGES): Step[][] {
  const found: Step[][] = [];
  const seen = new Set<string>();
  const closed = new Set<string>();
  const chosen: Step[] = [];

  /** Whether the depth cut something off: when it did not, everything was seen and going deeper would repeat it. */
  function descend(left: number): boolean {
    budget.left--;
    const failing = demands.find((demand) => !demand.holds());
    if (!failing) {
      const key = chosen
        .map((step) => step.path)
        .sort()
        .join('\n');
      if (!seen.has(key)) found.push([...chosen]);
      seen.add(key);
      return false;
    }
    const open = failing.variables.filter((variable) => !closed.has(variable.path) && variable.ready());
    if (left === 0) return open.length > 0;
    let cut = false;
    for (const { path, values } of open) {
      closed.add(path);
      for (const value of values()) {
        if (budget.left <= 0 || found.length >= MAX_ALTERNATIVES) break;
        const undo = apply(path, value);
        chosen.push({ path, value, demand: failing });
        if (descend(left - 1)) cut = true;
        chosen.pop();
        undo();
      }
    }
    for (const { path } of open) closed.delete(path);
    return cut;
  }

  for (let size = 0; size <= most && budget.left > 0; size++) if (!descend(size) || found.length > 0) break;
  return found;
}

/** Groups of demands that share facts, each in the given order; a change in one group leaves the others as they are. */
export function connected(demands: readonly Demand[]): Demand[][] {
  const groupOf = new Map<string, Set<Demand>>();
  const groups = new Set<Set<Demand>>();
  for (const demand of demands) {
    const group = new Set([demand]);
    for (const { path } of demand.variables) {
      const other = groupOf.get(path);
      if (!other || !groups.delete(other)) continue;
      for (const one of other) group.add(one);
    }
    groups.add(group);
    for (const one of group) for (const { path } of one.variables) groupOf.set(path, group);
  }
  return [...groups].map((group) => demands.filter((demand) => group.has(demand)));
}
