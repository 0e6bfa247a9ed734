import { cp } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { documentCodec } from '../../../src/app/records/documents.ts';
import type { Log, Store } from '../../../src/app/ports.ts';
import type { AnyDoc } from '../../../src/app/records/documents.ts';
import { postgresStore } from '../../../src/stores/postgres/postgres.ts';
import { BureauWorld, NOW, SECOND } from '../../app/staff/world.ts';
import { bundled } from '../../support/bundle.ts';
import { content } from '../../support/kit.ts';
import type { OwnServer } from '../../support/postgres.ts';
import { Swarm, type SwarmOptions, type SwarmOutcome } from '../postgres-swarm.ts';
import { CHANNEL, FLEET_LIMITS } from './limits.ts';
import { FleetPlatform } from './platform.ts';

/** What assistants that are killed came to, as people saw it. All but sizes, times and duplicates should be zero. */
export interface FleetOutcome extends SwarmOutcome {
  readonly receivers: number;
  /** Replies and messages of the broadcast that nobody was ever shown. */
  readonly missing: number;
  /** Shown once more, and what is allowed: accidents × messages under way. */
  readonly duplicates: number;
  readonly allowed: number;
  /** Receivers whose report does not say `sent`, and those shown it twice without the report saying so. */
  readonly unsettled: number;
  readonly unmarked: number;
  /** Longest time (ms) from an accident's end in which nothing was shown although much was waiting. */
  readonly longestSilence: number;
}

export interface FleetOptions extends Omit<SwarmOptions, 'worker' | 'healed'> {
  readonly receivers: number;
}

const DATA = resolve(import.meta.dirname, '../../../data');
const OFFICER = `${CHANNEL}:officer`;
const TEXT = '请尽快申领';
const PATIENCE_MS = 60_000;
const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };
const firm = (index: number): string => `${CHANNEL}:firm${index}`;

async function onDatabase<Result>(url: string, work: (store: Store<AnyDoc>) => Promise<Result>): Promise<Result> {
  const store = await postgresStore({ url, codec: documentCodec, log });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A broadcast that is confirmed, and whose undo window is over at NOW + 200 s. */
async function writeBroadcast(store: Store<AnyDoc>, receivers: number): Promise<string> {
  const { broadcast } = content.bureau;
  const world = new BureauWorld(store, {
    ...content.bureau,
    broadcast: { ...broadcast, approval_from: receivers + 1 },
  });
  await Promise.all(
    Array.from({ length: receivers }, (_, index) => world.firm({ chat: firm(index), name: `${index}号有限公司` })),
  );
  await world.bind(OFFICER, '太原市');
  return world.broadcast(OFFICER, '全部', TEXT, receivers);
}

/** Three assistants answer messages and carry a broadcast on one database, while they are killed and it is brought down. */
export async function runFleet(server: OwnServer, options: FleetOptions): Promise<FleetOutcome> {
  const { chats, perChat, receivers, accidents } = options;
  const url = await server.database();
  const id = await onDatabase(url, (store) => writeBroadcast(store, receivers));
  const platform = new FleetPlatform();
  const address = await platform.start();
  const program = await bundled(join(import.meta.dirname, 'worker.ts'));
  try {
    // A copy: the program and the content that it is made for stay together, whatever is worked on meanwhile.
    const data = join(dirname(program.file), 'data');
    await cp(DATA, data, { recursive: true });
    const offset = NOW + 200 * SECOND - Date.now();
    const worker = { file: program.file, args: [address, String(offset), data] };
    const swarm = new Swarm(server, url, { ...options, worker, healed: () => platform.mark() });
    // The report to the officer comes on top.
    const all = chats * perChat + receivers;
    const ms = await swarm.run(async () => {
      await platform.until(all, PATIENCE_MS);
      // What a killed process had under way was shown, and is still to be shown once more and noted.
      await onDatabase(url, (store) => allNoted(store, platform, id, receivers));
    });
    const seen = { ms, receivers, longestSilence: platform.longestSilence, ...swarm.counts };
    const settled = await onDatabase(url, (store) => settlement(store, platform, id, receivers));
    const replies = Array.from({ length: chats }, (_, index) => platform.shown.get(`${CHANNEL}:${index}`) ?? []);
    const states = await onDatabase(url, (store) => counted(store, chats, perChat));
    const duplicates = [...platform.shown.values()].reduce((sum, texts) => sum + texts.length - new Set(texts).size, 0);
    return {
      ...{ messages: chats * perChat, ...seen, ...settled, ...states, duplicates },
      missing: replies.reduce((sum, texts) => sum + perChat - new Set(texts).size, 0) + settled.missing,
      disordered: replies.reduce((sum, texts) => sum + outOfOrder(texts), 0),
      allowed: accidents.length * FLEET_LIMITS.inFlight,
    };
  } finally {
    await program.remove();
    await platform.close();
  }
}

/** Replies that were first shown in another place than that of their message. */
function outOfOrder(texts: readonly string[]): number {
  return [...new Set(texts)].filter((text, index) => text !== `${index + 1} m${index}`).length;
}

/** Messages that took no effect, or more than one: each counts the chat up by one. */
async function counted(store: Store<AnyDoc>, chats: number, perChat: number): Promise<{ lost: number; twice: number }> {
  let [lost, twice] = [0, 0];
  for (let index = 0; index < chats; index += 1) {
    const doc = await store.read(`${CHANNEL}:${index}`);
    const count = doc && 'handled' in doc ? Number(doc.state.programme) : 0;
    lost += Math.max(0, perChat - count);
    twice += Math.max(0, count - perChat);
  }
  return { lost, twice };
}

async function allNoted(store: Store<AnyDoc>, platform: FleetPlatform, id: string, receivers: number): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    if ((await settlement(store, platform, id, receivers)).unsettled === 0) return;
    await pause(200);
  }
}

async function settlement(store: Store<AnyDoc>, platform: FleetPlatform, id: string, receivers: number) {
  let [missing, unsettled, unmarked] = [0, 0, 0];
  for (let index = 0; index < receivers; index += 1) {
    const times = (platform.shown.get(firm(index)) ?? []).length;
    const doc = await store.read(firm(index));
    const line = doc && 'ledger' in doc ? doc.ledger.find(({ source }) => source === `broadcast:${id}`) : undefined;
    if (times === 0) missing += 1;
    if (line?.outcome !== 'sent') unsettled += 1;
    if (times > 1 && line?.repeated !== true) unmarked += 1;
  }
  return { missing, unsettled, unmarked };
}
