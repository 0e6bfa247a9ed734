import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../app/ports.ts';
import type { Me } from './address.ts';
import { codeOf } from './outcome.ts';
import type { MenuCommand, Menus } from './words.ts';

/** Why a bot cannot be started: something for the operator to put right. */
export class TelegramFault extends Error {
  readonly what: 'token' | 'address' | 'webhook';
  /** What the platform or the system says: a code, no secret. */
  readonly detail: string;
  constructor(what: TelegramFault['what'], detail: string) {
    super(`telegram cannot be started: ${what} (${detail})`);
    this.name = 'TelegramFault';
    this.what = what;
    this.detail = detail;
  }
}

/** A network that comes up together with the process is given this many attempts. */
const ATTEMPTS = 5;

/** Who the bot is. @throws TelegramFault when the token is refused, or the address does not answer for long. */
export async function whoAmI(api: Api, log: Log, retryMs: number): Promise<Me> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { id, username } = await api.getMe();
      return { id, username };
    } catch (error) {
      const code = codeOf(error);
      if (code === '401' || code === '404') throw new TelegramFault('token', code);
      if (attempt === ATTEMPTS) throw new TelegramFault('address', code);
      log.warn('telegram.start-failed', { code, attempt });
      await sleep(retryMs * 2 ** (attempt - 1));
    }
  }
}

/** Puts the commands into the menus of the clients. Helps people, changes nothing: a failure is only logged. */
export async function putMenus(api: Api, menus: Menus, log: Log): Promise<void> {
  const scopes = [
    ['all_private_chats', menus.private],
    ['all_group_chats', menus.groups],
  ] as const;
  const put = async (commands: readonly MenuCommand[], type: (typeof scopes)[number][0], language?: 'zh') =>
    api.setMyCommands(commands, { scope: { type }, ...(language ? { language_code: language } : {}) });
  try {
    for (const [type, commands] of scopes) {
      await put(commands, type);
      await put(commands, type, 'zh');
    }
  } catch (error) {
    log.info('telegram.menus-failed', { code: codeOf(error) });
  }
}

/** Takes a webhook of an earlier setting away, without which nothing can be polled. A failure shows when polling. */
export async function dropWebhook(api: Api, log: Log): Promise<void> {
  try {
    await api.deleteWebhook();
  } catch (error) {
    log.info('telegram.webhook-not-dropped', { code: codeOf(error) });
  }
}

/** The words of the platform's refusal, or the code of the failure. */
export function refusalOf(error: unknown): string {
  return error instanceof GrammyError ? error.description : codeOf(error);
}
