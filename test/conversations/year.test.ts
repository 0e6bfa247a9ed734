import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Scalar } from '../../src/policy/index.ts';
import { closeUnreachable } from '../../src/app/dispatch/outbox.ts';
import { addDays } from '../../src/policy/dates.ts';
import { at, enterprise, settle, tickWorld, type TickWorld } from '../app/tick-world.ts';

/*
 * A year of reminders for 200 enterprises, played in ticks: everything that is said unasked, to the day, as a policy
 * officer can read it. After a change of words that is meant:
 *   UPDATE_YEAR=1 npx vitest run test/conversations/year.test.ts
 * and read the difference before keeping it.
 */

const SX = 'shanxi-2026';
const LY = 'luoyang';
const CHATS = 200;

/** What happens to a chat on a day, in the morning after the reminders of that day. */
type Days = Readonly<Record<string, string | ((world: TickWorld, chat: string) => Promise<void>)>>;

interface Kind {
  readonly title: string;
  readonly begin: (world: TickWorld, chat: string) => Promise<void>;
  readonly days?: Days;
}

const PAPERS = [
  ...['application_form', 'service_contract', 'invoice', 'payment_proof', 'result_report', 'proof_tech_sme'],
  ...['no_affiliation_commitment', 'business_license', 'legal_rep_id'],
];
const inHand = (papers: readonly string[]): Record<string, Scalar> =>
  Object.fromEntries(papers.map((id) => [`documents_in_hand[sx_${id}]`, true]));
const TECH = { 'identities[tech_sme]': true, 'identities[tech_sme].valid': true };
const ON: Days = { '2026-01-05': '/remind on' };

function shanxi(given: Record<string, Scalar>, city?: string, progress?: string): Kind['begin'] {
  const fields = { ...(city === undefined ? {} : { city }), ...(progress === undefined ? {} : { progress }) };
  return (world, chat) => settle(world, chat, SX, [enterprise(SX, given, fields)]);
}

function luoyang(given: Record<string, Scalar>, progress?: string): Kind['begin'] {
  return (world, chat) =>
    settle(world, chat, LY, [
      enterprise(LY, given, { city: '洛阳市', ...(progress === undefined ? {} : { progress }) }),
    ]);
}

const KINDS: readonly Kind[] = [
  { title: '山西，什么都还没填', begin: shanxi({}), days: ON },
  {
    title: '山西太原，科小，材料缺发票和承诺书，已绑定',
    begin: shanxi({ ...TECH, ...inHand(PAPERS.filter((id) => !/invoice|commitment/.test(id))) }, '太原市', 'bound'),
    days: ON,
  },
  {
    title: '山西大同，科小，材料已备齐，已装订',
    begin: shanxi({ ...TECH, ...inHand(PAPERS) }, '大同市', 'dossier_printed'),
    days: ON,
  },
  {
    title: '山西，大型企业，不符合条件',
    begin: shanxi({ ...TECH, 'applicant.size': 'large', 'applicant.registered_province': '其他' }, '太原市'),
    days: ON,
  },
  {
    title: '山西，未注册企业的团队，平台企业已同意',
    begin: shanxi({ 'applicant.kind': 'team', 'applicant.registered_as_enterprise': false }, '太原市', 'host_agreed'),
    days: ON,
  },
  { title: '山西太原，7月9日已提交', begin: shanxi(TECH, '太原市', 'bound'), days: { ...ON, '2026-07-09': '已提交' } },
  { title: '山西太原，7月2日放弃申请', begin: shanxi(TECH, '太原市'), days: { ...ON, '2026-07-02': '不申请了' } },
  { title: '山西太原，6月20日退订', begin: shanxi(TECH, '太原市'), days: { ...ON, '2026-06-20': '退订' } },
  {
    title: '山西太原，6月25日拉黑，7月12日又来问',
    begin: shanxi(TECH, '太原市'),
    days: {
      ...ON,
      '2026-06-25': async ({ store }, chat) => {
        await store.update(chat, (doc) => ({
          doc: doc && closeUnreachable(doc, 'blocked', 0, () => false),
          result: undefined,
        }));
      },
      '2026-07-12': '截止',
    },
  },
  { title: '山西太原，没有同意提醒', begin: shanxi(TECH, '太原市'), days: { '2026-01-05': '/remind no' } },
  { title: '山西太原，7月9日才同意', begin: shanxi(TECH, '太原市'), days: { '2026-07-09': '提醒' } },
  {
    title: '山西太原，6月28日删除了数据',
    begin: shanxi(TECH, '太原市'),
    days: {
      ...ON,
      '2026-06-28': async (world, chat) => {
        await world.say(chat, '删除我的数据', '2026-06-28T10:00');
        await world.say(chat, '确认删除', '2026-06-28T10:00');
      },
    },
  },
  {
    title: '山西，一个聊天两家企业，甲公司6月18日已提交',
    begin: (world, chat) =>
      settle(world, chat, SX, [
        enterprise(SX, TECH, { name: '甲公司', city: '太原市' }),
        enterprise(SX, TECH, { id: 'f', name: '乙公司', city: '晋城市' }),
      ]),
    days: { ...ON, '2026-06-18': '已提交' },
  },
  { title: '山西太原，7月1日起自测没有答完', begin: shanxi(TECH, '太原市'), days: { ...ON, '2026-07-01': '资格自测' } },
  {
    title: '山西太原，没有同意提醒，自己定了两个',
    begin: shanxi(TECH, '太原市'),
    days: { '2026-07-01': '下周一上午提醒我盖章', '2026-07-02': '7月10号晚上十点提醒我交材料' },
  },
  {
    title: '洛阳，已获得创新券',
    begin: luoyang({ 'voucher.granted': true, stage: 'redeem' }, 'voucher_granted'),
    days: ON,
  },
  {
    title: '洛阳，11月20日获得创新券，12月10日在线申报',
    begin: luoyang({}, 'applied'),
    days: { ...ON, '2026-11-20': '/progress 已获得创新券', '2026-12-10': '已提交' },
  },
  { title: '洛阳，还没有创新券', begin: luoyang({ stage: 'apply_voucher' }), days: ON },
];

