import { describe, expect, test } from 'vitest';
import { NO_FACTS } from '../../../src/policy/index.ts';
import { BureauWorld, SECOND } from '../staff/world.ts';

/* Firms on the office's own list: most of them have never spoken to the assistant, and have to be called. */

const TEXT = '请尽快交材料';

/** Five firms that can be seen, of which one has unsubscribed and one has filed, on a list of so many. */
async function city(rows = 30): Promise<BureauWorld> {
  const world = new BureauWorld();
  for (const n of [1, 2, 3]) await world.firm({ chat: `t:e${n}`, name: `${n}号（太原）有限公司` });
  await world.firm({ chat: 't:e4', name: '4号（太原）有限公司', stopped: true });
  const dossier = { facts: NO_FACTS, progress: 'filed_offline' };
  await world.firm({ chat: 't:e5', name: '5号（太原）有限公司', dossier });
  await world.firm({ chat: 't:hidden', name: '6号（太原）有限公司', share: false });
  await world.bind('t:o', '太原市');
  const list = Array.from({ length: rows }, (_, n) => ({
    ...{ name: `${n + 1}号(太原)有限公司`, city: '太原', phone: `0351-${1_000 + n}` },
  }));
  await world.operator({ verb: 'import', rows: list });
  return world;
}

async function asked(world: BureauWorld, audience: string): Promise<string> {
  await world.say('t:o', '群发');
  return world.text('t:o', audience);
}

describe('before it is confirmed', () => {
  test.each([
    ['全部', '接收：4家', '名单内30家：能收到4家，需电话26家'],
    ['名单', '接收：4家', '名单内30家：能收到4家，需电话26家'],
    ['未提交', '接收：3家', '名单内30家：能收到3家，需电话26家（发完后给电话），不在这次条件内1家。'],
    [
      '缺发票',
      '接收：3家',
      '名单内30家：能收到3家，需电话1家（发完后给电话），不在这次条件内1家，不在这里、没法判断25家。',
    ],
    ['已提交', '接收：1家', '名单内30家：能收到1家，不在这次条件内4家，不在这里、没法判断25家。'],
  ])('%s is counted beside the list', async (words, count, listed) => {
    const said = await asked(await city(), words);
    expect(said).toContain(count);
    expect(said).toContain(listed);
  });

  test('the counts stand beside the number that confirms', async () => {
    const world = await city();
    await asked(world, '全部');
    const said = await world.text('t:o', TEXT);
    expect(said).toContain('名单内30家：能收到4家，需电话26家');
    expect(said).toContain('确认发送请回接收家数：4');
  });

  test('a condition on the verdict is not set beside the list', async () => {
    expect(await asked(await city(), '不确定')).not.toContain('名单内');
  });

  test('with nobody to write to, how many have to be called', async () => {
    const world = new BureauWorld();
    await world.bind('t:o', '太原市');
    await world.operator({ verb: 'import', rows: [{ name: '甲', city: '太原市', phone: '1' }] });
    expect(await asked(world, '名单')).toContain('需电话联系1家');
  });
});

describe('after it was sent', () => {
  test('all of them are in the list of those to be called, part by part, with the numbers of the list alone', async () => {
    const world = await city();
    const id = await world.broadcast('t:o', '全部', TEXT, 4);
    expect(await world.text('t:o', `群发记录 ${id}`)).not.toContain('请打电话联系');
    await world.tick(120 * SECOND);
    const first = (await world.tick(SECOND)).get('t:o')?.[0] ?? '';
    expect(first).toContain('请打电话联系（共26家，第1到20家）');
    expect(first).toContain(`后面的回：群发记录 ${id} 2`);
    const second = await world.text('t:o', `群发记录 ${id} 2`);
    expect(second).toContain('第21到26家');
    expect(second).not.toContain('后面的回');
    const lines = `${first}\n${second}`.split('\n').filter((line) => line.includes('0351-'));
    expect(new Set(lines).size).toBe(26);
    // Whoever has not agreed to be seen looks like one who was never here.
    expect(lines[0]).toBe('4号(太原)有限公司 0351-1003（在这里发不到）');
    expect(lines.map((line) => line.replace(/^\d+号|0351-\d+/g, ''))).toEqual(
      Array<string>(26).fill('(太原)有限公司 （在这里发不到）'),
    );
    expect(`${first}${second}`).not.toMatch(/^[1235]号/m);
  });

  test('a recipient whose message did not get there is called once, for that', async () => {
    const world = await city(6);
    const id = await world.broadcast('t:o', '全部', TEXT, 4);
    await world.say('t:e2', '退订');
    await world.tick(120 * SECOND);
    await world.tick(SECOND);
    const said = await world.text('t:o', `群发记录 ${id}`);
    expect(said.match(/2号/g)).toHaveLength(1);
    expect(said).toContain('2号（太原）有限公司 0351-1001（已退订或不再适用）');
    expect(said).toContain('共3家');
  });

  test('nobody is to be called for what was taken back', async () => {
    const world = await city();
    const id = await world.broadcast('t:o', '全部', TEXT, 4);
    await world.say('t:o', '撤回');
    expect(await world.text('t:o', `群发记录 ${id}`)).not.toContain('电话');
  });

  test('a list longer than the recipients is kept whole', async () => {
    const world = await city(900);
    const id = await world.broadcast('t:o', '全部', TEXT, 4);
    expect((await world.records.read('broadcast', id))?.pages).toBe(5);
    await world.tick(120 * SECOND);
    await world.tick(SECOND);
    expect(await world.text('t:o', `群发记录 ${id} 45`)).toContain('共896家，第881到896家');
  });
});
