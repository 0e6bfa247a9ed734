import type { DateAhead, Notice, OwnFault, Reply, ReplyChoice, View } from '../src/dialogue/index.ts';
import { civilDateOf, nextSteps, reasonsOf, trackOf, weekday, type ChatState } from '../src/dialogue/index.ts';
import { contactLine, dateText, daysText, draftNote, lines, ownContact } from './wording.ts';

/** 提醒: what is said because a date comes near, and what people set themselves. */

const CALENDAR: ReplyChoice = { id: 'calendar', label: '日历文件' };
const BEIJING_MS = 8 * 3_600_000;

/** 2026年7月15日（周三） 17:00; the last second of a day is no time to name. */
function instantText(at: number, withTime = true): string {
  const date = civilDateOf(at);
  const clock = new Date(at + BEIJING_MS).toISOString().slice(11, 16);
  return `${dateText(date, weekday(date))}${clock === '23:59' || !withTime ? '' : ` ${clock}`}`;
}

function dateLine({ label, at, clause }: DateAhead): string {
  return `· ${label}：${instantText(at)}（${clause}）`;
}

/** Reminders were turned on: which dates that means. */
export function remindOnWords(view: View | undefined, dates: readonly DateAhead[]): Reply {
  if (!view) return { text: '已记下您同意接收截止提醒。提醒哪里的期限，要先选政策：回“切换政策”。不想要了回“退订”。' };
  const { programme } = view.guide.files;
  const none =
    programme.status === 'draft'
      ? '您还没说领到了创新券，券的期限现在不提醒；领到后回“进度”告诉我，到时提醒。'
      : '现在没有可提醒的日期（期限已过，或材料已报送）。';
  return {
    text: lines(
      '已记下您同意接收截止提醒。',
      dates.length === 0 ? none : '提前30、14、7、3、1天和当天上午9点提醒，遇休息日提前到工作日：',
      ...dates.map(dateLine),
      '不想要了回“退订”；要自己定时间，如：下周一上午提醒我盖章',
      draftNote(view),
    ),
    ...(dates.length === 0 ? {} : { choices: [CALENDAR] }),
  };
}

/** One reminder: the date, what this enterprise still lacks, whom to hand it to, the next step, how to stop. */
export function reminderWords(view: View, notice: Notice): Reply {
  const { at, label, clause, says } = notice;
  const name = notice.named && view.enterprise?.name !== undefined ? `${view.enterprise.name} ` : '';
  const date = civilDateOf(at);
  return {
    text: lines(
      `【截止提醒】${name}${label}：${instantText(at)}，${daysText(view.today, date)}（${clause}）`,
      `${says}。`,
      ...(notice.group ? [] : ownLines(view, notice)),
      notice.asking ? '刚才的问题还等着您，直接回答就行。' : '',
      '交了回“已提交”；不要提醒回“退订”。',
      draftNote(view),
    ),
    ...(notice.buttons ? { choices: buttonsOf(view) } : {}),
  };
}

function buttonsOf(view: View): readonly ReplyChoice[] {
  const { guide, facts, now } = view;
  const filed = trackOf(guide.programme, facts, now).find((machine) => machine.filed !== undefined)?.filed;
  return [
    ...(filed === undefined ? [] : [{ id: `progress.${filed}`, label: '已提交' }]),
    { id: 'remind.off', label: '退订' },
  ];
}

function ownLines(view: View, { papers }: Notice): string[] {
  const { assessment } = view.verdict;
  if (assessment.eligibility === 'ineligible') {
    const [reason] = reasonsOf(assessment);
    const why =
      reason === undefined
        ? ''
        : `：${reason.text.replace(/。$/, '')}${reason.clause === 'contradiction' ? '' : `（${reason.clause}）`}`;
    return [`按您填的情况，目前不符合条件${why}。情况有变化回“资格自测”。`];
  }
  return papers ? [missingLine(view), handInLine(view), stepLine(view)] : [stepLine(view)];
}

const MOST_PAPERS = 4;

function missingLine(view: View): string {
  const { checklist, missingDocuments } = view.verdict;
  if (!checklist) return '';
  if (missingDocuments.length === 0) return `材料：清单上的都已备齐（${checklist.clause}）`;
  const names = new Map(checklist.items.map((item) => [item.id, item.name.replace(/（[^（]{0,80}）$/, '')]));
  const shown = missingDocuments.slice(0, MOST_PAPERS).map((id) => names.get(id) ?? id);
  const more = missingDocuments.length > MOST_PAPERS ? `等${String(missingDocuments.length)}项` : '';
  return `还缺：${shown.join('、')}${more}（${checklist.clause}），有了的回“材料”勾掉`;
}

