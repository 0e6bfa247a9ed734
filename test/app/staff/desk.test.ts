import { expect, test } from 'vitest';
import { content } from '../../support/kit.ts';
import { BureauWorld, HOUR, SECOND } from './world.ts';

test('messages of one chat stay in their order while one of them asks the desk', async () => {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '甲有限公司' });
  await world.bind('t:o', '太原市');
  const said = ['群发', '全部', '【企业名称】您好', '1', '撤回', '菜单'];
  const replies = await Promise.all(said.map((text) => world.text('t:o', text)));
  const expected = ['发给哪些企业', '接收：1家', '企业看到的样子', '已确认', '已撤回', '可以回'];
  for (const [index, words] of expected.entries()) expect(replies[index], said[index]).toContain(words);
});

test('a desk that fails leaves the chat as it was, and the message may come again', async () => {
  const world = new BureauWorld();
  await world.bind('t:o', '太原市');
  const before = await world.chats.read('t:o');
  const answer = world.service.answer;
  Object.assign(world.service, { answer: () => Promise.reject(new Error('away')) });
  await expect(world.say('t:o', '群发')).rejects.toThrow('away');
  expect(await world.chats.read('t:o')).toEqual(before);
  Object.assign(world.service, { answer });
  expect(await world.text('t:o', '群发')).toContain('发给哪些企业');
});

test('papers marked by an officer change the progress, and the enterprise is told', async () => {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '甲有限公司' });
  await world.firm({ chat: 't:e2', name: '甲有限公司' });
  await world.firm({ chat: 't:e3', name: '甲有限公司', city: '大同市' });
  await world.bind('t:o', '太原市');
  expect(await world.text('t:o', '已收 甲有限公司')).toContain('已通知企业');
  const progress = async (chat: string) =>
    (await world.chats.read(chat))?.state.enterprises[0]?.dossiers['shanxi-2026']?.progress;
  expect([await progress('t:e1'), await progress('t:e2'), await progress('t:e3')]).toEqual([
    'filed_offline',
    'filed_offline',
    undefined,
  ]);
  expect([...(await world.tick(SECOND)).keys()]).toEqual(['t:e1', 't:e2']);
  await world.say('t:o', '退回 甲有限公司 缺发票、合同');
  expect(await progress('t:e1')).toBe('dossier_printed');
  expect((await world.tick(SECOND)).get('t:e1')?.[0]).toContain('缺：发票、合同');
});

test('nobody is woken up because an officer works late', async () => {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '甲有限公司' });
  await world.bind('t:o', '太原市');
  world.now += 12 * HOUR;
  await world.say('t:o', '已收 甲有限公司');
  expect([...(await world.tick(HOUR)).keys()]).toEqual([]);
  expect([...(await world.tick(9 * HOUR)).keys()]).toEqual(['t:e1']);
});

test('questions for the operator are kept, bounded, listed and cleared', async () => {
  const world = new BureauWorld(undefined, { ...content.bureau, questions_kept: 2 });
  for (const question of ['一', '二', '三'])
    world.service.questions.keep({ question, answer: undefined, why: 'unanswered' }, world.now);
  await world.service.questions.settled();
  const listed = (await world.operator({ verb: 'questions', clear: true }))['questions'] as { question: string }[];
  expect(listed.map(({ question }) => question)).toEqual(['二', '三']);
  expect(await world.operator({ verb: 'questions' })).toEqual({ questions: [] });
});

test('a list of firms tells who can be reached and who must be called, and cities that do not exist', async () => {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '甲有限公司' });
  await world.firm({ chat: 't:e2', name: '乙有限公司', stopped: true });
  const rows = [
    { name: '甲有限公司', city: '太原', phone: '1' },
    { name: '乙有限公司', city: '太原市', phone: '2' },
    { name: '丙有限公司', city: '大同市' },
  ];
  expect(await world.operator({ verb: 'import', rows })).toEqual({
    imported: 3,
    reachable: [{ name: '甲有限公司', city: '太原市' }],
    call: [
      { name: '乙有限公司', city: '太原市', phone: '2' },
      { name: '丙有限公司', city: '大同市' },
    ],
  });
  await expect(world.operator({ verb: 'import', rows: [{ name: '丁', city: '某市' }] })).rejects.toThrow('no-city');
});
