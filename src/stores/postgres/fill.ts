import type { Marks } from '../../app/ports.ts';
import { Database } from './database.ts';
import type { DatabaseOptions } from './database.ts';
import { DatabaseFault } from './fault.ts';
import { givenKey, storedKey, writableKey } from './keytext.ts';
import { prepareTables } from './migrate.ts';
import { DOCUMENTS, MOVES } from './sql.ts';

/** A document on its way into a database, word for word. */
export interface Moved {
  readonly key: string;
  readonly text: string;
  readonly marks: Marks;
  /** Place among the pending documents, from 1; for those that are pending. */
  readonly order?: number | undefined;
}

/** A database that is being filled from somewhere else. Until `finish`, no store opens it in the ordinary way. */
export interface Filling {
  /** The last key that an earlier run has copied; what sorts before it is there. Undefined at a first run. */
  readonly resumeAfter: string | undefined;
  /** Writes documents and notes the last of them, in one step. */
  put(documents: readonly Moved[]): Promise<void>;
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Raised when documents would be mixed with those that a database holds already. */
export class NotEmpty extends Error {
  constructor(place: string) {
    super(`database ${place} holds documents already`);
    this.name = 'NotEmpty';
  }
}

/**
 * Begins to fill a database, or goes on with a filling that was broken off. @param source tells fillings apart.
 * @throws NotEmpty; DatabaseFault `moving` when another filling was begun, and what opening a store throws.
 */
export async function fillPostgres(source: string, options: DatabaseOptions): Promise<Filling> {
  const database = new Database(options);
  try {
    await prepareTables(database, true);
    const moves = await database.all(MOVES.open, []);
    const before = moves.find((move) => move.source === storedKey(source));
    if (before === undefined && moves.length > 0) throw new DatabaseFault('moving', database.place, 'another move');
    if (before === undefined && (await database.all(DOCUMENTS.keys, ['', null, 1])).length > 0)
      throw new NotEmpty(database.place);
    await database.all(MOVES.note, [storedKey(source), before?.last_key ?? '', 0]);
    return fillingOf(database, storedKey(source), before && givenKey(before.last_key));
  } catch (error) {
    await database.close();
    throw error;
  }
}

function fillingOf(database: Database, source: string, resumeAfter: string | undefined): Filling {
  return {
    resumeAfter,
    async put(documents) {
      const last = documents.at(-1);
      if (last === undefined) return;
      const values = [
        documents.map(({ key }) => writableKey(key)),
        documents.map(({ text }) => text),
        documents.map(({ marks, order }) => (marks.pending ? (order ?? 0) : null)),
        documents.map(({ marks: { due } }) => (due !== undefined && Number.isFinite(due) ? due : null)),
        'filling:1',
        documents.map(({ marks }) => marks.touched ?? null),
        // As text: an array of arrays would have to be of one length.
        documents.map(({ marks }) => JSON.stringify((marks.places ?? []).map(storedKey))),
      ];
      const copy = (): Promise<void> =>
        database.inTransaction(async (session) => {
          await session.all(MOVES.copy, values);
          await session.all(MOVES.note, [source, storedKey(last.key), documents.length]);
        });
      // Copied twice it is the same: nobody else writes here meanwhile.
      await database.patiently(copy);
    },
    async finish() {
      await database.all(MOVES.end, [source]);
    },
    close: () => database.close(),
  };
}
