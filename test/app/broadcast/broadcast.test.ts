import { describe, expect, test } from 'vitest';
import { newChatDoc } from '../../../src/app/chatdoc.ts';
import { content } from '../../support/kit.ts';
import { BureauWorld, HOUR, NOW, SECOND } from '../staff/world.ts';

const TEXT = '【企业名称】您好，请尽快交材料';

async function city(firms = 3): Promise<BureauWorld> {
  const world = new BureauWorld();
  for (let index = 1; index <= firms; index += 1) await world.firm({ chat: `t:e${index}`, name: `${index}号有限公司` });
  await world.bind('t:o', '太原市');
  return world;
}

/** The chats that were shown the text. */
function reached(shown: ReadonlyMap<string, readonly string[]>): string[] {
  return [...shown].flatMap(([chat, texts]) => (texts.some((text) => text.includes('请尽快')) ? chat : [])).sort();
}

describe('confirming', () => {
  test('takes the exact count and nothing else', async () => {
    const world = await city();
    await world.say('t:o', '群发');
    await world.say('t:o', '1');
    await world.say('t:o', TEXT);
    for (const wrong of ['2', '4', '好', '确认', '3万'])
      expect(await world.text('t:o', wrong), wrong).not.toContain('已确认');
    expect(await world.records.ids('broadcast')).toEqual([]);
    expect(await world.text('t:o', '3')).toContain('已确认');
  });

  test('fails when the audience has changed since, and tells the new count', async () => {
    const world = await city();
    await world.say('t:o', '群发');
    await world.say('t:o', '1');
    await world.say('t:o', TEXT);
    await world.say('t:e2', '退订');
    expect(await world.text('t:o', '3')).toContain('现在符合条件的是2家，没有发送');
  });

  test('twice, as after a crash, is one broadcast', async () => {
    const world = await city();
    await world.say('t:o', '群发');
    await world.say('t:o', '1');
    await world.say('t:o', TEXT);
    const before = await world.chats.read('t:o');
    await world.say('t:o', '3');
    // The officer's own chat was not saved: the message is handed in again.
    await world.chats.update('t:o', () => ({ doc: before, result: undefined }));
    expect(await world.text('t:o', '3')).toContain('已确认');
    expect(await world.records.ids('broadcast')).toHaveLength(1);
    expect(reached(await world.tick(120 * SECOND))).toEqual(['t:e1', 't:e2', 't:e3']);
    expect(reached(await world.tick(SECOND))).toEqual([]);
  });
});

describe('a text', () => {
  test.each([
    ['【通知】请看', '没有【通知】'],
    ['{姓名}您好', '没有【姓名】'],
  ])('%s fails before it is confirmed', async (text, fault) => {
    const world = await city();
    await world.say('t:o', '群发');
    await world.say('t:o', '1');
    expect(await world.text('t:o', text)).toContain(fault);
    expect(await world.text('t:o', '3')).not.toContain('已确认');
  });

  test('that cannot be filled for some names how many lack it', async () => {
    const world = await city();
    await world.say('t:o', '已收 1号有限公司');
    await world.say('t:o', '群发');
    await world.say('t:o', '全部');
    expect(await world.text('t:o', '还缺【缺少材料】')).toContain('【缺少材料】填不出来：3家中有1家没有这项');
  });

  test('is signed, filled for each, and says how to have no more', async () => {
    const world = await city(1);
    await world.broadcast('t:o', '全部', '{企业名称}还有【剩余天数】天，电话【联系电话】', 1);
    const [text] = (await world.tick(120 * SECOND)).get('t:e1') ?? [];
    expect(text).toBe('【太原市科技局】\n1号有限公司还有22天，电话0351-2020989\n（不想再收到，回“退订”）');
  });
});

