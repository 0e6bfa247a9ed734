import { expect, test } from 'vitest';
import { newChatDoc } from '../../../src/app/chatdoc.ts';
import { enqueue } from '../../../src/app/dispatch/outbox.ts';
import { Echoes } from '../../../src/channels/wechat/echoes.ts';
import { People, peopleCodec } from '../../../src/channels/wechat/people.ts';
import type { Puppet } from '../../../src/channels/wechat/puppet.ts';
import { Roster } from '../../../src/channels/wechat/roster.ts';
import { wechatSender } from '../../../src/channels/wechat/sender.ts';
import { kindOf, limitsOf, reachLimitsOf } from '../../../src/content/limits.ts';
import { planReach, type Recipient } from '../../../src/outreach/reach-plan.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';
import { allowanceOf } from '../../support/wechat/allowance.ts';
import { keptLog } from '../../app/support.ts';
import { broadcast, dispatchWorld, ledger, plainCodec } from '../../app/dispatch/world.ts';
import { BEGINNING, FakeTime, seeded, settle } from '../../app/dispatch/time.ts';
import { content } from '../../support/kit.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FILE = content.channels.find(({ channel }) => channel === 'wechat')!;
const KIND = kindOf(FILE, 'wechaty-puppet-padlocal')!;
const WINDOW_MS = 48 * HOUR_MS;
const beijingDay = (at: number): number => Math.floor((at + 8 * HOUR_MS) / DAY_MS);

/** What the platform does to somebody. */
type Fate = 'takes' | 'drops' | 'blocked' | 'gone' | 'window' | 'hangs';

interface Seen {
  readonly chat: string;
  readonly at: number;
  readonly said: 'ok' | 'too-frequent' | 'turned-away' | 'no-answer';
}

/** An account of a platform that does what such platforms do, in virtual time. */
function hostile(time: FakeTime, fateOf: (id: string) => Fate) {
  const seen: Seen[] = [];
  const random = seeded(3);
  let mutedUntil = -Infinity;
  const answer = async (id: string): Promise<void> => {
    await time.sleep(50 + 400 * random());
    const at = time.clock.now();
    const note = (said: Seen['said']): void => void seen.push({ chat: `wechat:${id}`, at, said });
    if (at < mutedUntil || random() < 0.02) {
      mutedUntil = Math.max(mutedUntil, at + 60_000);
      note('too-frequent');
      throw new Error('发送消息过于频繁');
    }
    const fate = fateOf(id);
    if (fate === 'takes' || fate === 'drops') {
      note('ok');
      return;
    }
    if (fate === 'hangs') {
      note('no-answer');
      throw new Error('4 DEADLINE_EXCEEDED: Deadline exceeded');
    }
    note('turned-away');
    throw new Error(
      {
        blocked: '消息已发出，但被对方拒收了。',
        gone: 'contact not found',
        window: '45015 response out of time limit',
      }[fate],
    );
  };
  return { seen, puppet: { messageSendText: answer } as unknown as Puppet };
}

