import { createHash } from 'node:crypto';
import { documentCodec } from '../../../src/app/records/documents.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { keptLog } from '../../app/support.ts';
import { BureauWorld, NOW, SECOND } from '../../app/staff/world.ts';
import { BLOCKED, BotApi, flood, type Call } from '../../support/botapi/index.ts';
import { content } from '../../support/kit.ts';
import type { Program } from '../../support/program.ts';
import { serveAt } from '../../support/serving.ts';

/** A broadcast by the program as it is started, to a platform that enforces its limit. Shares are of recipients. */
export interface PacePlan {
  readonly recipients: number;
  /** Have blocked the bot. */
  readonly blocked?: number;
  /** Whose first message meets with 429 and a second to wait. */
  readonly refused?: number;
  /** After so many messages all sending is stopped for so long (s). */
  readonly ban?: { readonly after: number; readonly seconds: number };
  /** Somebody writes to the bot every so often (ms). */
  readonly everyMs: number;
}

export interface PaceOutcome {
  readonly seconds: number;
  /** Of these nothing might be sent. */
  readonly heldSeconds: number;
  readonly messages: number;
  /** Messages a second of the time in which something might be sent, against 30. */
  readonly share: number;
  /** Refusals of the limit itself: our own doing. */
  readonly ownRefusals: number;
  /** Messages that left although the platform had asked to wait; those on their way at that moment do not count. */
  readonly insideHold: number;
  readonly missed: number;
  readonly twice: number;
  readonly blockedTriedAgain: number;
  /** Waits for a reply (ms), asked for when nothing was stopped and nobody waited because of a stop. */
  readonly replies: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

const PER_SECOND = 30;
const STRANGERS = 1_000_000;
/** What is on its way when the platform says stop arrives within this time (ms). */
const ON_ITS_WAY = 150;

/** A number from 0 to 1 that is the same for a chat in every run. */
function chance(chat: number, what: string): number {
  return createHash('sha256').update(`${what}${chat}`).digest().readUInt32BE() / 2 ** 32;
}

async function prepare(dir: string, recipients: number): Promise<void> {
  const store = await lowdbStore({ dir, codec: documentCodec, log: keptLog() });
  const limits = { ...content.bureau, broadcast: { ...content.bureau.broadcast, approval_from: recipients + 1 } };
  const world = new BureauWorld(store, limits);
  const firm = (n: number): Promise<void> => world.firm({ chat: `telegram:${n}`, name: `${n}号有限公司` });
  await Promise.all(Array.from({ length: recipients }, (_, index) => firm(index + 1)));
  const officer = `telegram:${STRANGERS - 1}`;
  await world.bind(officer, '太原市');
  await world.broadcast(officer, '全部', '【企业名称】：请在7月15日17:00前交纸质材料。', recipients);
  await store.close();
}

/** Sends it and measures. @throws when the program ends by itself. */
export async function paceOfBroadcast(program: Program, dir: string, plan: PacePlan): Promise<PaceOutcome> {
  const { recipients, blocked = 0, refused = 0, ban, everyMs } = plan;
  await prepare(dir, recipients);
  const api = await BotApi.start({ perSecond: PER_SECOND });
  const all = Array.from({ length: recipients }, (_, index) => index + 1);
  const isBlocked = (chat: number): boolean => chance(chat, 'blocked') < blocked;
  for (const chat of all) {
    if (isBlocked(chat)) api.faults.plan('sendMessage', BLOCKED, { chat, times: Infinity });
    else if (chance(chat, 'refused') < refused) api.faults.plan('sendMessage', flood(1), { chat });
  }
  const asked = new Map<number, number>();
  const seen = new Seen(api, recipients);
  const serving = serveAt(program, api, dir, NOW + 121 * SECOND);
  const people = setInterval(() => {
    const chat = STRANGERS + asked.size;
    asked.set(chat, performance.now());
    void api.give(api.people.text(chat, '帮助'));
  }, everyMs);
  try {
    if (ban) {
      await Promise.race([api.until(() => seen.look().bulk >= ban.after), serving.failed]);
      api.faults.plan('sendMessage', flood(ban.seconds));
    }
    const settled = (): boolean => seen.look().ended.size === recipients;
    await Promise.race([api.until(settled), serving.failed]);
  } finally {
    clearInterval(people);
    await serving.stop();
    await api.stop();
  }
  return outcomeOf(api, plan, asked);
}

/** What has arrived so far; every call is looked at once. */
class Seen {
  /** Recipients who have got it, or cannot. */
  readonly ended = new Set<number>();
  bulk = 0;
  private readonly api: BotApi;
  private readonly recipients: number;
  private next = 0;

