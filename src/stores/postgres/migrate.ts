import { Database } from './database.ts';
import type { DatabaseOptions, Session } from './database.ts';
import { DatabaseFault } from './fault.ts';
import { MIGRATION_LOCK, MIGRATIONS, MOVES, SCHEMA } from './sql.ts';

async function versionOf(session: Session): Promise<number> {
  const [exists] = await session.all(SCHEMA.exists);
  if (exists?.present !== true) return 0;
  const [row] = await session.all(SCHEMA.version);
  return row?.version ?? 0;
}

/** Makes the missing tables, in one transaction that processes which start together take turns at. */
async function makeTables(session: Session): Promise<void> {
  await session.run(SCHEMA.begin);
  await session.run(MIGRATION_LOCK);
  const version = await versionOf(session);
  if (version === 0) await session.run(SCHEMA.create);
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    await session.run(step);
    await session.all(SCHEMA.note, [index + 1]);
  }
  await session.run(SCHEMA.commit);
}

/** What is there, seen without changing anything. */
export type DatabaseState = { readonly tag: 'fresh' } | { readonly tag: 'ready'; readonly movingFrom?: string };

async function inspectTables(session: Session, place: string): Promise<DatabaseState> {
  const [row] = await session.all(SCHEMA.encoding);
  if (row?.encoding !== 'UTF8') throw new DatabaseFault('encoding', place, row?.encoding ?? 'unknown');
  const version = await versionOf(session);
  if (version > MIGRATIONS.length) throw new DatabaseFault('newer', place, `version ${version}`);
  if (version < MIGRATIONS.length) return { tag: 'fresh' };
  const [move] = await session.all(MOVES.open);
  return move ? { tag: 'ready', movingFrom: move.source } : { tag: 'ready' };
}

/** How long (ms) a start waits at most for a database of which nothing is to be seen. */
const START_MS = 3_000;
/** The database says that it is starting up, or going down. */
const STARTING = '57P03';

/**
 * Brings the tables to the state of this release.
 * @param moving a half-finished move into this database is no hindrance.
 * @throws DatabaseFault when it cannot be reached or used, holds tables of a newer release, or half a move.
 */
export function prepareTables(database: Database, moving: boolean): Promise<void> {
  return database.patiently(
    () =>
      database.inSession(async (session) => {
        let state = await inspectTables(session, database.place);
        if (state.tag === 'fresh') {
          await makeTables(session);
          // Tables of an earlier release may hold half a move.
          state = await inspectTables(session, database.place);
        }
        if (state.tag === 'ready' && state.movingFrom !== undefined && !moving)
          throw new DatabaseFault('moving', database.place, 'unfinished');
      }),
    ({ code }) => (code === STARTING ? database.retryMs : Math.min(START_MS, database.retryMs)),
  );
}

/** Looks at a database and changes nothing. @throws DatabaseFault when it cannot be reached or used. */
export async function inspectDatabase(options: DatabaseOptions): Promise<DatabaseState> {
  const database = new Database(options);
  try {
    return await database.inSession((session) => inspectTables(session, database.place));
  } finally {
    await database.close();
  }
}