describe('stopping', () => {
  test('撤回 within 120 seconds sends nothing; later it is too late', async () => {
    const world = await city();
    await world.broadcast('t:o', '全部', TEXT, 3);
    expect(reached(await world.tick(119 * SECOND))).toEqual([]);
    expect(await world.text('t:o', '撤回')).toContain('一条也没有发出');
    expect(reached(await world.tick(HOUR))).toEqual([]);
    await world.broadcast('t:o', '全部', TEXT, 3);
    expect(reached(await world.tick(120 * SECOND))).toHaveLength(3);
    expect(await world.text('t:o', '撤回')).not.toContain('已撤回');
  });

  test('退订, and the end of the agreement, between confirmation and sending: not sent', async () => {
    const world = await city(4);
    await world.broadcast('t:o', '全部', TEXT, 4);
    await world.say('t:e1', '退订');
    await world.say('t:e2', '停止共享');
    await world.say('t:e3', '删除我的数据');
    await world.say('t:e3', '确认删除');
    expect(reached(await world.tick(120 * SECOND))).toEqual(['t:e4']);
    const report = (await world.tick(SECOND)).get('t:o')?.[0];
    expect(report).toContain('已送达平台1，已退订或不再适用3');
  });

  test('who has handed in since is not asked to hand in', async () => {
    const world = await city(2);
    await world.broadcast('t:o', '未提交', TEXT, 2);
    await world.say('t:e1', '已提交');
    expect(reached(await world.tick(120 * SECOND))).toEqual(['t:e2']);
    expect((await world.tick(SECOND)).get('t:o')?.[0]).toContain('已退订或不再适用1');
    // To everybody means to everybody.
    await world.broadcast('t:o', '全部', TEXT, 2);
    expect(reached(await world.tick(120 * SECOND))).toEqual(['t:e1', 't:e2']);
  });

  test('退订 while the message waits in the outbox: not sent', async () => {
    const world = await city(2);
    const id = await world.broadcast('t:o', '全部', TEXT, 2);
    world.now += 120 * SECOND;
    await world.service.carry(world.now);
    expect((await world.chats.read('t:e1'))?.outbox).toHaveLength(1);
    await world.say('t:e1', '退订');
    expect(reached(await world.tick())).toEqual(['t:e2']);
    await world.tick(SECOND);
    expect((await world.records.read('broadcast', id))?.totals).toMatchObject({ sent: 1, unsubscribed: 1 });
  });

  test('the operator may hold up, let go on and end what waits in the outboxes', async () => {
    const world = await city(2);
    const id = await world.broadcast('t:o', '全部', TEXT, 2);
    world.now += 120 * SECOND;
    await world.service.carry(world.now);
    await world.operator({ verb: 'pause', id });
    expect(reached(await world.tick(60 * SECOND))).toEqual([]);
    await world.operator({ verb: 'resume', id });
    expect(reached(await world.tick(60 * SECOND))).toEqual(['t:e1', 't:e2']);
    const other = await world.broadcast('t:o', '全部', TEXT, 2);
    world.now += 120 * SECOND;
    await world.service.carry(world.now);
    await world.operator({ verb: 'cancel', id: other });
    expect(reached(await world.tick(60 * SECOND))).toEqual([]);
    await world.tick(SECOND);
    expect((await world.records.read('broadcast', other))?.totals).toMatchObject({ sent: 0, cancelled: 2 });
    await expect(world.operator({ verb: 'resume', id: other })).rejects.toThrow('not-now');
  });

  test('nobody is woken up', async () => {
    const world = await city(1);
    world.now = Date.parse('2026-06-23T22:00:00+08:00');
    await world.broadcast('t:o', '全部', TEXT, 1);
    expect(reached(await world.tick(9 * HOUR))).toEqual([]);
    expect(reached(await world.tick(HOUR))).toEqual(['t:e1']);
  });

  test('a time can be set', async () => {
    const world = await city(1);
    await world.say('t:o', '群发');
    await world.say('t:o', '全部');
    await world.say('t:o', TEXT);
    expect(await world.text('t:o', '明天9点半')).toContain('最早发出：2026年6月24日（周三） 9:30');
    await world.say('t:o', '1');
    world.now = Date.parse('2026-06-24T09:29:00+08:00');
    expect(reached(await world.tick())).toEqual([]);
    expect(reached(await world.tick(60 * SECOND))).toEqual(['t:e1']);
  });

  test('an officer whose role was taken back sends nothing', async () => {
    const world = await city(1);
    const id = await world.broadcast('t:o', '全部', TEXT, 1);
    await world.operator({ verb: 'revoke', chat: 't:o' });
    expect(reached(await world.tick(HOUR))).toEqual([]);
    expect((await world.records.read('broadcast', id))?.stopped).toBe('revoked');
  });
});