test('a broadcast over a hostile account: no limit exceeded, one known end each, as planned', async () => {
  const time = new FakeTime();
  const store = memoryStore(plainCodec);
  const random = seeded(11);
  const fates: readonly Fate[] = ['takes', 'takes', 'takes', 'takes', 'drops', 'blocked', 'gone', 'window', 'hangs'];
  const fate = new Map<string, Fate>();
  const recipients: Recipient[] = Array.from({ length: 250 }, (_, index) => {
    const id = `p${index}`;
    fate.set(id, fates[Math.floor(random() * fates.length)]!);
    return { chat: `wechat:${id}`, ...(index % 25 === 0 && { unreachable: 'blocked' as const }) };
  });
  const plan = planReach(recipients, reachLimitsOf(KIND), { now: time.clock.now(), usedToday: 0, messages: 1 });
  const { seen, puppet } = hostile(time, (id) => fate.get(id)!);
  const people = new People(memoryStore(peopleCodec));
  for (const { chat } of recipients) await people.bindId(chat.slice('wechat:'.length), chat);
  for (const { chat, at } of plan.sends)
    await store.update(chat, () => ({
      doc: enqueue(newChatDoc(chat), [broadcast('broadcast:b1', '截止提醒', { notBefore: at, id: `b1!${chat}` })]),
      result: undefined,
    }));
  // Now and then the account is away for minutes: logged out, or only looking alive.
  const away = (): boolean => time.now() % (3 * HOUR_MS) < 5 * 60_000 && time.now() > HOUR_MS;
  const { dispatcher, alarms } = dispatchWorld(store, { time, limits: () => limitsOf(FILE, KIND) });
  dispatcher.attach(
    wechatSender({
      line: {
        ready: async () => (away() ? undefined : puppet),
        lives: async () => true,
        ...{ worked: () => undefined, suspect: () => undefined },
      },
      ...{
        people,
        roster: new Roster(),
        allowance: allowanceOf(people, reachLimitsOf(KIND), time.clock.now).allowance,
      },
      ...{ echoes: new Echoes(), words: WECHAT_WORDS, log: keptLog(), withinMs: 60_000, partGapMs: 0 },
      sleep: (ms) => time.sleep(ms),
      caughtUp: async () => undefined,
    }),
  );
  await time.run(plan.sends.at(-1)!.at + HOUR_MS - BEGINNING);
  await dispatcher.stop();
  await settle();

  // Exactly one known end each.
  const ends = new Map<string, string>();
  for (const { chat } of plan.sends) {
    const lines = await ledger(store, chat);
    expect(lines, chat).toHaveLength(1);
    ends.set(chat, lines[0]!.outcome);
    expect((await store.read(chat))?.outbox).toEqual([]);
  }
  for (const [chat, outcome] of ends) {
    const expected = { takes: 'sent', drops: 'sent', hangs: 'ambiguous' } as Partial<Record<Fate, string>>;
    expect(outcome, chat).toBe(expected[fate.get(chat.slice(7))!] ?? 'unreachable');
  }
  // The plan is what happened: on the day that was planned, once; nobody else was written to.
  const day = new Map(plan.sends.map(({ chat, at }) => [chat, beijingDay(at)]));
  const taken = seen.filter(({ said }) => said !== 'too-frequent');
  expect(taken).toHaveLength(plan.sends.length);
  for (const { chat, at } of taken) expect(beijingDay(at), chat).toBe(day.get(chat));
  expect(plan.days.map(({ count }) => count).reduce((sum, count) => sum + count, 0)).toBe(240);
  expect(plan.days.every(({ count }) => count <= KIND.per_day)).toBe(true);
  // No limit exceeded, whatever was said in answer.
  const times = seen.map(({ at }) => at).sort((a, b) => a - b);
  for (const [index, at] of times.entries()) {
    expect(times.filter((one) => one > at - 60_000 && one <= at).length).toBeLessThanOrEqual(
      KIND.limits.account.messages,
    );
    const before = times[index - 1];
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(KIND.gap_ms);
  }
  for (const [number, count] of countBy(taken.map(({ at }) => beijingDay(at))))
    expect(count, String(number)).toBeLessThanOrEqual(KIND.per_day);
  // Once muted it is left alone until it listens again: a single message tries, further and further apart.
  const refused = seen.filter(({ said }) => said === 'too-frequent');
  expect(refused.length).toBeGreaterThan(3);
  expect(refused.length).toBeLessThan(seen.length / 5);
  expect(alarms.every(({ kind }) => kind === 'channel-held')).toBe(true);
});

test('a window that closes: nothing is planned into it, and the rest are called', () => {
  const now = BEGINNING;
  const recipients: Recipient[] = Array.from({ length: 400 }, (_, index) => ({
    chat: `wechat:${index}`,
    ...(index % 4 !== 0 && { window: { until: now + (index % 7) * HOUR_MS, left: index % 5 } }),
  }));
  const plan = planReach(
    recipients,
    {
      account: { messages: 1, perMs: 60_000 },
      gapMs: 1_000,
      perDay: 150,
      windowed: true,
      hours: { from: 8 * HOUR_MS, until: 21 * HOUR_MS },
    },
    { now, usedToday: 0, messages: 1 },
  );
  const windows = new Map(recipients.map(({ chat, window }) => [chat, window]));
  for (const { chat, at } of plan.sends) expect(at).toBeLessThan(windows.get(chat)!.until);
  expect(new Set([...plan.sends, ...plan.unreachable].map(({ chat }) => chat)).size).toBe(400);
  expect(WINDOW_MS).toBe(kindOf(FILE, 'wechaty-puppet-official-account')?.windows?.[0]?.open_ms);
});

function countBy(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
