import type { Reply } from '../src/dialogue/index.ts';
import { UNSAVED } from './trouble.ts';

/** The words that belong to the Telegram channel alone. */
export const TELEGRAM_WORDS = {
  unsaved: UNSAVED,
  hints: {
    location: { text: '还看不了定位，请直接写市名或县名。' },
    contact: { text: '名片用不上；要查科技局的电话，回“联系”。' },
    unsupported: { text: '这种消息还看不懂，请用文字写，或回“菜单”。' },
  } satisfies Record<string, Reply>,
  media: {
    photo: '照片',
    voice: '语音',
    audio: '音频',
    video: '视频',
    video_note: '视频',
    animation: '动图',
    sticker: '表情',
  },
  chosen: (label: string) => `✓ ${label}`,
  connected: (username: string, mode: 'polling' | 'webhook') =>
    `Telegram 已连接：@${username}（${mode === 'polling' ? '轮询' : 'webhook'}），私聊地址 https://t.me/${username}`,
  conflict: '同一个 Telegram 机器人还有另一个程序在取消息（409），请停掉那一个；这边会一直重试。',
  tokenLost: 'Telegram 不再接受 TELEGRAM_BOT_TOKEN（401），请到 @BotFather 核对；这边会一直重试。',
} as const;

/** Said when a bot cannot be started, with the variable to look at. */
export const TELEGRAM_FAULTS = {
  token: (detail: string) => `TELEGRAM_BOT_TOKEN 不对：Telegram 不认这个令牌（${detail}），请到 @BotFather 重新复制。`,
  address: (detail: string, apiRoot: string) =>
    `连不上 Telegram（${detail}）：请检查网络和 TELEGRAM_API_ROOT（${apiRoot}）。`,
  webhook: (detail: string) => `Telegram 没有接受 TELEGRAM_WEBHOOK_URL：${detail}`,
} as const;

/** The menus of the clients; every command is one of the conversation. */
const GROUPS = [
  { command: 'check', description: '资格自测' },
  { command: 'estimate', description: '测算能补多少' },
  { command: 'documents', description: '材料清单' },
  { command: 'deadlines', description: '截止日期' },
  { command: 'contact', description: '联系电话' },
  { command: 'help', description: '菜单' },
];

export const TELEGRAM_MENUS = {
  groups: GROUPS,
  private: [
    { command: 'start', description: '开始' },
    ...GROUPS,
    { command: 'progress', description: '办到哪了' },
    { command: 'summary', description: '一页汇总，转给老板' },
    { command: 'back', description: '上一步' },
    { command: 'restart', description: '重来' },
    { command: 'programme', description: '切换政策' },
    { command: 'enterprise', description: '换企业' },
    { command: 'remind', description: '提醒' },
    { command: 'human', description: '转人工' },
    { command: 'privacy', description: '隐私说明' },
  ],
};
