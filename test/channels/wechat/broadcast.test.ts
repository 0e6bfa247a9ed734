import { describe, expect, test } from 'vitest';
import type { Account } from '../../../src/app/outports.ts';
import { Echoes } from '../../../src/channels/wechat/echoes.ts';
import { People, peopleCodec } from '../../../src/channels/wechat/people.ts';
import type { Puppet } from '../../../src/channels/wechat/puppet.ts';
import { Roster } from '../../../src/channels/wechat/roster.ts';
import { wechatSender } from '../../../src/channels/wechat/sender.ts';
import type { WindowOf } from '../../../src/channels/wechat/windows.ts';
import { kindOf, limitsOf, reachLimitsOf, windowRulesOf } from '../../../src/content/limits.ts';
import type { ReachLimits } from '../../../src/outreach/reach-plan.ts';
import { openWindow } from '../../../src/outreach/reach-window.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';
import { dispatchWorld } from '../../app/dispatch/world.ts';
import { FakeTime, settle } from '../../app/dispatch/time.ts';
import { BureauWorld } from '../../app/staff/world.ts';
import { keptLog } from '../../app/support.ts';
import { content } from '../../support/kit.ts';
import { allowanceOf } from '../../support/wechat/allowance.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const FILE = content.channels.find(({ channel }) => channel === 'wechat')!;
const OFFICIAL = kindOf(FILE, 'wechaty-puppet-official-account')!;
const RULES = windowRulesOf(OFFICIAL)!;
const TEXT = '请尽快交材料';

/** A bureau whose firms are on one account, over virtual time; the account's process can be replaced. */
async function city(reach: Partial<ReachLimits>, lastWrote: readonly (number | undefined)[]) {
  const time = new FakeTime();
  const limits: ReachLimits = { ...reachLimitsOf(OFFICIAL), ...reach };
  const people = new People(memoryStore(peopleCodec));
  const seen: { readonly chat: string; readonly at: number }[] = [];
  const puppet = {
    async messageSendText(id: string) {
      await time.sleep(100);
      seen.push({ chat: `wechat:${id}`, at: time.clock.now() });
    },
  } as unknown as Puppet;
  let account: Account | undefined;
  const world = new BureauWorld(undefined, undefined, (channel) => (channel === 'wechat' ? account : undefined));
  const begin = (): (() => Promise<void>) => {
    const windowOf: WindowOf = (acts, sent, now) => openWindow(acts, sent, RULES, now);
    const { allowance } = allowanceOf(people, limits, time.clock.now, limits.windowed ? windowOf : undefined);
    account = allowance;
    const { dispatcher } = dispatchWorld(world.chats, {
      time,
      limits: () => limitsOf(FILE, OFFICIAL),
      mayGo: async (source, _chat, doc) => (await world.service.mayGo(source, doc, time.clock.now())) ?? true,
      keepSource: (source) => world.service.broadcasts.keeps(source),
    });
    dispatcher.attach(
      wechatSender({
        line: { ready: async () => puppet, lives: async () => true, worked: () => undefined, suspect: () => undefined },
        ...{ people, roster: new Roster(), allowance, echoes: new Echoes(), words: WECHAT_WORDS, log: keptLog() },
        ...{ withinMs: MINUTE_MS, partGapMs: 0, sleep: (ms) => time.sleep(ms), caughtUp: async () => undefined },
      }),
    );
    return async () => {
      const stopped = dispatcher.stop();
      await time.run(1_000);
      await stopped;
    };
  };
  /** Lets time pass, carrying broadcasts on as a running program does. */
  const pass = async (ms: number, stepMs = MINUTE_MS): Promise<void> => {
    for (let left = ms; left > 0; left -= stepMs) {
      await time.run(Math.min(left, stepMs));
      world.now = time.clock.now();
      await world.service.carry(world.now);
      await settle();
    }
  };
  world.now = time.clock.now();
  for (const [index, ago] of lastWrote.entries()) {
    const chat = `wechat:p${index}`;
    await world.firm({ chat, name: `${index}号有限公司` });
    await people.bindId(`p${index}`, chat);
    if (ago !== undefined) await people.put(`window:${chat}`, { v: 1, acts: { message: world.now - ago } });
  }
  await world.bind('t:o', '太原市');
  /** Writes the broadcast. @returns what is said before and after it is confirmed. */
  const confirm = async (): Promise<{ asked: string; told: string }> => {
    for (const text of ['/broadcast', '全部']) await world.say('t:o', text);
    const asked = await world.text('t:o', TEXT);
    return { asked, told: await world.text('t:o', String(lastWrote.length)) };
  };
  const report = async (): Promise<string> =>
    (await world.chats.read('t:o'))?.outbox.find(({ source }) => source?.startsWith('report:'))?.reply.text ?? '';
  return { world, time, seen, begin, pass, confirm, report };
}

