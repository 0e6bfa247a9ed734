/*
 * All SQL of the store. Keys are compared byte by byte ("C"), so that the primary key serves prefixes in any database.
 * Columns that change with every write (version, writers, updated_at) are in no index and in no condition of one: a
 * write that leaves the marks alone then touches no index at all. `touched` changes once a week for that reason.
 */

/** A statement with the type of its rows; the name lets each connection prepare it once. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Never there: it ties the type of the rows to the statement. */
  readonly row?: Row;
}

function statement<Row = never>(name: string, text: string): Statement<Row> {
  return { name: `voucher.${name}`, text };
}

interface KeyRow {
  readonly key: string;
}

/** A document as it lies in the table. `doc` is null for one deleted lately; bigint comes as text. */
export interface DocumentRow {
  readonly doc: string | null;
  readonly version: string;
  readonly writers: readonly string[];
  readonly fault: string | null;
}

/** The release of the tables: one step for each number; steps that were ever shipped are not changed. */
export const MIGRATIONS: readonly string[] = [
  `CREATE SEQUENCE voucher_writes;
   CREATE TABLE voucher_documents (
     key text COLLATE "C" PRIMARY KEY,
     doc text,
     version bigint NOT NULL,
     writers text[] NOT NULL,
     pending_order bigint,
     due double precision,
     fault text,
     holder text,
     held_until timestamptz,
     deleted_at timestamptz,
     updated_at timestamptz NOT NULL DEFAULT now()
   ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
   CREATE INDEX voucher_pending ON voucher_documents (pending_order) WHERE pending_order IS NOT NULL AND fault IS NULL;
   CREATE INDEX voucher_due ON voucher_documents (due, key) WHERE due IS NOT NULL AND fault IS NULL;
   CREATE INDEX voucher_deleted ON voucher_documents (deleted_at) WHERE deleted_at IS NOT NULL;
   CREATE TABLE voucher_leases (name text PRIMARY KEY, holder text NOT NULL, until timestamptz NOT NULL);
   CREATE TABLE voucher_moves (source text PRIMARY KEY, last_key text NOT NULL, copied bigint NOT NULL);`,
  // Rows from before count as old: who looks at them finds out, and puts the mark right. No row is rewritten for it.
  `ALTER TABLE voucher_documents ADD COLUMN touched double precision DEFAULT 0;
   CREATE INDEX voucher_touched ON voucher_documents (touched, key) WHERE touched IS NOT NULL AND fault IS NULL;`,
  // Of rows from before the places are not known (null) until they are written again: they are always among the found.
  `ALTER TABLE voucher_documents ADD COLUMN places text[];
   CREATE INDEX voucher_places ON voucher_documents USING gin (places);
   CREATE INDEX voucher_unplaced ON voucher_documents (key) WHERE places IS NULL;`,
];

/** Held while tables are made, so that processes that start together do it one after the other. */
export const MIGRATION_LOCK = 'SELECT pg_advisory_xact_lock(7305501829460217)';

export const SCHEMA = {
  begin: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  commit: 'COMMIT',
  encoding: statement<{ encoding: string }>('encoding', `SELECT current_setting('server_encoding') AS encoding`),
  // Not by to_regclass: behind a lock it still answers from what the session remembers of before.
  exists: statement<{ present: boolean }>(
    'exists',
    `SELECT EXISTS (SELECT FROM pg_class WHERE relname = 'voucher_schema' AND pg_table_is_visible(oid)) AS present`,
  ),
  create: 'CREATE TABLE voucher_schema (version int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
  version: statement<{ version: number }>('schema', 'SELECT coalesce(max(version), 0) AS version FROM voucher_schema'),
  note: statement('note-schema', 'INSERT INTO voucher_schema (version) VALUES ($1)'),
};

