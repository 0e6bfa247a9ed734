import type { ChatRetention, ChatState, Reply, View } from '../src/dialogue/index.ts';
import { consentLines } from './consent.ts';

/** 隐私, 导出, 删除. */
export function privacyWords(state: ChatState, view: View | undefined, kept: ChatRetention): Reply {
  return {
    text: [
      '只保存您填的情况（资质、服务、金额、日期、手中材料）、所在市和办理进度，用来判断资格、测算和列清单。',
      '不收身份证号、电话和文件内容；日志里没有您的消息。',
      ...consentLines(state, view),
      keptLine(kept),
      '回“导出”看全部内容，回“删除我的数据”删除。',
    ].join('\n'),
  };
}

/** The time after which a chat is removed; what somebody still waits for is kept, and that is said as well. */
function keptLine({ days, agreed_days: agreed }: ChatRetention): string {
  const longer = agreed > days ? `（同意了提醒或共享的，${String(agreed)}天）` : '';
  return `连续${String(days)}天${longer}没有您的消息，这个聊天的数据自动删除；还有截止日期没到、提醒没发的，先留着。`;
}

export function exportWords(json: string): Reply {
  return { text: `保存的全部内容：\n${json}` };
}

export function forgetAskWords(): Reply {
  return {
    text: '确定删除这个聊天里的全部数据吗？删除后不能恢复。',
    choices: [
      { id: 'forget_yes', label: '确认删除' },
      { id: 'forget_no', label: '不删' },
    ],
  };
}

export function forgottenWords(): Reply {
  return { text: '已删除。需要时回“开始”重新来。' };
}

export function keptWords(): Reply {
  return { text: '没有删除。' };
}
