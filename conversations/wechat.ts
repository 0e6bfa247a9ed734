import type { Reply } from '../src/dialogue/index.ts';
import { UNSAVED } from './trouble.ts';

const START_ANEW = /^(?:2|②|二|第二个?|不是|不|没有|没有过|没|新的?|重新开始|从头(?:开始|来)|跳过|否|no|n)[。.!！]?$/iu;
const YES = /^(?:1|①|一|第一个?|是|是的|对|对的|嗯|好|好的|有|yes|y)[。.!！]?$/iu;

/** Half- and full-width writing read the same. */
function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

/** The words that belong to the WeChat channel alone. */
export const WECHAT_WORDS = {
  unsaved: UNSAVED,
  hints: {
    voice: { text: '还听不了语音，请打字告诉我，或回“菜单”。' },
    sticker: { text: '表情收到。有问题请打字，回 0 看菜单。' },
    card: { text: '名片用不上；要查科技局的电话，回“联系”。' },
    miniProgram: { text: '还打不开小程序，请把里面的内容用文字发给我。' },
    location: { text: '还看不了定位，请直接写市名或县名。' },
    link: { text: '还打不开链接，请把想问的内容用文字发给我。' },
    unsupported: { text: '这种消息还看不懂，请用文字写，或回“菜单”。' },
  } satisfies Record<string, Reply>,
  media: { image: '图片', video: '视频', file: '文件' },
  choice: (number: number, label: string) => `${number}）${label}`,
  orSay: (labels: readonly string[]) => `也可以回：${labels.join('、')}`,
  several: '（可以回几个编号，如：1 3）',
  askName: {
    text: '您以前可能咨询过，微信更新后我认不准了。为免看错别人的材料，请发一下企业名称，我把之前的进度接上；没咨询过或想重新开始，回“重新开始”。',
  } satisfies Reply,
  askNameAgain: { text: '和之前登记的企业对不上。请再发一次企业名称，或回“重新开始”。' } satisfies Reply,
  askSame: (cities: readonly string[]): Reply => ({
    text: [
      `您以前可能咨询过${cities.length === 0 ? '' : `（${cities.join('、')}的企业）`}，微信更新后我认不准了。是接着上次的办吗？`,
      '1）是，接着办',
      '2）不是，重新开始',
    ].join('\n'),
  }),
  joined: { text: '对上了，接着上次的来。' } satisfies Reply,
  notJoined: { text: '好，从头开始；之前的记录不会给您看，也没有动。' } satisfies Reply,
  declines: (text: string) => START_ANEW.test(plain(text)),
  agrees: (text: string) => YES.test(plain(text)),
  scan: (link: string, picture: string) => `${picture}\n请用要当助手的微信号扫码登录（几分钟内有效）：${link}`,
  connected: '微信已登录，开始收发消息。',
  back: '微信已恢复，没发完的消息接着发。',
  trouble: {
    dead: '微信没有反应（看着在线，实际收发不了），正在重新连接；要发的消息都留着。',
    'logged-out': '微信已退出登录，请重新扫码；要发的消息都留着，登录后接着发。',
    'not-started': '微信没有启动起来，正在重试；要发的消息都留着。',
  },
} as const;

/** Said at every start: what a bot in WeChat may cost its owner. */
export function wechatRisk(kind: string, perDay: number): string {
  if (kind === 'work') return '提醒：请用企业微信的正式接口账号，并遵守其群发规则。';
  if (kind === 'mock') return '提醒：这是模拟的微信，没有真人在另一头。';
  return `提醒：个人微信号跑自动回复违反微信的使用规范，随时可能被限制或封号；请用专门的号，不要用重要的号。每天主动发送不超过 ${perDay} 条。`;
}

/** Said when the account cannot be started, with the variable to look at. */
export const WECHAT_FAULTS = {
  officialAccount:
    'WECHATY_PUPPET 不能用 wechaty-puppet-official-account：它不核对微信推送的签名，谁都能冒充用户发消息，请换其他 puppet。',
  package: (name: string) => `没有安装 ${name}（WECHATY_PUPPET），请先运行 npm install ${name}。`,
  puppet: (code: string) => `WECHATY_PUPPET 指定的程序启动不了（${code}），请检查它的令牌和设置。`,
} as const;
