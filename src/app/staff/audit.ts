import type { Records } from '../records/documents.ts';

/** Notes what was done or refused. */
export type Audit = (entry: {
  readonly at: number;
  /** The chat of an officer, or `operator`. */
  readonly who: string;
  readonly what: string;
  /** What it was done to: an id or a city; never a name of a person, a number or words of a message. */
  readonly on?: string;
  readonly result: string;
}) => Promise<void>;

/** An audit log in the store. `ids` rise. */
export function auditIn(records: Records, ids: () => string): Audit {
  return (entry) => records.put('audit', ids(), { record: 'audit', v: 1, ...entry });
}