export const DOCUMENTS = {
  read: statement<DocumentRow>('read', 'SELECT doc, version, writers, fault FROM voucher_documents WHERE key = $1'),
  /** key, doc, pending, due, writers, touched, places. No row when the key is there already. */
  insert: statement<{ version: string }>(
    'insert',
    `INSERT INTO voucher_documents (key, doc, version, pending_order, due, writers, touched, places)
     SELECT $1, $2, n, CASE WHEN $3::boolean THEN n END, $4, $5, $6, $7 FROM nextval('voucher_writes') AS n
     ON CONFLICT (key) DO NOTHING RETURNING version`,
  ),
  /** As insert (a doc of null deletes), then the expected version. No row when somebody else has written since. */
  replace: statement<{ version: string }>(
    'replace',
    `UPDATE voucher_documents SET doc = $2, version = n, pending_order = CASE WHEN $3::boolean THEN n END, due = $4,
       writers = $5, touched = $6, places = $7, fault = NULL, updated_at = now(),
       deleted_at = CASE WHEN $2::text IS NULL THEN now() END,
       holder = CASE WHEN $3::boolean THEN holder END, held_until = CASE WHEN $3::boolean THEN held_until END
     FROM nextval('voucher_writes') AS n WHERE key = $1 AND version = $8 RETURNING version`,
  ),
  /** key, version, fault or null. */
  mark: statement('mark', 'UPDATE voucher_documents SET fault = $3 WHERE key = $1 AND version = $2'),
  pending: statement<KeyRow>(
    'pending',
    `SELECT key FROM voucher_documents WHERE pending_order IS NOT NULL AND fault IS NULL
     ORDER BY pending_order LIMIT $1`,
  ),
  due: statement<KeyRow>(
    'due',
    `SELECT key FROM voucher_documents WHERE due IS NOT NULL AND fault IS NULL AND due <= $1
     ORDER BY due, key LIMIT $2`,
  ),
  /** first key, a key to leave out (the last one of the page before, or null), limit. */
  keys: statement<KeyRow>(
    'keys',
    `SELECT key FROM voucher_documents WHERE key >= $1 AND key IS DISTINCT FROM $2 AND doc IS NOT NULL
     ORDER BY key LIMIT $3`,
  ),
  /** places, first key, a key to leave out (the last one of the page before, or null), limit. */
  placed: statement<KeyRow>(
    'placed',
    `SELECT key FROM voucher_documents
     WHERE (places && $1::text[] OR places IS NULL) AND key >= $2 AND key IS DISTINCT FROM $3
       AND doc IS NOT NULL
     ORDER BY key LIMIT $4`,
  ),
  /** Deleted documents stay for ten minutes, for writers that have yet to learn whether their own write came through. */
  purge: statement(
    'purge',
    `DELETE FROM voucher_documents WHERE key IN (
       SELECT key FROM voucher_documents WHERE deleted_at < now() - interval '10 minutes'
       LIMIT 10000 FOR UPDATE SKIP LOCKED)`,
  ),
};

export const SHARED = {
  /** name, holder, ms. A row when the holder has it now. Time is the database's own: hosts may disagree. */
  lease: statement<{ name: string }>(
    'lease',
    `INSERT INTO voucher_leases AS l (name, holder, until)
     VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
     WHERE l.holder = excluded.holder OR l.until < clock_timestamp() RETURNING name`,
  ),
  unlease: statement('unlease', 'DELETE FROM voucher_leases WHERE name = $1 AND holder = $2'),
  /** prefixes, limit, holder, ms. */
  claim: statement<{ key: string; pending_order: string }>(
    'claim',
    `WITH next AS (
       SELECT key FROM voucher_documents
       WHERE pending_order IS NOT NULL AND fault IS NULL
         AND (held_until IS NULL OR held_until < clock_timestamp())
         AND EXISTS (SELECT FROM unnest($1::text[]) AS prefix WHERE starts_with(key, prefix COLLATE "C"))
       ORDER BY pending_order LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE voucher_documents AS d SET holder = $3, held_until = clock_timestamp() + $4 * interval '1 millisecond'
     FROM next WHERE d.key = next.key RETURNING d.key, d.pending_order`,
  ),
  /** keys, holder, ms. */
  extend: statement<KeyRow>(
    'extend',
    `UPDATE voucher_documents SET held_until = clock_timestamp() + $3 * interval '1 millisecond'
     WHERE key = ANY ($1::text[]) AND holder = $2 RETURNING key`,
  ),
  release: statement(
    'release',
    'UPDATE voucher_documents SET holder = NULL, held_until = NULL WHERE key = ANY ($1::text[]) AND holder = $2',
  ),
  /** touched and key of the one before, an instant, limit. */
  touched: statement<KeyRow & { touched: number }>(
    'touched',
    `SELECT key, touched FROM voucher_documents
     WHERE touched IS NOT NULL AND fault IS NULL AND (touched, key) > ($1, $2) AND touched < $3
     ORDER BY touched, key LIMIT $4`,
  ),
};

export const MOVES = {
  /**
   * keys, docs, orders among the pending (null: not pending), dues, writer, touched, places (as JSON). A database being
   * filled is nobody else's.
   */
  copy: statement(
    'copy',
    `INSERT INTO voucher_documents AS d (key, doc, version, pending_order, due, writers, touched, places)
     SELECT key, doc, nextval('voucher_writes'), pending, due, ARRAY[$5::text], touched,
       ARRAY(SELECT json_array_elements_text(places::json))
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::double precision[], $6::double precision[], $7::text[])
       AS one (key, doc, pending, due, touched, places)
     ON CONFLICT (key) DO UPDATE SET doc = excluded.doc, version = excluded.version, due = excluded.due,
       pending_order = excluded.pending_order, writers = excluded.writers, touched = excluded.touched,
       places = excluded.places, fault = NULL, deleted_at = NULL`,
  ),
  /** source, last key (as it was given), copied since the last note. */
  note: statement(
    'note-move',
    `INSERT INTO voucher_moves AS m (source, last_key, copied) VALUES ($1, $2, $3)
     ON CONFLICT (source) DO UPDATE SET last_key = excluded.last_key, copied = m.copied + excluded.copied`,
  ),
  open: statement<{ source: string; last_key: string }>('moves', 'SELECT source, last_key FROM voucher_moves'),
  end: statement('end-move', 'DELETE FROM voucher_moves WHERE source = $1'),
};