describe('a broadcast to an account with a count of a day and windows', () => {
  const CLOSING = 48 * HOUR_MS - 10 * MINUTE_MS;
  const LAST_WROTE = [
    ...Array<number>(12).fill(HOUR_MS),
    ...Array<number>(4).fill(CLOSING),
    ...[50 * HOUR_MS, 50 * HOUR_MS, undefined, undefined],
  ];

  test('is told with its plan, sent as planned over a restart, and those out of reach are called', async () => {
    const { world, seen, begin, pass, confirm, report } = await city({ perDay: 10 }, LAST_WROTE);
    const firms = [{ name: '16号有限公司', city: '太原', phone: '0351-1234567' }];
    await world.operator({ verb: 'import', rows: firms });
    let stop = begin();
    const { asked, told } = await confirm();
    const plan = '微信：今天能发给10家，其余6家7月16日发（每天的条数有限制）；4家发不到，发完后列入电话名单。';
    expect(asked).toContain(plan);
    expect(told).toContain(plan);
    await pass(2 * MINUTE_MS + 1_500);
    // The process dies after some; what it counted holds for the next.
    await stop();
    const before = seen.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(10);
    stop = begin();
    await pass(3 * HOUR_MS, 5 * MINUTE_MS);
    expect(seen).toHaveLength(10);
    // Whose window closes first was written to first.
    const closing = ['wechat:p12', 'wechat:p13', 'wechat:p14', 'wechat:p15'];
    expect(
      seen
        .slice(0, 4)
        .map(({ chat }) => chat)
        .sort(),
    ).toEqual(closing);
    await pass(20 * HOUR_MS, 20 * MINUTE_MS);
    await stop();
    expect(new Set(seen.map(({ chat }) => chat)).size).toBe(16);
    expect(seen.slice(10).every(({ at }) => at >= Date.parse('2026-07-16T08:00:00+08:00'))).toBe(true);
    const [id = ''] = await world.records.ids('broadcast');
    expect((await world.records.read('broadcast', id))?.totals).toMatchObject({ sent: 16, unreachable: 4, waiting: 0 });
    const said = await report();
    expect(said).toContain('16号有限公司 0351-1234567（超过平台允许主动发消息的时间）');
    expect(said).toContain('17号有限公司 电话未登记（超过平台允许主动发消息的时间）');
    expect(said.match(/\d{4}-\d{7}/g)).toEqual(['0351-1234567']);
  });

  test('what waits already takes its places first', async () => {
    const { begin, pass, confirm } = await city({ perDay: 10, windowed: false }, Array<number>(7).fill(HOUR_MS));
    const stop = begin();
    expect((await confirm()).told).toContain('微信：今天能发给7家。');
    expect((await confirm()).told).toContain('今天能发给3家，其余4家7月16日发');
    await pass(10 * MINUTE_MS);
    expect((await confirm()).told).toContain('今天发不了，其余7家');
    await stop();
  });

  test('takes many days when it has to, and nobody is given up on', async () => {
    const { world, seen, begin, pass, confirm } = await city(
      { perDay: 3, windowed: false },
      Array<number>(20).fill(HOUR_MS),
    );
    const stop = begin();
    expect((await confirm()).told).toContain('从7月16日起接着发，7月21日发完');
    await pass(7 * 24 * HOUR_MS, 3 * HOUR_MS);
    await stop();
    expect(seen).toHaveLength(20);
    const [id = ''] = await world.records.ids('broadcast');
    expect((await world.records.read('broadcast', id))?.totals).toMatchObject({ sent: 20, failed: 0 });
  });
});
