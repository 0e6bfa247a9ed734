import { performance } from 'node:perf_hooks';
import { fillTable, plansOf } from '../test/stores/postgres-plans.ts';
import { runFleet } from '../test/stores/fleet/fleet.ts';
import { runSwarm, type Accident } from '../test/stores/postgres-swarm.ts';
import { postgresStore } from '../src/stores/postgres/postgres.ts';
import { sampleCodec } from '../test/stores/sample.ts';
import { ownServer, type OwnServer } from '../test/support/postgres.ts';

const ROWS = 1_000_000;
const ACCIDENTS: readonly Accident[] = ['kill', 'crash', 'kill', 'restart', 'kill'];
const LONGEST_MS = 10_000;

/** Three processes, 20,000 messages of 1,000 chats; a process is killed or the database brought down 30 times. */
async function swarm(server: OwnServer): Promise<void> {
  const accidents = Array.from({ length: 6 }, () => ACCIDENTS).flat();
  const outcome = await runSwarm(server, { chats: 1_000, perChat: 20, accidents });
  console.log(`${accidents.length} accidents`, outcome);
  const { lost, disordered, twice, failed, twoHolders, slowestRecovery, slowestTakeover } = outcome;
  if (lost + disordered + twice + failed + twoHolders > 0) throw new Error('messages or leases went wrong');
  if (Math.max(slowestRecovery, slowestTakeover) > LONGEST_MS) throw new Error('recovery took too long');
}

/** The same with whole assistants, their answers shown by a platform, and a broadcast to 5,000 beside them. */
async function fleet(server: OwnServer): Promise<void> {
  const accidents = Array.from({ length: 6 }, () => ACCIDENTS).flat();
  const outcome = await runFleet(server, { chats: 1_000, perChat: 20, receivers: 5_000, accidents });
  console.log(`${accidents.length} accidents, with a broadcast`, outcome);
  const { lost, twice, missing, disordered, failed, twoHolders, unsettled, unmarked, duplicates, allowed } = outcome;
  if (lost + twice + missing + disordered + failed + twoHolders + unsettled + unmarked > 0)
    throw new Error('messages, answers or the broadcast went wrong');
  if (duplicates > allowed) throw new Error('more was shown again than a kill allows');
  const { slowestRecovery, slowestTakeover, longestSilence } = outcome;
  if (Math.max(slowestRecovery, slowestTakeover, longestSilence) > LONGEST_MS)
    throw new Error('recovery took too long');
}

/** The store's statements on a million documents: each has to find its rows by an index. */
async function million(server: OwnServer): Promise<void> {
  const url = await server.database();
  const quiet = (): void => undefined;
  const store = await postgresStore({ url, codec: sampleCodec, log: { info: quiet, warn: quiet, error: quiet } });
  const start = performance.now();
  await fillTable(url, ROWS);
  console.log(`${ROWS} documents filled in, ${Math.round((performance.now() - start) / 1_000)} s`);
  const plans = await plansOf(url);
  for (const { statement, indexes, ms } of plans) console.log(`${statement.padEnd(20)} ${indexes.join(', ')} ${ms} ms`);
  await store.close();
  if (plans.some(({ scansTable, sorts }) => scansTable || sorts))
    throw new Error('a statement reads or sorts too much');
}

/** The store on PostgreSQL at full size. Prints figures; rejects when anything was lost, doubled or slow. */
export async function run(): Promise<void> {
  const server = await ownServer({ durable: true });
  try {
    await swarm(server);
    await fleet(server);
    await million(server);
  } finally {
    await server.remove();
  }
}
