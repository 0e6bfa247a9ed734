import type { RosterRow } from '../records/kinds.ts';

/** What the bureau command asks for, and what it is told. */

export type OperatorRequest =
  | { readonly verb: 'invite'; readonly city?: string; readonly province?: true; readonly programme?: string }
  | { readonly verb: 'staff' | 'broadcasts' }
  | { readonly verb: 'revoke'; readonly chat: string }
  | { readonly verb: 'enterprises' | 'export'; readonly city?: string; readonly programme?: string }
  | { readonly verb: 'import'; readonly rows: readonly RosterRow[] }
  | { readonly verb: 'pause' | 'resume' | 'cancel'; readonly id: string }
  | { readonly verb: 'questions'; readonly clear?: true }
  | { readonly verb: 'audit'; readonly limit?: number };

/** Why a request makes no sense; `path` names the part of it. */
export type OperatorFault = 'no-city' | 'no-programme' | 'no-staff' | 'not-found' | 'not-now' | 'no-rows';

/** One enterprise in the answer to `enterprises` and `export`. */
export interface EnterpriseLine extends Pick<RosterRow, 'contact' | 'phone'> {
  readonly name: string;
  readonly city: string;
  readonly progress: string;
  readonly missing: readonly string[];
  /** Whether something unasked would get there, as far as is known. */
  readonly connected: boolean;
}

export type OperatorAnswer =
  | { readonly kind: 'done'; readonly result: object }
  | { readonly kind: 'refused'; readonly path: string; readonly why: OperatorFault; readonly on?: string };

export function done(result: object): OperatorAnswer {
  return { kind: 'done', result };
}

export function refused(path: string, why: OperatorFault, on?: string): OperatorAnswer {
  return { kind: 'refused', path, why, ...(on === undefined ? {} : { on }) };
}
