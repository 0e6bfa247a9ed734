import type { NotReached } from './reach-plan.ts';

/** Why somebody has not got a message: out of reach, or what else became of it. */
export type Missed = NotReached | 'unreachable' | 'failed' | 'ambiguous' | 'unsubscribed';

/** An enterprise that has not got a message. */
export interface MissedFirm {
  readonly city: string;
  readonly name: string;
  readonly why: Missed;
}

/** Somebody to be called. A number that the register does not have is absent. */
export interface Call {
  readonly name: string;
  readonly why: Missed;
  readonly phone?: string;
}

/** Those to be called, at most so many. Numbers come from the register alone, by city and name; none is made up. */
export function callList(
  missed: readonly MissedFirm[],
  register: (city: string, name: string) => string | undefined,
  most: number,
): Call[] {
  return missed.slice(0, most).map(({ city, name, why }) => {
    const phone = register(city, name);
    return phone === undefined ? { name, why } : { name, why, phone };
  });
}
