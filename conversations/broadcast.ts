import type { Audience, Counted, Guide, Office, Preview } from '../src/dialogue/index.ts';
import type { Reply, ReplyChoice, StaffWords, Standing, TextFault } from '../src/dialogue/index.ts';
import { forecastLines } from './broadcastreach.ts';
import { broadcastLine, citiesText, reportWords, sentWords, timeText } from './broadcastreport.ts';
import * as staff from './staff.ts';
import { lines } from './wording.ts';

/** 群发: whom for, the text, the count, and what became of it. */

const CHOICES: readonly ReplyChoice[] = [
  { id: 'all', label: '全部' },
  { id: 'open', label: '还没提交的' },
  { id: 'lacking', label: '材料没备齐的' },
  { id: 'eligible', label: '符合条件的' },
  { id: 'unseen', label: '30天没来过的' },
  { id: 'roster', label: '名单上的' },
];

const PLACEHOLDERS = '【企业名称】【缺少材料】【剩余天数】【联系电话】';

function audienceAsk(office: Office): string {
  return lines(
    `发给哪些企业？（${office.name}，只发给同意共享的企业）`,
    `可以选一项或几项，也可以写：缺发票、45天没来过${office.province ? '、太原市 大同市' : ''}；退出回“取消”。`,
  );
}

/** How the office's own list stands to it: 名单内200家：能收到120家，需电话80家。 */
function listedLine(listed: Counted['listed']): string {
  if (!listed) return '';
  const { total, reached, call, other, unknown } = listed;
  const parts = [
    `能收到${String(reached)}家`,
    call > 0 ? `需电话${String(call)}家（发完后给电话）` : '',
    other > 0 ? `不在这次条件内${String(other)}家` : '',
    unknown > 0 ? `不在这里、没法判断${String(unknown)}家` : '',
  ];
  return `名单内${String(total)}家：${parts.filter((part) => part !== '').join('，')}。`;
}

function nobody({ unsubscribed, listed }: Counted): string {
  return lines(
    `没有符合条件、能收到的企业${unsubscribed > 0 ? `（有${String(unsubscribed)}家已退订）` : ''}，请换一个条件。`,
    listedLine(listed && { ...listed, call: 0 }),
    listed && listed.call > 0 ? `需电话联系${String(listed.call)}家，电话在您导入的名单里。` : '',
  );
}

function unsubscribedLine({ unsubscribed }: Pick<Counted, 'unsubscribed'>): string {
  return unsubscribed > 0 ? `另有${String(unsubscribed)}家已退订，不会收到。` : '';
}

function counted({ count, samples, unsubscribed, listed }: Counted): string {
  return lines(
    `接收：${String(count)}家${samples.length === 0 ? '' : `，如：${samples.join('、')}`}。`,
    listedLine(listed),
    unsubscribedLine({ unsubscribed }),
  );
}

function faultsText(faults: readonly TextFault[], count: number): string {
  return lines(
    ...faults.map(({ placeholder, lacking }) =>
      lacking === undefined
        ? `没有【${placeholder}】这个占位符，可以用的有：${PLACEHOLDERS}；正文请用别的括号。`
        : `【${placeholder}】填不出来：${String(count)}家中有${String(lacking)}家没有这项。`,
    ),
    '请修改文字，或换一批接收的企业（回“上一步”）。',
  );
}

const CONDITIONS: Readonly<Record<string, string>> = {
  eligible: '符合条件',
  ineligible: '不符合条件',
  undetermined: '还不能确定',
};

function audienceText(audience: Audience, guide: Guide | undefined): string {
  const labels = Object.assign({}, ...(guide?.files.procedure.machines.map((one) => one.states) ?? [])) as Record<
    string,
    string
  >;
  return [
    citiesText(audience.cities),
    audience.verdict === undefined ? '' : (CONDITIONS[audience.verdict] ?? ''),
    audience.filed === undefined ? '' : audience.filed ? '已提交' : '还没提交',
    audience.progress === undefined ? '' : (labels[audience.progress] ?? audience.progress),
    audience.lacks === undefined ? '' : `缺${audience.lacks === '*' ? '材料' : audience.lacks}`,
    audience.unseenDays === undefined ? '' : `${String(audience.unseenDays)}天没来过`,
    audience.roster ? '名单上的' : '',
  ]
    .filter((part) => part !== '')
    .join('，');
}

function confirmAsk(preview: Preview, audience: Audience, guide: Guide | undefined): string {
  return lines(
    `接收：${String(preview.count)}家（${audienceText(audience, guide)}）。`,
    preview.samples.length === 0 ? '' : `如：${preview.samples.join('、')}`,
    listedLine(preview.listed),
    unsubscribedLine(preview),
    preview.needsApproval ? '这次群发要另一位工作人员批准后才会发出。' : '',
    ...forecastLines(preview.forecasts),
    `最早发出：${timeText(preview.startsAt)}；要定时请回时间，如：明天9点。`,
    `确认发送请回接收家数：${String(preview.count)}；改文字回“上一步”，不发回“取消”。`,
  );
}

const VERBS: Readonly<Record<string, string>> = { pause: '暂停', resume: '继续', cancel: '取消' };

function which(verb: string, standings: readonly Standing[]): Reply {
  const word = VERBS[verb] ?? verb;
  if (standings.length === 0) return { text: `没有可以${word}的群发。` };
  return {
    text: lines(`${word}哪一个？请回编号，如：${word} ${standings[0]?.id ?? ''}`, ...standings.map(broadcastLine)),
  };
}

/** Everything that is said to bureau staff. */
export const staffWords: StaffWords = {
  bound: staff.boundWords,
  bindAsk: staff.bindAskWords,
  refused: staff.refusedWords,
  dropped: () => ({ text: '已退出，没有发送。' }),
  nothingToDrop: () => ({ text: '现在没有在写群发。' }),
  audienceAsk,
  audienceChoices: () => CHOICES,
  audienceUnknown: (part) => `没看懂“${part}”。`,
  nobody,
  counted,
  textAsk: () => `请写要发的文字。可以用：${PLACEHOLDERS}，发送时换成各企业自己的内容。`,
  faults: faultsText,
  previewHead: () => '企业看到的样子：',
  confirmAsk,
  countWrong: (typed, count) => `家数不对：您回的是${String(typed)}，现在符合条件的是${String(count)}家，没有发送。`,
  confirmUnknown: () => '确认请只回接收家数；要定时请回时间，如：明天9点；不发回“取消”。',
  past: () => '这个时间已经过去了。',
  sent: sentWords,
  withdrawn: ({ id }) => ({ text: `已撤回 ${id}，一条也没有发出。` }),
  list: (standings) => ({
    text: standings.length === 0 ? '还没有群发。' : lines('群发记录（新的在前）：', ...standings.map(broadcastLine)),
  }),
  report: reportWords,
  which,
  reviewAsk: (preview, cities) =>
    lines(
      `发给${citiesText(cities)}的${String(preview.count)}家${preview.samples.length === 0 ? '' : `，如：${preview.samples.join('、')}`}。`,
      '批准发送吗？',
    ),
  reviewChoices: () => [
    { id: 'approve_yes', label: '批准' },
    { id: 'approve_no', label: '不批准' },
  ],
  approved: (standing, now) => ({ text: lines('已批准。', reportWords(standing, now).text) }),
  notApproved: () => ({ text: '没有批准，不会发送。' }),
  markAsk: staff.markAskWords,
  marked: staff.markedWords,
  enterprises: staff.enterprisesWords,
  forwarded: staff.forwardedWords,
};
