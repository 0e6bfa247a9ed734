import { assess } from './assess.ts';
import type { Programme } from './compile.ts';
import type { Facts } from './facts.ts';

export interface AdviceChange {
  readonly fact: string;
  readonly to: string | number | boolean | null;
  readonly clause: string;
  readonly changeable: boolean;
  readonly text: string;
}

export interface Advice {
  readonly changes: readonly AdviceChange[];
}

export function advise(programme: Programme, facts: Facts, now: number): Advice[] {
  void assess(programme, facts, now);
  return [];
}
