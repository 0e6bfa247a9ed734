import { describe, expect, test } from 'vitest';
import { NO_FACTS } from '../../../src/policy/index.ts';
import { seeded } from '../dispatch/time.ts';
import { BureauWorld, HOUR, SECOND } from './world.ts';

/* The date of an office itself: 2026-07-30 17:00 for the cities of Shanxi. */

const at = (text: string): number => Date.parse(`${text}:00+08:00`);

/** An office of 太原市 with an officer. */
async function office(city: string | undefined = '太原市'): Promise<BureauWorld> {
  const world = new BureauWorld();
  await world.bind('t:o', city);
  return world;
}

/** What the chat is shown at that time. */
async function shown(world: BureauWorld, when: string, chat = 't:o'): Promise<readonly string[]> {
  world.now = at(when);
  return (await world.tick()).get(chat) ?? [];
}

async function ledger(world: BureauWorld, chat = 't:o'): Promise<string[]> {
  return ((await world.chats.read(chat))?.ledger ?? []).map(({ source, outcome }) => `${outcome} ${source}`);
}

const LEAD = 'office:太原市/lead:shanxi-2026/sx_city_deadline/';

describe('the staff of a city', () => {
  test('are told what is to be done, where, and how their enterprises stand, once', async () => {
    const world = await office();
    const dossier = { facts: NO_FACTS };
    await world.firm({ chat: 't:1', name: '甲有限公司', dossier: { ...dossier, progress: 'filed_offline' } });
    await world.firm({ chat: 't:2', name: '乙有限公司' });
    await world.firm({ chat: 't:3', name: '丙有限公司' });
    await world.firm({ chat: 't:4', name: '丁有限公司', dossier: { ...dossier, progress: 'withdrawn' } });
    await world.firm({ chat: 't:5', name: '别看有限公司', share: false });
    await world.firm({ chat: 't:6', name: '大同有限公司', city: '大同市' });
    await world.say('t:o', '退回 丙有限公司 缺发票');
    const rows = ['甲有限公司', '别看有限公司', '没来过有限公司'].map((name) => ({ name, city: '太原市' }));
    await world.operator({ verb: 'import', rows });
    expect(await shown(world, '2026-07-23T08:59')).toEqual([]);
    const [text, ...more] = await shown(world, '2026-07-23T09:00');
    expect(more).toEqual([]);
    expect(text).toBe(
      [
        '【截止提醒】太原市科技局：市科技局向省共享中心报送截止，2026年7月30日（周四） 17:00，还有7天（四(五)）',
        '完成初审和推荐，汇总表和相关材料一式二份报送省共享中心；逾期不予受理。',
        '要交的：地市推荐信息汇总表（四(五)、附件）、企业相关材料（四(五)）、一式二份（四(五)）',
        '交到：山西省科技资源与大型仪器开放共享中心 资源共享部 杨波 0351-5281250（六(三)）',
        '同意共享的企业4家（按企业自己说的和您标记的）：已提交1，还没提交1，退回补正1。名单内另有2家在这里看不到进度。',
        '报送完了回“已上报”，不再提醒这件事；什么都不要主动发，回“退订”。',
      ].join('\n'),
    );
    expect(await shown(world, '2026-07-23T09:01')).toEqual([]);
    expect(await ledger(world)).toContain(`sent ${LEAD}7`);
  });

  test('hear the nearest lead alone after a standstill, not in the night, and nothing after the date', async () => {
    const world = await office();
    expect(await shown(world, '2026-06-30T08:59')).toEqual([]);
    expect(await shown(world, '2026-07-28T22:00')).toEqual([]);
    expect(await shown(world, '2026-07-29T08:00')).toEqual([]);
    expect(await shown(world, '2026-07-29T12:00')).toHaveLength(1);
    expect(await ledger(world)).toEqual([`sent ${LEAD}1`]);
    const late = await office();
    expect(await shown(late, '2026-07-30T17:00')).toHaveLength(1);
    const later = await office();
    expect(await shown(later, '2026-07-30T17:01')).toEqual([]);
  });

  test('are not told what lay before they were bound', async () => {
    const world = new BureauWorld();
    world.now = at('2026-07-23T10:00');
    await world.bind('t:o', '太原市');
    expect(await shown(world, '2026-07-24T10:00')).toEqual([]);
    expect(await shown(world, '2026-07-27T09:00')).toHaveLength(1);
  });

  test('get none when revoked, unsubscribed, or not to be reached, nor those of the province or another programme', async () => {
    const world = new BureauWorld();
    for (const chat of ['t:ok', 't:revoked', 't:stopped', 't:gone']) await world.bind(chat, '太原市');
    await world.bind('t:province');
    await world.bind('t:luoyang', '洛阳市');
    await world.operator({ verb: 'revoke', chat: 't:revoked' });
    await world.say('t:stopped', '退订');
    await world.chats.update('t:gone', (doc) => ({
      doc: doc && { ...doc, reach: { state: 'unreachable', reason: 'blocked', at: 1 } },
      result: undefined,
    }));
    world.now = at('2026-07-23T09:00');
    expect([...(await world.tick()).keys()]).toEqual(['t:ok']);
  });

  test('hear no more of it once they have handed on, and again when that was a mistake', async () => {
    const world = await office();
    await world.bind('t:p', '太原市');
    await world.bind('t:q', '大同市');
    expect(await world.text('t:o', '已上报')).toContain('不再提醒');
    world.now = at('2026-07-23T09:00');
    expect([...(await world.tick()).keys()]).toEqual(['t:q']);
    expect(await world.text('t:p', '还没上报')).toContain('照常提醒');
    world.now = at('2026-07-27T09:00');
    expect([...(await world.tick()).keys()]).toEqual(['t:o', 't:p', 't:q']);
    expect(await world.text('t:x', '已上报')).toContain('请先用邀请码');
  });
});

