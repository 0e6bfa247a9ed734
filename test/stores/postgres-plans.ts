import { Client } from 'pg';
import { DOCUMENTS, SHARED, type Statement } from '../../src/stores/postgres/sql.ts';

/** What the database would do for a statement of the store. */
export interface Plan {
  readonly statement: string;
  /** The indexes it would use. */
  readonly indexes: readonly string[];
  /** Whether it would read a whole table. */
  readonly scansTable: boolean;
  /** Whether it would sort more than a page of what it found. */
  readonly sorts: boolean;
  /** Milliseconds, run for real. */
  readonly ms: number;
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly Plans?: readonly Node[];
}

/**
 * Fills the table with documents of about 2 kB: one in a hundred pending, one in ten due, a year ahead at most, half of
 * them of one place and one in 2,000 of another.
 */
export async function fillTable(url: string, rows: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO voucher_documents (key, doc, version, writers, pending_order, due, places)
     SELECT 'telegram:' || n, '{"version":2,"count":' || n || ',"text":"' || repeat(md5(n::text), 60) || '"}',
       nextval('voucher_writes'), ARRAY['filled:1'], CASE WHEN n % 100 = 0 THEN n END,
       CASE WHEN n % 10 = 0 THEN 1767225600000 + n * 31536000000.0 / $1 END,
       CASE WHEN n % 2000 = 0 THEN ARRAY['洛阳市'] WHEN n % 2 = 0 THEN ARRAY['太原市'] ELSE '{}' END
     FROM generate_series(1, $1::int) AS n`,
    [rows],
  );
  await client.query('VACUUM ANALYZE voucher_documents');
  await client.end();
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

const PAGE = 1_000;

function rowsInto({ Plans = [] }: Node): number {
  return Plans.reduce((sum, plan) => sum + (plan['Actual Rows'] ?? 0), 0);
}

/** The statements that run all day, with values as they come. */
const CALLS: readonly (readonly [Statement<unknown>, readonly unknown[]])[] = [
  [DOCUMENTS.read, ['telegram:700']],
  [DOCUMENTS.replace, ['telegram:700', '{}', false, null, ['x:1'], null, [], '0']],
  [DOCUMENTS.pending, [50]],
  [DOCUMENTS.due, [1_767_225_600_000 + 3_600_000, 50]],
  [DOCUMENTS.keys, ['telegram:7', null, 50]],
  [DOCUMENTS.placed, [['洛阳市'], '', null, PAGE]],
  [DOCUMENTS.placed, [['太原市', '洛阳市'], 'telegram:5', 'telegram:5', PAGE]],
  [DOCUMENTS.purge, []],
  [SHARED.claim, [['telegram:'], 50, 'holder', 6_000]],
  [SHARED.extend, [['telegram:700', 'telegram:800'], 'holder', 6_000]],
  [SHARED.touched, [0, 'telegram:700', 1_767_225_600_000, 50]],
];

/** Plans and times of the store's statements on a filled database, which they leave as it was. */
export async function plansOf(url: string): Promise<Plan[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const plans: Plan[] = [];
  for (const [{ name, text }, values] of CALLS) {
    await client.query('BEGIN');
    const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, [...values]);
    await client.query('ROLLBACK');
    const [{ Plan: top, 'Execution Time': ms }] = rows[0]['QUERY PLAN'] as [{ Plan: Node; 'Execution Time': number }];
    const nodes = nodesOf(top);
    plans.push({
      statement: name,
      indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
      scansTable: nodes.some((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined),
      sorts: nodes.some((node) => node['Node Type'] === 'Sort' && rowsInto(node) > PAGE),
      ms,
    });
  }
  await client.end();
  return plans;
}
