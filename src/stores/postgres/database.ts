import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import PQueue from 'p-queue';
import { Client, Pool } from 'pg';
import type { Log } from '../../app/ports.ts';
import { codeOf, DatabaseFault, databaseFault } from './fault.ts';
import { SCHEMA } from './sql.ts';
import type { Statement } from './sql.ts';

/** Where the database is and how patiently it is worked with. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  readonly log: Log;
  /** Connections of this process at most; default 10. */
  readonly connections?: number;
  /** How long (ms) an operation is tried again while the database is away; default 20,000. */
  readonly retryMs?: number;
}

const CONNECTIONS = 10;
const RETRY_MS = 20_000;
const CONNECT_MS = 3_000;
/** A server that says nothing for so long is taken for gone. */
const SILENT_MS = 5_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/** One thing after the other, on one connection. */
export interface Session {
  all<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Statements without values or answer. */
  run(text: string): Promise<void>;
}

function configOf(url: string) {
  return { connectionString: url, connectionTimeoutMillis: CONNECT_MS, application_name: 'voucher', keepAlive: true };
}

function placeOf(url: string): string {
  try {
    const { host, port, database } = new Client(configOf(url));
    return `${host}:${port}/${database ?? ''}`;
  } catch (error) {
    // The driver's own words repeat the address, and with it the password.
    throw new DatabaseFault('address', '?', codeOf(error));
  }
}

/** The answer of the driver, or its error as a fault, without what it quotes. */
async function guarded<Result>(place: string, answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw databaseFault(error, place);
  }
}

function sessionOn(client: Pick<Client, 'query'>, place: string): Session {
  return {
    async all<Row>({ name, text }: Statement<Row>, values: readonly unknown[] = []) {
      return (await guarded(place, client.query({ name, text, values: [...values] }))).rows as Row[];
    },
    async run(text) {
      await guarded(place, client.query(text));
    },
  };
}

/** Connections to one database, with patience. */
export class Database {
  /** host:port/database, for people. */
  readonly place: string;
  private readonly url: string;
  private readonly log: Log;
  /** How long (ms) the database may be away before an operation is given up. */
  readonly retryMs: number;
  private readonly pool: Pool;
  /** Waiting for a connection is done here, in the order of asking; the pool would count it as a failure to connect. */
  private readonly gate: PQueue;
  private awaySince: number | undefined;

  /** Connects nowhere yet. @throws DatabaseFault when the address cannot be read. */
  constructor({ url, log, connections = CONNECTIONS, retryMs = RETRY_MS }: DatabaseOptions) {
    this.place = placeOf(url);
    this.url = url;
    this.log = log;
    this.retryMs = retryMs;
    this.pool = new Pool({ ...configOf(url), max: connections, query_timeout: SILENT_MS });
    // A connection that breaks while nobody uses it is simply made anew.
    this.pool.on('error', () => undefined);
    this.gate = new PQueue({ concurrency: connections });
  }

  /** One statement that is its own transaction, tried once. @throws DatabaseFault. */
  attempt<Row>({ name, text }: Statement<Row>, values: readonly unknown[]): Promise<readonly Row[]> {
    return this.gate.add(async () => {
      const { rows } = await guarded(this.place, this.pool.query({ name, text, values: [...values] }));
      return rows as Row[];
    });
  }

  /** One statement, tried again; only for what may be done twice. @throws DatabaseFault. */
  all<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<readonly Row[]> {
    return this.patiently(() => this.attempt(statement, values));
  }

  /**
   * Does `work` until it goes well, or the database has been away for longer than `limitFor` (ms) allows.
   * @throws DatabaseFault, and whatever else `work` throws.
   */
  async patiently<Result>(
    work: () => Promise<Result>,
    limitFor: (fault: DatabaseFault) => number = () => this.retryMs,
  ): Promise<Result> {
    let failedSince: number | undefined;
    for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
      try {
        const result = await work();
        if (failedSince !== undefined) this.back();
        return result;
      } catch (error) {
        failedSince ??= performance.now();
        if (!(error instanceof DatabaseFault) || !error.passing) throw error;
        if (performance.now() - failedSince >= limitFor(error)) throw error;
        this.away(error.code);
        // Spread, so that the processes of one database do not come back all at the same moment.
        await pause(longest * (0.5 + Math.random() / 2));
      }
    }
  }

  /** Said once, however many operations are waiting. */
  private away(code: string): void {
    if (this.awaySince !== undefined) return;
    this.awaySince = performance.now();
    this.log.warn('store.away', { database: this.place, code });
  }

  private back(): void {
    if (this.awaySince === undefined) return;
    this.log.info('store.back', { database: this.place, ms: Math.round(performance.now() - this.awaySince) });
    this.awaySince = undefined;
  }

  /** Runs `work` in a session of its own, outside the pool and without a limit of time. @throws DatabaseFault. */
  async inSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const client = new Client(configOf(this.url));
    client.on('error', () => undefined);
    try {
      await guarded(this.place, client.connect());
      return await work(sessionOn(client, this.place));
    } finally {
      // Ends an open transaction as well; a connection that is gone already says so here once more.
      await client.end().catch(() => undefined);
    }
  }

  /** Runs `work` in one transaction, which is undone when it rejects. @throws DatabaseFault. */
  inTransaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return this.gate.add(async () => {
      const client = await guarded(this.place, this.pool.connect());
      let broken = true;
      try {
        const session = sessionOn(client, this.place);
        await session.run(SCHEMA.begin);
        const result = await work(session);
        await session.run(SCHEMA.commit);
        broken = false;
        return result;
      } finally {
        client.release(broken);
      }
    });
  }

  /** Waits for what is under way and gives all connections back. */
  async close(): Promise<void> {
    await this.gate.onIdle();
    await this.pool.end();
  }
}
