import type { Script } from '../src/dialogue/index.ts';
import { commands } from './commands.ts';
import * as consent from './consent.ts';
import { staffWords } from './broadcast.ts';
import { contactWords, outsideWords } from './contacts.ts';
import { deadlineWords } from './deadlines.ts';
import { documentsWords, takenBackWords, tickedWords } from './documents.ts';
import { eligibility, verdictWords } from './eligibility.ts';
import { estimate, estimateWords } from './estimate.ts';
import * as free from './free.ts';
import * as help from './help.ts';
import * as privacy from './privacy.ts';
import { progressSetWords, progressUnknownWords, progressWithdrawnWords, progressWords } from './progress.ts';
import * as ask from './questions.ts';
import * as reminders from './reminders.ts';
import { summaryWords } from './summary.ts';
import { lines } from './wording.ts';

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
    programmeAssumed: help.programmeAssumedWords,
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
    documentTakenBack: takenBackWords,
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