describe('what waits', () => {
  async function waiting(): Promise<BureauWorld> {
    const world = await office();
    world.now = at('2026-07-27T09:00');
    await world.service.carry(world.now);
    expect((await world.chats.read('t:o'))?.outbox).toHaveLength(1);
    return world;
  }

  test('is not sent to somebody whose role was taken back meanwhile, wherever that was done', async () => {
    const world = await waiting();
    await world.restarted().operator({ verb: 'revoke', chat: 't:o' });
    expect(await shown(world, '2026-07-27T09:01')).toEqual([]);
    expect(await ledger(world)).toEqual([`cancelled ${LEAD}3`]);
  });

  test('is not sent once the office has handed on, a nearer lead has come, or the date has passed', async () => {
    const done = await waiting();
    await done.say('t:o', '已上报');
    expect(await shown(done, '2026-07-27T09:01')).toEqual([]);
    const nearer = await waiting();
    expect(await shown(nearer, '2026-07-29T09:00')).toHaveLength(1);
    expect(await ledger(nearer)).toEqual([`cancelled ${LEAD}3`, `sent ${LEAD}1`]);
    const past = await waiting();
    expect(await shown(past, '2026-07-30T17:01')).toEqual([]);
  });

  test('waits on through the quiet hours', async () => {
    const world = await waiting();
    expect(await shown(world, '2026-07-27T21:00')).toEqual([]);
    expect(await shown(world, '2026-07-28T08:00')).toHaveLength(1);
  });
});

test('two schedulers, downtime, clocks that step: each lead once in the ledger, none late, none in the night', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = seeded(seed);
    const one = await office();
    const other = one.restarted();
    let time = at('2026-06-24T07:00') + Math.floor(random() * 24) * HOUR;
    while (time < at('2026-08-01T00:00')) {
      time += [0.01, 1, 5, 26, 50][Math.floor(random() * 5)]! * HOUR;
      const now = time + Math.floor(random() * 3 - 1) * 600 * SECOND;
      await Promise.all([one.service.carry(now), other.service.carry(now)]);
      one.now = now;
      const said = (await one.tick()).get('t:o') ?? [];
      expect(said.length).toBeLessThanOrEqual(1);
      if (said.length === 0) continue;
      const hour = new Date(now + 8 * HOUR).getUTCHours();
      expect(hour >= 8 && hour < 21 && now <= at('2026-07-30T17:00')).toBe(true);
      expect(said[0]).not.toMatch(/已过|-\d+天/);
    }
    const sources = (await ledger(one)).map((line) => line.split(' ')[1]);
    expect(sources.length).toBeGreaterThan(1);
    expect(new Set(sources).size).toBe(sources.length);
  }
});

describe('its buttons', () => {
  test('are meant by their number, and are not there while a broadcast is being written', async () => {
    const world = await office();
    await shown(world, '2026-07-23T09:00');
    expect(await world.text('t:o', '1')).toContain('已上报');
    const other = await office();
    await other.say('t:o', '群发');
    await shown(other, '2026-07-23T09:00');
    expect(await other.text('t:o', '1')).not.toContain('已上报');
  });
});
