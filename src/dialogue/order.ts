import type { Guide } from './guide.ts';

const BUNDLE = 'bundle:';

/** An entry of a programme's order of questions, looked up once. */
export interface Entry {
  readonly name: string;
  /** The bundle it stands for. */
  readonly bundle: string | undefined;
  readonly facts: readonly string[];
  readonly multi: boolean;
}

const orders = new WeakMap<readonly string[], readonly Entry[]>();

/** The entries of an order of questions. */
export function entriesOf(guide: Guide, order: readonly string[]): readonly Entry[] {
  const known = orders.get(order);
  if (known) return known;
  const made = order.map((name): Entry => {
    const bundle = name.startsWith(BUNDLE) ? name.slice(BUNDLE.length) : undefined;
    const question = guide.questions.get(name);
    return { name, bundle, facts: question?.facts ?? [], multi: question?.kind === 'multi' };
  });
  orders.set(order, made);
  return made;
}
