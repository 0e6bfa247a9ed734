import type { CommandSpec, Script } from '../src/dialogue/index.ts';
import * as consent from './consent.ts';
import { staffWords } from './broadcast.ts';
import { contactWords, outsideWords } from './contacts.ts';
import { deadlineWords } from './deadlines.ts';
import { documentsWords, tickedWords } from './documents.ts';
import { eligibility, verdictWords } from './eligibility.ts';
import { estimate, estimateWords } from './estimate.ts';
import * as free from './free.ts';
import * as help from './help.ts';
import * as privacy from './privacy.ts';
import { progressSetWords, progressUnknownWords, progressWithdrawnWords, progressWords } from './progress.ts';
import * as ask from './questions.ts';
import * as reminders from './reminders.ts';
import { staffCommands } from './staff.ts';
import { summaryWords } from './summary.ts';
import { lines } from './wording.ts';

/** Every command with its words; a word counts only when it is the whole message. */
const commands: readonly CommandSpec[] = [
  { id: 'start', slash: 'start', words: ['开始', '你好', '您好', 'start', 'hi', 'hello'] },
  { id: 'help', slash: 'help', words: ['帮助', '菜单', '0', 'help', 'menu'] },
  {
    id: 'programme',
    slash: 'programme',
    words: ['切换政策', '换政策', '选政策'],
    pattern: /^(?:切换政策|切换到|切换|换成|按|programme[. ]) ?(\S.{0,19})$/,
  },
  {
    id: 'check',
    slash: 'check',
    words: ['资格自测', '自测', '资格', 'check', '能不能申请', '能申请吗', '我们能申请吗'],
  },
  { id: 'estimate', slash: 'estimate', words: ['测算', '能补多少', '补多少', '能补多少钱', 'estimate'] },
  {
    id: 'documents',
    slash: 'documents',
    words: ['材料', '缺什么', '缺啥', '还缺什么', '还缺啥', '差什么', '材料清单', '清单', '要什么材料', 'documents'],
  },
  { id: 'deadlines', slash: 'deadlines', words: ['截止', '时间', '截止时间', '截止日期', '什么时候截止', 'deadlines'] },
  {
    id: 'contact',
    slash: 'contact',
    words: ['联系', '电话', '联系方式', '联系人', '找谁', 'contact'],
    pattern: /^(?:联系|电话)\s*(\S{2,20})$/,
  },
  { id: 'city', slash: 'city', words: [], pattern: /^(?:我们?|公司|企业)(?:公司)?(?:是)?在(.{2,12}?)(?:市)?(?:的)?$/ },
  {
    id: 'progress',
    slash: 'submitted',
    words: ['已提交', '已经提交了', '交上去了', '已报送', '已申报'],
    argument: '已提交',
  },
  { id: 'progress', slash: 'progress', words: ['进度', '办到哪了'], pattern: /^进度 ?[:：]? ?(\S{2,20})$/ },
  {
    id: 'progress',
    slash: 'giveup',
    words: ['不申请了', '放弃申请', '撤回申请', '已撤回'],
    argument: 'withdrawn',
  },
  { id: 'remind', slash: 'remind', words: ['提醒', '要提醒', '开启提醒', '提醒我'] },
  { id: 'unsubscribe', slash: 'unsubscribe', words: ['退订', '取消提醒', '不要提醒', 'TD'] },
  { id: 'share', slash: 'share', words: ['同意共享', '共享进度', '开启共享'] },
  { id: 'share', slash: 'unshare', words: ['停止共享', '取消共享', '不共享', '不同意共享'], argument: 'off' },
  { id: 'reminders', slash: 'reminders', words: ['我的提醒', '提醒列表'] },
  { id: 'calendar', slash: 'calendar', words: ['日历文件', '日历', '加到日历'] },
  { id: 'back', slash: 'back', words: ['上一步', '返回', '上一题', '撤销'] },
  {
    id: 'edit',
    slash: 'edit',
    words: [],
    pattern: /^(?:改|修改|更改|edit[. ])(?:一下)? ?第? ?(\d{1,3}|[一二三四五六七八九十]{1,3}) ?题?吧?$/,
  },
  { id: 'skip', slash: 'skip', words: ['跳过', '下一题'] },
  { id: 'why', slash: 'why', words: ['为什么问', '为什么', '为啥问', '为什么问这个'] },
  { id: 'restart', slash: 'restart', words: ['重来', '重新开始', '重新来'] },
  { id: 'cancel', slash: 'cancel', words: ['退出', '取消', '不做了', '结束'] },
  { id: 'enterprise', slash: 'enterprise', words: ['换企业', '切换企业', '换公司'], pattern: /^换企业\s+(\S.{0,39})$/ },
  { id: 'summary', slash: 'summary', words: ['汇总', '总结', '发给老板'] },
  { id: 'human', slash: 'human', words: ['转人工', '人工', '找人'] },
  { id: 'privacy', slash: 'privacy', words: ['隐私', '隐私说明'] },
  { id: 'export', slash: 'export', words: ['导出', '导出数据', '导出我的数据'] },
  { id: 'forget', slash: 'forget', words: ['删除我的数据', '删除数据', '清除数据'] },
  ...staffCommands,
];

