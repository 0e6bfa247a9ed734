import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newChatDoc, type ChatDoc } from '../../../src/app/chatdoc.ts';
import { chatsOf, documentCodec, type AnyDoc } from '../../../src/app/records/documents.ts';
import type { Go } from '../../../src/app/dispatch/deps.ts';
import type { Log, Store } from '../../../src/app/ports.ts';
import { replan } from '../../../src/app/tick.ts';
import { reminderMayGo } from '../../../src/app/tickplan.ts';
import { pullUnasked } from '../../../src/app/tickpull.ts';
import { openPlace, type StorePlace } from '../../../src/cli/store/place.ts';
import { rawCodec } from '../../../src/cli/store/raw.ts';
import { verify, type Verified } from '../../../src/cli/store/verify.ts';
import { NEW_CHAT } from '../../../src/dialogue/index.ts';
import { BureauWorld, NOW, SECOND } from '../../app/staff/world.ts';
import { seeded } from '../../app/dispatch/time.ts';
import { bundled } from '../../support/bundle.ts';
import { content } from '../../support/kit.ts';
import { sql } from '../../support/postgres.ts';
import { tickWorld } from '../../app/tick-world.ts';

/** What a move with kills brought to light. */
export interface MoveOutcome {
  readonly chats: number;
  /** Processes of the move that were killed, and those among them that had not copied anything yet. */
  readonly kills: number;
  readonly early: number;
  readonly from: Verified;
  readonly to: Verified;
  /** Messages shown before the move and after it, by chat and source: a reminder for each chat, a broadcast for some. */
  readonly shownBefore: number;
  readonly shownAfter: number;
  /** Chats that the new place finds by the place of their firms. */
  readonly placed: number;
  /** Shown on both sides or twice, and never shown. */
  readonly repeated: number;
  readonly missing: number;
}

const quiet = (): void => undefined;
const log: Log = { info: quiet, warn: quiet, error: quiet };
const MIGRATE = resolve(import.meta.dirname, '../../../src/cli/store.ts');
/** Every tenth chat of each channel is a firm that a broadcast is for. */
const isFirm = (index: number): boolean => index % 20 < 2;
const chatOf = (index: number): string => `${index % 2 === 0 ? 'a' : 'b'}:${index}`;
/** Past the undo window of the broadcast. */
const LATER = NOW + 200 * SECOND;

/** An assistant over a store, as far as it says something unasked. */
class Office {
  readonly bureau: BureauWorld;
  private readonly chats: Store<ChatDoc>;
  private readonly plan: ReturnType<typeof tickWorld>['deps'];

  constructor(store: Store<AnyDoc>, name: string) {
    const { broadcast } = content.bureau;
    this.bureau = new BureauWorld(store, { ...content.bureau, broadcast: { ...broadcast, approval_from: 1_000_000 } });
    this.chats = chatsOf(store);
    this.plan = tickWorld(this.chats, name).deps;
  }

  /** Puts what is due into the outboxes. */
  async fill(): Promise<void> {
    await replan(this.plan, LATER);
    await this.bureau.service.carry(LATER);
  }

  /** Hands over what may leave to chats with the prefix; each message is noted as `chat source`. */
  async leave(prefix: string, shown: Map<string, number>): Promise<void> {
    const { handover, assistant, service } = this.bureau;
    const sources = new Map<string, string>();
    const mayGo = (source: string, chat: string, doc: ChatDoc, now: number): Go => {
      const go = service.broadcasts.mayGo(source, doc, now) ?? reminderMayGo(this.plan, source, doc, now);
      for (const entry of doc.outbox) if (entry.source === source) sources.set(entry.id, `${chat} ${source}`);
      return go;
    };
    for (const { chat, outgoing } of await pullUnasked({ store: this.chats, handover, log, mayGo }, prefix, LATER)) {
      for (const { id } of outgoing) shown.set(sources.get(id) ?? id, (shown.get(sources.get(id) ?? id) ?? 0) + 1);
      await assistant.delivered(
        chat,
        outgoing.map(({ id }) => id),
      );
    }
  }
}

/** Chats that want reminders, every tenth of them a firm that may be seen; half of them on a channel `a`. */
async function fill(store: Store<AnyDoc>, count: number): Promise<void> {
  const put = (_: unknown, index: number): Promise<void> => {
    const chat = chatOf(index);
    const consent = { given: true, at: NOW - 20 * 86_400_000, wording: 'w' };
    const firm = { id: `E${index}`, name: `${index}号有限公司`, city: '太原市', dossiers: {} };
    const state = {
      ...{ ...NEW_CHAT, programme: 'shanxi-2026', remind: true, enterprises: [firm] },
      consents: { remind: consent, ...(isFirm(index) ? { share: consent } : {}) },
    };
    return store.update(chat, () => ({ doc: { ...newChatDoc(chat), state, updatedAt: NOW }, result: undefined }));
  };
  await Promise.all(Array.from({ length: count }, put));
}