describe('a second officer', () => {
  async function across(): Promise<{ world: BureauWorld; id: string }> {
    const world = new BureauWorld();
    await world.firm({ chat: 't:e1', name: '甲有限公司' });
    await world.firm({ chat: 't:e2', name: '乙有限公司', city: '大同市' });
    await world.bind('t:p1');
    await world.bind('t:p2');
    await world.bind('t:o', '太原市');
    return { world, id: await world.broadcast('t:p1', '全部', TEXT, 2) };
  }

  test('has to agree across cities, and has time taken back once more', async () => {
    const { world, id } = await across();
    expect((await world.tick(HOUR)).get('t:p2')?.[0]).toContain(`批准 ${id}`);
    expect(await world.text('t:p1', `/approve ${id}`)).toContain('不能批准自己');
    // An officer of one of the cities has no right for the other.
    expect(await world.text('t:o', `/approve ${id}`)).toContain('没有找到');
    const review = await world.say('t:p2', `/approve ${id}`);
    expect(review.at(-1)?.ask?.step).toBe('broadcast.approve');
    expect(await world.text('t:p2', '批准')).toContain('已批准');
    expect(reached(await world.tick(119 * SECOND))).toEqual([]);
    expect(reached(await world.tick(SECOND))).toEqual(['t:e1', 't:e2']);
  });

  test('agrees to what was shown: with another text or audience it is void', async () => {
    const { world, id } = await across();
    await world.say('t:p2', `/approve ${id}`);
    await world.records.update('broadcast', id, (doc) => ({
      doc: doc && { ...doc, hash: 'other' },
      result: undefined,
    }));
    expect(await world.text('t:p2', '批准')).toContain('已有变化');
    expect(reached(await world.tick(HOUR))).toEqual([]);
  });

  test('a text changed behind the approval is not sent', async () => {
    const { world, id } = await across();
    await world.say('t:p2', `/approve ${id}`);
    await world.say('t:p2', '批准');
    await world.records.update('broadcast', id, (doc) => ({
      doc: doc && { ...doc, text: '请尽快转账' },
      result: undefined,
    }));
    expect(reached(await world.tick(HOUR))).toEqual([]);
    expect((await world.records.read('broadcast', id))?.stopped).toBe('hash');
  });

  test('is needed from so many recipients on', async () => {
    const limits = { ...content.bureau, broadcast: { ...content.bureau.broadcast, approval_from: 2 } };
    const world = new BureauWorld(undefined, limits);
    await world.firm({ chat: 't:e1', name: '甲有限公司' });
    await world.firm({ chat: 't:e2', name: '乙有限公司' });
    await world.bind('t:o', '太原市');
    await world.broadcast('t:o', '全部', TEXT, 2);
    expect(reached(await world.tick(HOUR))).toEqual([]);
  });
});

describe('an audience', () => {
  test('by verdict is counted, never named', async () => {
    const world = await city();
    await world.say('t:o', '群发');
    const said = await world.text('t:o', '不确定');
    expect(said).toContain('接收：3家');
    const all = `${said}${await world.text('t:o', TEXT)}${await world.text('t:o', '3')}`;
    expect(all).not.toContain('号有限公司');
    await world.say('t:e1', '退订');
    await world.tick(120 * SECOND);
    expect((await world.tick(SECOND)).get('t:o')?.[0]).not.toContain('号有限公司');
  });

  test('holds no group, and nobody of another city, without a name, or who has not agreed', async () => {
    const world = await city(1);
    await world.firm({ chat: 't:e2', name: '乙有限公司', city: '大同市' });
    await world.firm({ chat: 't:e3', name: '丙有限公司', share: false });
    await world.firm({ chat: 't:g', name: '丁有限公司' });
    await world.say('t:g', '菜单', true);
    await world.chats.update('t:n', () => ({ doc: newChatDoc('t:n'), result: undefined }));
    await world.say('t:o', '群发');
    expect(await world.text('t:o', '全部')).toContain('接收：1家');
  });

  test.each([
    ['缺发票', 2],
    ['未提交', 2],
    ['已提交', 1],
    ['已报送市科技局', 1],
    ['30天没来过', 0],
    ['未提交 缺服务合同', 2],
    ['名单', 1],
  ])('%s', async (words, count) => {
    const world = await city();
    await world.say('t:o', '已收 3号有限公司');
    await world.operator({ verb: 'import', rows: [{ name: '2号有限公司', city: '太原' }] });
    await world.say('t:o', '群发');
    expect(await world.text('t:o', words)).toContain(count === 0 ? '没有符合条件' : `接收：${count}家`);
  });

  test('not seen for some days', async () => {
    const world = await city();
    world.now = NOW + 40 * 24 * HOUR;
    await world.say('t:e1', '菜单');
    await world.say('t:o', '群发');
    expect(await world.text('t:o', '30天没来过的')).toContain('接收：2家');
  });
});