interface Said {
  readonly when: string;
  readonly text: string;
}

const kindOf = (index: number): Kind => KINDS[index % KINDS.length] ?? KINDS[0]!;
const nameOf = (index: number): string => `e${String(index).padStart(3, '0')}`;

/** Everything that is said unasked in 2026, by chat. */
async function year(): Promise<Map<string, Said[]>> {
  const world = tickWorld();
  const said = new Map<string, Said[]>();
  for (let index = 0; index < CHATS; index += 1) {
    said.set(nameOf(index), []);
    await kindOf(index).begin(world, nameOf(index));
  }
  for (let day = '2026-01-01'; day <= '2027-01-02'; day = addDays(day, 1)) {
    for (const time of ['00:00', '08:00', '09:00', '12:00', '20:30']) {
      for (const line of await world.tick(at(`${day}T${time}`))) {
        const chat = line.slice(0, 4);
        said.get(chat)?.push({ when: `${day} ${time}`, text: line.slice(6) });
      }
      if (time !== '09:00') continue;
      for (let index = 0; index < CHATS; index += 1) {
        const event = kindOf(index).days?.[day];
        if (typeof event === 'string') await world.say(nameOf(index), event, `${day}T10:00`);
        else await event?.(world, nameOf(index));
      }
    }
  }
  return said;
}

/** The messages of one chat; of a body that was just told only its first line. */
function block(messages: readonly Said[]): string {
  if (messages.length === 0) return '（没有消息）';
  let before = '';
  return messages
    .map(({ when, text }) => {
      const [head = '', ...body] = text.split('\n');
      const rest = body.map((line) => `        ${line}`).join('\n');
      const shown = rest === '' ? '' : rest === before ? '\n        （其余同上一条）' : `\n${rest}`;
      if (rest !== '') before = rest;
      return `    ${when}  ${head}${shown}`;
    })
    .join('\n');
}

test('a year of 200 enterprises goes as it is written', async () => {
  const said = await year();
  const parts = KINDS.map(({ title }, kind) => {
    const chats = [...said.keys()].filter((_, index) => index % KINDS.length === kind);
    const blocks = new Set(chats.map((chat) => block(said.get(chat) ?? [])));
    // Enterprises of which the same is known are told the same.
    expect(blocks.size, title).toBe(1);
    const count = said.get(chats[0] ?? '')?.length ?? 0;
    return `## ${title}\n\n${chats.length}家（${chats.join(' ')}），每家${count}条\n\n${[...blocks].join('')}`;
  });
  const total = [...said.values()].reduce((sum, list) => sum + list.length, 0);
  const text = `# 一年里主动发的全部消息\n\n200家企业，2026年，共${total}条\n\n${parts.join('\n\n')}\n`;
  const path = resolve(import.meta.dirname, 'year.md');
  if (process.env['UPDATE_YEAR'] === '1') writeFileSync(path, text);
  else expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
}, 60_000);
