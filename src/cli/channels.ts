import type { Config } from '../config.ts';
import type { ChannelEntry } from './channel.ts';
import { StartFault } from './faults.ts';
import { refusedPuppet } from './puppets.ts';

/** Every channel besides the terminal. Those without `start` are not in this release. */
export const CHANNELS: readonly ChannelEntry[] = [
  {
    name: 'Telegram',
    channel: 'telegram',
    configured: (config) => config.telegram !== undefined,
    path: ({ telegram }) => telegram?.webhook && '/telegram',
    start: async (context) => (await import('./telegram.ts')).openTelegram(context),
  },
  {
    name: 'WeChat',
    channel: 'wechat',
    configured: hasWechat,
    start: async (context) => (await import('./wechat.ts')).openWechat(context),
  },
];

/** @throws StartFault for the one puppet that is refused. */
function hasWechat({ wechat }: Config): boolean {
  const refused = wechat && refusedPuppet(wechat.puppet);
  if (refused !== undefined) throw new StartFault(refused);
  return wechat !== undefined;
}