  constructor(api: BotApi, recipients: number) {
    this.api = api;
    this.recipients = recipients;
  }

  look(): this {
    for (; this.next < this.api.calls.length; this.next += 1) {
      const call = this.api.calls[this.next]!;
      const chat = chatOf(call);
      if (call.method !== 'sendMessage' || chat > this.recipients) continue;
      this.bulk += 1;
      if (call.fault === BLOCKED || call.fault === undefined) this.ended.add(chat);
    }
    return this;
  }
}

function chatOf({ fields }: Call): number {
  return Number(fields['chat_id']);
}

/** From when until when nothing might be sent (ms of the process clock), one after the other. */
function holdsOf(calls: readonly Call[]): { from: number; until: number }[] {
  const holds: { from: number; until: number }[] = [];
  for (const { at, fault } of calls) {
    if (fault?.kind !== 'refuse' || fault.code !== 429) continue;
    const until = at + (fault.parameters as { retry_after: number }).retry_after * 1_000;
    const last = holds.at(-1);
    if (last && at < last.until) last.until = Math.max(last.until, until);
    else holds.push({ from: at, until });
  }
  return holds;
}

function outcomeOf(api: BotApi, { recipients }: PacePlan, asked: ReadonlyMap<number, number>): PaceOutcome {
  const sends = api.callsOf('sendMessage');
  const bulk = sends.filter((call) => chatOf(call) <= recipients);
  const [from, until] = [bulk[0]!.at, bulk.at(-1)!.at];
  const during = sends.filter(({ at }) => at >= from && at <= until);
  const holds = holdsOf(sends);
  const isHeld = (at: number, margin: number): boolean =>
    holds.some((hold) => at > hold.from + margin && at < hold.until);
  const held = holds.reduce((sum, hold) => sum + Math.min(hold.until, until) - Math.min(hold.from, until), 0);
  const seconds = (until - from) / 1_000;
  const got = Array.from({ length: recipients }, (_, index) => api.chats.of(index + 1).length);
  const blocked = bulk.filter(({ fault }) => fault === BLOCKED);
  const replies = sends.flatMap(({ fields, at }) => {
    const since = asked.get(Number(fields['chat_id']));
    // Before the first message the program was not there yet.
    return since === undefined || since < from ? [] : [{ since, at }];
  });
  // Those asked for in a stop are answered after it, at the platform's rate, and whoever asks meanwhile comes behind.
  const stops = holds.map((hold) => {
    const inside = replies.filter(({ since }) => since > hold.from && since < hold.until);
    return { from: hold.from, until: Math.max(hold.until, ...inside.map(({ at }) => at)) };
  });
  const waits = replies
    .filter(({ since }) => !stops.some((stop) => since > stop.from && since < stop.until))
    .map(({ since, at }) => at - since)
    .sort((a, b) => a - b);
  const part = (share: number): number => Math.round(waits[Math.floor((waits.length - 1) * share)] ?? NaN);
  const refusing = new Set(blocked.map(chatOf));
  return {
    ...{ seconds, heldSeconds: held / 1_000, messages: during.length },
    share: during.length / (seconds - held / 1_000) / PER_SECOND,
    ownRefusals: api.refused,
    insideHold: sends.filter(({ at }) => isHeld(at, ON_ITS_WAY)).length,
    missed: got.filter((count, index) => count === 0 && !refusing.has(index + 1)).length,
    twice: got.filter((count) => count > 1).length,
    blockedTriedAgain: blocked.length - refusing.size,
    ...{ replies: waits.length, p50: part(0.5), p95: part(0.95), worst: part(1) },
  };
}
