import { expect, test } from 'vitest';
import { BureauWorld } from './world.ts';

/*
 * Every staff command × everybody who could give it. The firms and the broadcast are those of 太原市: whoever is not
 * of that city, or of the province, must learn nothing of them, and be noted.
 */

const SECRETS = ['晋阳科技有限公司', '汾河软件有限公司', '请尽快交材料'];

const WHO = {
  own: { city: '太原市' },
  other: { city: '大同市' },
  'other programme': { city: '洛阳市' },
  province: {},
  none: undefined,
  revoked: { city: '太原市', revoked: true },
  group: { city: '太原市', group: true },
} as const;

type Who = keyof typeof WHO;

const COMMANDS = [
  ...['/broadcast', '群发', '/broadcasts', '/broadcasts ID', '/pause ID', '/resume ID', '/cancel ID', '/approve ID'],
  ...['撤回', '/enterprises', '企业名单', '/received 晋阳科技有限公司', '/returned 晋阳科技有限公司 缺发票'],
  ...['已上报', '还没上报'],
];

/** Commands that an office elsewhere may give, of its own firms and broadcasts: it gets nothing of this city's. */
const OWN_VIEW = new Set(['/broadcast', '群发', '/broadcasts', '/enterprises', '企业名单', '已上报', '还没上报']);

async function play(who: Who, command: string) {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '晋阳科技有限公司' });
  await world.firm({ chat: 't:e2', name: '汾河软件有限公司' });
  await world.bind('t:first', '太原市');
  const id = await world.broadcast('t:first', '全部', '请尽快交材料', 2);
  if (command.startsWith('/resume')) await world.say('t:first', `/pause ${id}`);
  const role = WHO[who];
  if (role) await world.bind('t:who', 'city' in role ? role.city : undefined);
  if (role && 'revoked' in role) await world.operator({ verb: 'revoke', chat: 't:who' });
  const before = await world.records.read('broadcast', id);
  const firm = await world.chats.read('t:e1');
  const count = (await world.audit()).length;
  const said = await world.text('t:who', command.replace('ID', id), role !== undefined && 'group' in role);
  const audit = (await world.audit()).slice(count);
  const untouched =
    JSON.stringify(before) === JSON.stringify(await world.records.read('broadcast', id)) &&
    JSON.stringify(firm) === JSON.stringify(await world.chats.read('t:e1'));
  return { world, said, audit, untouched };
}

const cases = (Object.keys(WHO) as Who[]).flatMap((who) => COMMANDS.map((command) => [who, command] as const));

test.each(cases)('%s: %s', async (who, command) => {
  const { said, audit, untouched, world } = await play(who, command);
  expect(audit.length).toBeGreaterThan(0);
  for (const line of audit) expect(line.who).toBe('t:who');
  // No words of a message and no name stands in the log.
  const stored = JSON.stringify(await world.audit());
  for (const secret of SECRETS) expect(stored).not.toContain(secret);
  if (who === 'own' || who === 'province') return;
  expect(untouched).toBe(true);
  for (const secret of SECRETS) expect(said.replace(command, '')).not.toContain(secret);
  const elsewhere = who === 'other' || who === 'other programme';
  if (elsewhere && OWN_VIEW.has(command)) return;
  const refusals = { group: ['group'], none: ['no-role'], revoked: ['no-role'] } as const;
  const expected = elsewhere ? ['not-found'] : refusals[who];
  expect(audit.map(({ result }) => result)).toEqual(expected);
});

test('an officer does not reach another city by naming it', async () => {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '晋阳科技有限公司' });
  await world.bind('t:who', '大同市');
  await world.say('t:who', '/broadcast');
  expect(await world.text('t:who', '太原市')).toContain('不在您负责的市范围内');
  expect(await world.audit()).toContainEqual({ who: 't:who', what: 'count', on: '太原市', result: 'other-city' });
});

test('what staff see is name, city, progress and missing papers; nobody who did not agree', async () => {
  const world = new BureauWorld();
  await world.firm({ chat: 't:e1', name: '晋阳科技有限公司' });
  await world.firm({ chat: 't:e2', name: '不公开有限公司', share: false });
  await world.bind('t:o', '太原市');
  expect(await world.text('t:o', '企业名单')).toContain('晋阳科技有限公司');
  expect(await world.text('t:o', '企业名单')).not.toContain('不公开');
  const { enterprises } = await world.operator({ verb: 'enterprises' });
  expect(Object.keys((enterprises as object[])[0] ?? {}).sort()).toEqual([
    'city',
    'connected',
    'missing',
    'name',
    'progress',
  ]);
  expect(await world.text('t:o', '已收 不公开有限公司')).toContain('没有找到');
});