/** Whom to hand the papers in to, with the number where the text has one. */
function handInLine(view: View): string {
  const { hand_in: handIn, groups, entries } = view.guide.programme.files.contacts;
  const own = ownContact(view);
  if (own && own.group === handIn.group && own.phones.length > 0)
    return `交到：${contactLine(own)}（${own.clause}），地址和办公时间请先电话确认`;
  const where = view.verdict.checklist?.handIn ?? `${handIn.text}（${handIn.clause}）`;
  const knows = entries.some((one) => one.group === handIn.group && one.phones.length > 0);
  const ask = knows && !own ? `；要${groups[handIn.group]?.label ?? ''}电话，回所在市名` : '';
  return `交到哪里：${where}${ask}`;
}

function stepLine(view: View): string {
  const { progress } = view.dossier;
  if (progress === undefined) return '';
  const [step] = nextSteps(trackOf(view.guide.programme, view.facts, view.now), progress);
  return step === undefined || step.implied ? '' : `下一步：${step.event}（${step.clause}）`;
}

/** A reminder of one's own was set; `moved` out of the quiet hours. */
export function ownSetWords(at: number, what: string, moved: boolean): Reply {
  const quiet = moved ? '（晚9点到早8点不发消息，已顺延）' : '';
  return { text: `好，${instantText(at)}提醒您${what === '' ? '' : `：${what}`}${quiet}。看全部回“我的提醒”。` };
}

/** `at` and `now` are UTC ms: after a standstill it comes on a later day than it was set for. */
export function ownDueWords(text: string, at: number, now: number): Reply {
  const late = civilDateOf(at) === civilDateOf(now) ? '' : `（定在${dateText(civilDateOf(at))}）`;
  return { text: `【您定的提醒】${text === '' ? '您让我这个时候提醒您。' : text}${late}` };
}

export function ownRefusedWords(why: OwnFault, detail: string): Reply {
  const example = '如：下周一上午提醒我盖章';
  switch (why) {
    case 'no-date':
      return { text: `哪一天提醒？请连日期一起写，${example}` };
    case 'unclear':
      return { text: `${detail === '' ? '没看明白是哪一天。' : detail}请写到哪一天，${example}` };
    case 'past':
      return { text: `${dateText(detail)}这个时间已经过了，换个以后的时间吧，${example}` };
    case 'past-this-year':
      return { text: `今年的这一天已经过了；要的是${dateText(detail)}的话，请连年份一起写。` };
    case 'far':
      return { text: `${dateText(detail)}太远了，请写一年以内的日期。` };
    case 'many':
      return { text: `最多记${detail}个提醒；先回“我的提醒”看看，用“取消提醒1”去掉不要的。` };
    case 'no-such':
      return { text: `没有第${detail}个提醒；回“我的提醒”看全部。` };
  }
}

/** 我的提醒: those set by hand by number, then the dates. */
export function ownListWords(state: ChatState, dates: readonly DateAhead[]): Reply {
  const { own = [], remind } = state;
  return {
    text: lines(
      own.length === 0 ? '您没有自己定的提醒。' : '您定的提醒：',
      ...own.map(({ at, text }, index) => `${String(index + 1)}. ${instantText(at)}${text === '' ? '' : ` ${text}`}`),
      own.length === 0 ? '' : '不要了回“取消提醒1”。',
      remind
        ? dates.length === 0
          ? '截止提醒：开着，现在没有可提醒的日期。'
          : '截止提醒：开着'
        : '截止提醒：没有开，要的话回“提醒”。',
      ...dates.map(dateLine),
    ),
    ...(dates.length === 0 ? {} : { choices: [CALENDAR] }),
  };
}

export function ownCancelledWords(text: string): Reply {
  return { text: `已取消${text === '' ? '这个提醒' : `：${text}`}。` };
}

/** The dates as a file for a calendar. */
export function calendarWords(view: View, path: string): Reply {
  const { short } = view.guide.files.programme;
  return {
    text: lines(`${short}科技创新券的截止日期，导入手机或电脑的日历即可。`, draftNote(view)),
    file: { path, name: `${short}科技创新券截止日期.ics`, mime: 'text/calendar' },
  };
}

export function calendarNoneWords(): Reply {
  return { text: '这里发不了日历文件；回“截止”看日期。' };
}