/** The assistant's words and flows. */
export const script: Script = {
  commands,
  flows: { eligibility, estimate },
  ask: ask.askWords,
  echo: ask.echoWords,
  staff: staffWords,
  enterpriseNew: (n) => `第${String(n)}家企业`,
  say: {
    welcome: help.welcomeWords,
    menu: help.menuWords,
    chooseProgramme: help.chooseProgrammeWords,
    programmeChosen: help.programmeChosenWords,
    unknownProgramme: help.unknownProgrammeWords,
    cityUnknown: (text, guide) => {
      const example = guide ? `，如：${guide.programme.files.programme.examples.city}` : '';
      return { text: `${text === '' ? '哪个市？' : `没有找到“${text.slice(0, 20)}”。`}请回市名或县名${example}` };
    },
    cityAmbiguous: (text, cities) => ({ text: `“${text.slice(0, 20)}”有好几个，是哪个市的？${cities.join('、')}` }),
    noted: ask.notedWords,
    doubt: ask.doubtWords,
    needTotal: ask.needTotalWords,
    needDay: ask.needDayWords,
    rejected: ask.rejectedWords,
    notUnderstood: ask.notUnderstoodWords,
    stuck: ask.stuckWords,
    excluded: (why, clause) => `这项不能计入：${why}（${clause}）`,
    staleButton: () => '这个按钮已经过期了，请看最新的问题。',
    why: ask.whyWords,
    verdict: verdictWords,
    estimate: estimateWords,
    documents: documentsWords,
    documentTicked: tickedWords,
    deadlines: deadlineWords,
    contact: contactWords,
    outside: outsideWords,
    summary: summaryWords,
    human: help.humanWords,
    humanAnywhere: help.humanAnywhereWords,
    progress: progressWords,
    progressSet: progressSetWords,
    progressWithdrawn: progressWithdrawnWords,
    progressUnknown: progressUnknownWords,
    remindOn: reminders.remindOnWords,
    stopped: consent.stoppedWords,
    consentAsk: consent.consentAskWords,
    consentSaid: consent.consentSaidWords,
    reminder: reminders.reminderWords,
    ownSet: reminders.ownSetWords,
    ownDue: reminders.ownDueWords,
    ownRefused: reminders.ownRefusedWords,
    ownList: reminders.ownListWords,
    ownCancelled: reminders.ownCancelledWords,
    calendar: reminders.calendarWords,
    calendarNone: reminders.calendarNoneWords,
    privacy: privacy.privacyWords,
    exported: privacy.exportWords,
    forgetAsk: privacy.forgetAskWords,
    forgotten: privacy.forgottenWords,
    kept: privacy.keptWords,
    restarted: () => '好，从头来。',
    cancelled: () => ({ text: '已退出，填过的都留着；回“资格自测”接着来。' }),
    nothingToUndo: () => '已经是第一题了。',
    nothingToEdit: (answered) =>
      answered === 0 ? '还没有答过题。' : `可以改第1到第${String(answered)}题，如：改第1题`,
    nothingPending: () => ({ text: '现在没有在答题；回“资格自测”开始。' }),
    enterprises: (state) => ({
      text: lines(
        '哪一家？回编号；新的一家直接写名称：',
        ...state.enterprises.map(
          (one, index) =>
            `${String(index + 1)}. ${one.name ?? `第${String(index + 1)}家企业`}${index === state.current ? '（当前）' : ''}`,
        ),
      ),
    }),
    enterpriseKept: () => ({ text: '好，还是原来那家。' }),
    enterpriseUnknown: (name) => ({
      text: `没有“${name.slice(0, 20)}”。回编号，或写新企业的全称，如：某某科技有限公司；不换了回“取消”。`,
    }),
    enterpriseChosen: (name) => ({ text: `现在是：${name}。回“资格自测”开始。` }),
    file: (name) => ({
      text: `收到文件${name === '' ? '' : `“${name.slice(0, 30)}”`}，现在还不能读文件内容；回“材料”看清单，直接写金额和日期也可以。`,
    }),
    free: free.freeWords,
    freeBrief: free.freeBriefWords,
    freeWhich: free.freeWhichWords,
    freeChoices: free.freeChoicesWords,
    freeJudged: free.freeJudgedWords,
    fallback: help.fallbackWords,
    sizeIndustry: ask.sizeIndustryWords,
    sizeAmount: ask.sizeAmountWords,
    sizeResult: ask.sizeResultWords,
    sizeNotCovered: () => '这个行业不在划分办法的表里，请按统计部门认定选择。',
    sizeNotUnderstood: () => '没看懂这个数。',
  },
};
