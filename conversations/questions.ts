import type { AskWords, EchoWords, View } from '../src/dialogue/index.ts';
import { amountText, contactLine, dateText, lines, ownContact } from './wording.ts';

/** The words around a question: choices every question has, doubts, and what bad input gets. */
export const askWords: AskWords = {
  yes: '是',
  no: '不是',
  have: '有',
  haveNot: '没有',
  havingAsked: '有没有',
  unknown: '不清楚',
  zeroAsked: '回0',
  none: '都没有',
  unsure: '哪几项拿不准？没选的按没有算。',
  allUnknown: '都拿不准',
  noneUnsure: '没有拿不准的',
  listAgain: (first, labels) =>
    lines(
      first,
      `各项见前面（再看一遍回“继续”）。回${labels.map((label, i) => `${String(i + 1)}（${label}）`).join('或')}`,
    ),
  totalExample: '一共付了25万',
  more: '还有其他服务吗？',
  moreWhy: '可以就多项服务申请，合并计算。',
  moreYesSays: ['有', '还有', '要', '再加一项'],
  moreNoSays: [
    '没有',
    '没了',
    '就这些',
    '就这一个',
    '就一项',
    '不用',
    '完了',
    '没有别的',
    '好了',
    '行了',
    '够了',
    '可以了',
    '完事了',
  ],
  moreYes: '还有',
  moreNo: '没有了',
  sameService: '同上一项（只有日期、金额不同）',
  service: (n, name) => `【第${String(n)}项服务${name === undefined ? '' : `·${name}`}】`,
};

export const echoWords: EchoWords = {
  money: amountText,
  date: (date) => dateText(date),
  service: (n) => `第${String(n)}项：`,
  denied: (echo) => `不是${echo}`,
  list: (count, total, unread) =>
    `共${String(count)}项，合计${amountText(total)}${unread > 0 ? `（${String(unread)}项缺日期或金额，会再问）` : ''}`,
};

export function notedWords(echoes: readonly string[]): string {
  return echoes.length === 1 ? `记下了：${echoes[0] ?? ''}。` : `记下了：${echoes.join('；')}。不对的话回“上一步”。`;
}

export function doubtWords(why: string, options: readonly string[]): string {
  return lines(
    why,
    '您是说：',
    ...options.map((option, index) => `${String(index + 1)}. ${option}`),
    '回编号就行，或重新写一遍。',
  );
}

export function rejectedWords(why: string, example: string | undefined): string {
  return lines(why, example === undefined ? '' : `例：${example}`);
}

export function needTotalWords(example: string | undefined): string {
  return rejectedWords('请算好总金额再写。', example);
}

export function needDayWords(example: string | undefined): string {
  return rejectedWords('还差具体是哪一天。', example);
}

const EXPECTED: Readonly<Record<string, string>> = {
  choice: '选一个编号，或写选项的字',
  multi: '选编号，可多选，如：1 3；没有就回“都没有”',
  yes_no: '回“是”“不是”或“不清楚”',
  bundle: '回1（都符合）或2（有不符合的）',
  money: '写金额',
  count: '写数字',
  date: '写日期',
  text: '写几个字',
};

export function notUnderstoodWords(text: string, kind: string, example: string | undefined): string {
  const shown = text.length > 12 ? `${text.slice(0, 12)}…` : text;
  return `没看懂“${shown}”，请${EXPECTED[kind] ?? '回答上面的问题'}${example === undefined ? '。' : `，例：${example}`}`;
}

/** The third message that answers nothing: a way out instead of the same question. */
export function stuckWords(view: View): string {
  const contact = ownContact(view) ?? view.contacts[0];
  return lines(
    '这题可以先跳过：回“跳过”，按不清楚处理；回“退出”先不答。',
    contact ? `也可以问：${contactLine(contact)}` : '',
  );
}

export function whyWords(why: string): string {
  return `为什么问：${why}`;
}

export function sizeIndustryWords(industries: readonly string[]): string {
  return lines('哪个行业？回编号或行业名：', ...industries.map((name, index) => `${String(index + 1)}. ${name}`));
}

export function sizeAmountWords(indicator: 'employees' | 'revenue' | 'assets'): string {
  if (indicator === 'employees') return '从业人员多少人？例：60人';
  return indicator === 'revenue' ? '年营业收入多少？例：3000万' : '资产总额多少？例：5000万';
}

const SIZES: Readonly<Record<string, string>> = { micro: '微型', small: '小型', medium: '中型', large: '大型' };

export function sizeResultWords(size: string, basis: string): string {
  return `按${basis}，属于${SIZES[size] ?? size}，以统计部门认定为准。`;
}
