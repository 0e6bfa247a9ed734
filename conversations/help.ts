import type { Contact, Guide, Reply, ReplyChoice, View } from '../src/dialogue/index.ts';
import { contactLine, lines, ownContact } from './wording.ts';

const OFFERS: readonly ReplyChoice[] = [
  { id: 'check', label: '资格自测' },
  { id: 'estimate', label: '测算' },
  { id: 'documents', label: '材料' },
  { id: 'deadlines', label: '截止' },
  { id: 'contact', label: '联系' },
];

function programmeChoices(guides: readonly Guide[]): ReplyChoice[] {
  return guides.map((guide) => ({
    id: `programme.${guide.files.programme.id}`,
    label: guide.files.programme.short,
  }));
}

/** 开始: what it can do, and what is open. */
export function welcomeWords(guides: readonly Guide[], view: View | undefined): Reply {
  const open = view?.dossier.interview && !view.dossier.interview.done && view.dossier.interview.pending;
  return {
    text: lines(
      '您好，我是科技创新券助手：判断能不能申请、测算能补多少、列缺什么材料、查截止日期和联系电话。',
      view ? `当前政策：${view.guide.programme.files.programme.name}` : '先选政策：',
      open ? '上次的自测还没有做完，接着来：' : view ? '回“资格自测”开始，约10个问题。' : '',
    ),
    choices: view ? (open ? [] : OFFERS) : programmeChoices(guides),
  };
}

/** 帮助: the menu. */
export function menuWords(guides: readonly Guide[], view: View | undefined): Reply {
  return {
    text: lines(
      view ? `当前政策：${view.guide.programme.files.programme.short}（换政策回“切换政策”）` : '还没有选政策。',
      '可以回：资格自测、测算、材料、截止、联系、进度、汇总、提醒、换企业、隐私、转人工',
      '答题时可以回：上一步、改第3题、跳过、为什么问、重来、退出',
    ),
    choices: view ? OFFERS : programmeChoices(guides),
  };
}

export function chooseProgrammeWords(guides: readonly Guide[]): Reply {
  return { text: '按哪里的政策？', choices: programmeChoices(guides) };
}

/** The programme is taken from what was asked before. */
export function programmeAssumedWords(guide: Guide): string {
  return `按前面问的${guide.files.programme.short}政策（要换回“切换政策”）：`;
}

export function programmeChosenWords(guide: Guide, carried: readonly string[]): Reply {
  const { name, status, status_says: says } = guide.programme.files.programme;
  return {
    text: lines(
      `已选：${name}`,
      status === 'draft' ? says : '',
      carried.length > 0 ? `沿用之前填过的：${[...new Set(carried)].join('、')}` : '',
    ),
    choices: OFFERS,
  };
}

export function unknownProgrammeWords(text: string, guides: readonly Guide[]): Reply {
  return { text: `没有“${text.slice(0, 20)}”的政策，现在有：`, choices: programmeChoices(guides) };
}

/** 转人工: whom to call, with the number. */
export function humanWords(view: View): Reply {
  const { contacts, programme } = view.guide.programme.files;
  const own = ownContact(view);
  return {
    text: lines(
      '我是程序，不能代办；请联系：',
      own ? `${contactLine(own)}（${own.clause}）` : '',
      ...generalLines(view.guide, own),
      contacts.no_phone,
      programme.status === 'draft' ? programme.status_says : '',
    ),
  };
}

/** 转人工 before a programme is chosen: the offices of each, and how to get to those of a city. */
export function humanAnywhereWords(guides: readonly Guide[]): Reply {
  const each = guides.map((guide) => {
    const { programme, contacts } = guide.files;
    return lines(`【${programme.short}】`, ...generalLines(guide, undefined), contacts.no_phone);
  });
  return {
    text: lines('我是程序，不能代办；找工作人员请联系：', ...each, '要所在市科技局的电话，直接回市或县的名字。'),
    choices: programmeChoices(guides),
  };
}

/** Offices that answer for everybody. Where the text has no number, those that it names are all there is. */
function generalLines({ files: { contacts } }: Guide, own: Contact | undefined): string[] {
  return contacts.entries
    .filter((entry) =>
      contacts.no_phone === undefined
        ? entry.serves.length === 0 && entry.phones.length > 0
        : entry.kind === 'office' && entry !== own,
    )
    .map((entry) => `${contacts.groups[entry.group]?.label ?? ''}：${contactLine(entry)}（${entry.clause}）`);
}

export function fallbackWords(text: string, view: View | undefined): Reply {
  const shown = text.length > 12 ? `${text.slice(0, 12)}…` : text;
  return {
    text: `没看懂“${shown}”。我只回答科技创新券的问题。${view ? `可以直接说情况，如：${view.guide.programme.files.programme.examples.sentence}；或回：` : '可以回：'}`,
    choices: view ? OFFERS : OFFERS.slice(0, 2),
  };
}
