import { startTelegram, type TelegramAccount } from '../channels/telegram/channel.ts';
import { TelegramFault } from '../channels/telegram/start.ts';
import type { TelegramConfig } from '../config.ts';
import { script } from '../../conversations/index.ts';
import { TELEGRAM_FAULTS, TELEGRAM_MENUS, TELEGRAM_WORDS } from '../../conversations/telegram.ts';
import type { ChannelContext, RunningChannel } from './channel.ts';
import { StartFault } from './faults.ts';

/** Starts the Telegram channel. @throws StartFault when the platform refuses; the system's error for a port in use. */
export async function openTelegram(context: ChannelContext): Promise<RunningChannel> {
  const { config, composed, announce, state } = context;
  const { telegram } = config;
  if (!telegram) throw new Error('telegram is not configured');
  const { assistant, dispatcher, log, migrate, reachable } = composed;
  const words = { ...TELEGRAM_WORDS, stale: script.say.staleButton() };
  try {
    const running = await startTelegram(accountOf(telegram, context), {
      ...{ assistant, dispatcher, words, log, announce },
      menus: TELEGRAM_MENUS,
      migrated: migrate,
      reachable: (chat, can) => void reachable(chat, can),
      trouble: (code) => state(code === undefined ? 'online' : 'offline', code),
    });
    state('online');
    return running;
  } catch (error) {
    if (!(error instanceof TelegramFault)) throw error;
    throw new StartFault(TELEGRAM_FAULTS[error.what](error.detail, telegram.apiRoot));
  }
}

function accountOf({ token, apiRoot, webhook }: TelegramConfig, context: ChannelContext): TelegramAccount {
  if (!webhook) return { token, apiRoot };
  return { token, apiRoot, webhook: { ...webhook, server: context.http() } };
}
