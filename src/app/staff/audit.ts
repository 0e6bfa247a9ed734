import type { Records } from '../records/documents.ts';
import type { AuditRecord } from '../records/kinds.ts';

/** Notes what was done or refused. */
export type Audit = (entry: Omit<AuditRecord, 'record' | 'v'>) => Promise<void>;

/** An audit log in the store. `ids` rise. */
export function auditIn(records: Records, ids: () => string): Audit {
  return (entry) => records.put('audit', ids(), { record: 'audit', v: 1, ...entry });
}
