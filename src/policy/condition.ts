export type { Condition, Operand, Test } from './schema/conditions.ts';

/** The comparisons of a test, in the order in which they are written in the docs. */
export const COMPARISONS = ['is', 'in', 'from', 'to', 'above', 'below', 'known'] as const;