async function inPlace<Result>(place: StorePlace, work: (store: Store<AnyDoc>) => Promise<Result>): Promise<Result> {
  const { store } = await openPlace(place, documentCodec, log);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function verified(place: StorePlace): Promise<Verified> {
  const { store } = await openPlace(place, rawCodec, log);
  try {
    return await verify(store);
  } finally {
    await store.close();
  }
}

/** Documents that the move has noted as copied. */
async function copied(url: string): Promise<number> {
  const [table] = await sql(url, `SELECT to_regclass('voucher_moves') IS NOT NULL AS there`);
  if (table?.['there'] !== true) return 0;
  return Number((await sql(url, 'SELECT coalesce(sum(copied), 0) AS copied FROM voucher_moves'))[0]?.['copied']);
}

/**
 * Moves a directory into an empty database by processes that are killed with SIGKILL, and at last by one that is not.
 * Before it half of the people were reminded and written to, and after it the assistant goes on over the database.
 */
export async function moveWithKills(dir: string, url: string, chats: number, kills: number): Promise<MoveOutcome> {
  const from: StorePlace = { stateDir: join(dir, 'state') };
  const to: StorePlace = { stateDir: join(dir, 'none'), databaseUrl: url };
  const before = new Map<string, number>();
  const firms = chats / 10;
  await inPlace(from, async (store) => {
    await fill(store, chats);
    const office = new Office(store, 'before');
    await office.bureau.bind('c:officer', '太原市');
    await office.bureau.broadcast('c:officer', '全部', '请尽快', firms);
    await office.fill();
    await office.leave('a:', before);
  });
  const { early, done } = await killMoves(from, url, chats, kills);
  const after = new Map<string, number>();
  const sums = { from: await verified(from), to: await verified(to) };
  let placed = 0;
  await inPlace(to, async (store) => {
    for await (const key of store.placed?.(['太原市']) ?? []) placed += Number(key !== '');
    const office = new Office(store, 'after');
    await office.fill();
    await office.leave('', after);
  });
  const all = new Set([...before.keys(), ...after.keys()]);
  const times = [...all].map((one) => (before.get(one) ?? 0) + (after.get(one) ?? 0));
  return {
    ...{ chats, kills: done, early, ...sums },
    shownBefore: before.size,
    shownAfter: after.size,
    placed,
    repeated: times.filter((count) => count > 1).length,
    missing: wanted(all, chats).filter((one) => !all.has(one)).length,
  };
}

/** What all of them have to be shown: the reminders that the first one got, and the broadcast. */
function wanted(shown: ReadonlySet<string>, chats: number): string[] {
  const sources = (kind: string): string[] =>
    [...shown].filter((one) => one.startsWith(`a:0 ${kind}`)).map((one) => one.slice('a:0 '.length));
  const [reminders, broadcasts] = [sources('lead:'), sources('broadcast:')];
  if (reminders.length === 0 || broadcasts.length !== 1)
    throw new Error('the first chat was not written to as intended');
  return Array.from({ length: chats }, (_, index) =>
    [...reminders, ...(isFirm(index) ? broadcasts : [])].map((source) => `${chatOf(index)} ${source}`),
  ).flat();
}

async function killMoves(
  { stateDir }: StorePlace,
  url: string,
  chats: number,
  kills: number,
): Promise<{ readonly early: number; readonly done: number }> {
  const program = await bundled(MIGRATE);
  const random = seeded(1);
  const env = { ...process.env, STATE_DIR: stateDir, DATABASE_URL: url, LOG_LEVEL: 'silent' };
  const start = () => spawn(process.execPath, [program.file, 'migrate'], { env, stdio: 'ignore' });
  let [early, done] = [0, 0];
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const child = start();
      const exit = once(child, 'exit');
      const share = (kill + random()) / kills;
      // At the beginning of the whole way while it starts, at the end while it compares, in between while it copies.
      if (share < 0.2 || share > 0.8) await pause(1_000 * random());
      else while (child.exitCode === null && (await copied(url)) < (chats * (share - 0.2)) / 0.6) await pause(5);
      if ((await copied(url)) === 0) early += 1;
      child.kill('SIGKILL');
      await exit;
      if (child.exitCode === 0) return { early, done };
      if (child.signalCode === 'SIGKILL') done += 1;
    }
    const last = start();
    const [code] = (await once(last, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`the move ended with ${String(code)}`);
  } finally {
    await program.remove();
  }
  return { early, done };
}
