import type { ConsentKind, Reply, View } from '../src/dialogue/index.ts';
import { civilDateOf, type ChatState } from '../src/dialogue/index.ts';
import { dateText } from './wording.ts';

/** The two agreements: to be reminded, and to be seen by the office that the programme names. Apart from each other. */

/** What the office may see, and nothing else. */
const SEEN = '企业名称、所在市、办理进度、还缺的材料';

function officeOf(view: View | undefined): string {
  return view?.guide.files.programme.share_with?.office ?? '科技局';
}

export function consentAskWords(which: ConsentKind, view: View): Reply {
  if (which === 'remind')
    return {
      text: '截止前要不要我主动提醒您？同意了才发，随时可以回“退订”。',
      choices: [
        { id: 'remind.on', label: '要提醒' },
        { id: 'remind.no', label: '不用提醒' },
      ],
    };
  const { share_with: share } = view.guide.files.programme;
  return {
    text: `另外问一次：同意让${officeOf(view)}看到您的${SEEN}吗？其他内容都不给看，随时可以回“停止共享”。（由${officeOf(view)}初审推荐，${share?.clause ?? ''}）`,
    choices: [
      { id: 'share.on', label: '同意共享' },
      { id: 'share.off', label: '不共享' },
    ],
  };
}

export function consentSaidWords(which: ConsentKind, given: boolean, view: View | undefined): Reply {
  if (which === 'remind')
    return { text: given ? '已记下您同意接收截止提醒；不想要了回“退订”。' : '好，不提醒；以后想要了回“提醒”。' };
  return {
    text: given
      ? `已记下：${officeOf(view)}可以看到您的${SEEN}，别的看不到。不想给看了回“停止共享”。`
      : `好，不共享，${officeOf(view)}看不到您的情况。`,
  };
}

/** 退订. `own`: reminders set by hand that went with it. */
export function stoppedWords(own: number): Reply {
  return { text: `已退订，不会再主动给您发消息${own === 0 ? '' : `；您自己定的${String(own)}个提醒也取消了`}。` };
}

/** What was agreed to, for 隐私. */
export function consentLines({ remind, consents, own, stopped }: ChatState, view: View | undefined): string[] {
  const { remind: asked, share } = consents ?? {};
  const since = asked?.given === true && remind ? `，${dateText(civilDateOf(asked.at))}同意` : '';
  const seen = share?.given === true;
  const shows = seen || view?.guide.files.programme.share_with !== undefined;
  return [
    `截止提醒：${remind ? `开着${since}，回“退订”停掉` : stopped === undefined ? '没有开' : '已退订，不会主动发消息'}`,
    shows
      ? `共享给${officeOf(view)}：${seen ? `${dateText(civilDateOf(share.at))}同意，只给看${SEEN}，回“停止共享”收回` : '没有'}`
      : '',
    own === undefined || own.length === 0 ? '' : `您自己定的提醒：${String(own.length)}个，回“我的提醒”看`,
  ].filter((line) => line !== '');
}
