import { WECHAT_FAULTS } from '../../conversations/wechat.ts';
import type { ChannelEntry } from './channel.ts';
import { StartFault } from './faults.ts';

/** Every channel besides the terminal. Those without `start` are not in this release. */
export const CHANNELS: readonly ChannelEntry[] = [
  {
    name: 'Telegram',
    configured: (config) => config.telegram !== undefined,
    start: async (context) => (await import('./telegram.ts')).openTelegram(context),
  },
  {
    name: 'WeChat',
    configured({ wechat }) {
      if (wechat && /(?:^|\/)wechaty-puppet-official-account$/.test(wechat.puppet))
        throw new StartFault(WECHAT_FAULTS.officialAccount);
      return wechat !== undefined;
    },
    start: async (context) => (await import('./wechat.ts')).openWechat(context),
  },
];
