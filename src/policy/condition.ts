export type { Condition, Operand, Test } from './schema/conditions.ts';
