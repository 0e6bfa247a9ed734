import { setTimeout as sleep } from 'node:timers/promises';
import type { Assistant, Log } from '../../app/ports.ts';
import type { Dispatcher } from '../../app/outports.ts';
import type { Reply } from '../../dialogue/reply.ts';
import type { HttpServer } from '../http/server.ts';
import { botApi, type BotApi } from './api.ts';
import type { Me } from './address.ts';
import { Intake } from './intake.ts';
import { poll } from './polling.ts';
import { Looks } from './press.ts';
import { ALLOWED_UPDATES } from './read.ts';
import { chatKey, telegramSender } from './sender.ts';
import { ShownQuestions } from './shown.ts';
import { dropWebhook, putMenus, refusalOf, TelegramFault, whoAmI } from './start.ts';
import { WEBHOOK_PATH, webhookApp } from './webhook.ts';
import type { Menus, TelegramWords } from './words.ts';

/** The account, and how its updates arrive: by webhook on a server of ours, or polled. */
export interface TelegramAccount {
  readonly token: string;
  /** Without a slash at the end. */
  readonly apiRoot: string;
  readonly webhook?: { readonly url: string; readonly secret: string; readonly server: HttpServer };
}

export interface TelegramDeps {
  readonly assistant: Assistant;
  readonly dispatcher: Dispatcher;
  readonly words: TelegramWords;
  readonly menus: Menus;
  readonly log: Log;
  /** One sentence for the operator. */
  readonly announce: (text: string) => void;
  /** A group goes on as another chat: `from` and `to` are keys of documents. */
  readonly migrated?: (from: string, to: string) => Promise<void>;
  /** A person has blocked the bot (false), or let it in again. */
  readonly reachable?: (chat: string, reachable: boolean) => void;
  /** Updates cannot be had, with the platform's code, or can again (undefined). */
  readonly trouble?: (code: string | undefined) => void;
  /** How often a message is handed in before its writer is told that it could not be saved. */
  readonly attempts?: number;
  /** The first pause (ms) after a failure of the network. */
  readonly retryMs?: number;
}

/** A running bot. */
export interface RunningTelegram {
  readonly me: Me;
  /** Takes no more updates, finishes those under way and confirms them. What is to be sent is the dispatcher's. */
  stop(): Promise<void>;
}

const ATTEMPTS = 3;
const RETRY_MS = 500;
/** How long (ms) a stop waits for what is only for the eye. */
const LOOKS_MS = 2_000;

/**
 * Starts a bot; its way out is attached to the dispatcher first, so that what was left over goes out at once.
 * @throws TelegramFault when the token, the address or the webhook is refused.
 */
export async function startTelegram(account: TelegramAccount, deps: TelegramDeps): Promise<RunningTelegram> {
  const { log, words, announce } = deps;
  const api = botApi(account.token, account.apiRoot);
  const me = await whoAmI(api.calls, log, deps.retryMs ?? RETRY_MS);
  const mode = account.webhook ? 'webhook' : 'polling';
  log.info('telegram.connected', { bot: me.username, id: me.id, mode });
  const menus = putMenus(api.calls, deps.menus, log);
  const { intake, looks } = open(api, me, deps);
  const stopIntake = account.webhook ? await receive(account.webhook, api, intake, log) : await pull(api, intake, deps);
  announce(words.connected(me.username, mode));
  return {
    me,
    async stop() {
      await stopIntake();
      await intake.settled();
      await Promise.race([Promise.all([looks.settled(), menus]), sleep(LOOKS_MS, undefined, { ref: false })]);
    },
  };
}

function open(api: BotApi, me: Me, deps: TelegramDeps): { readonly intake: Intake; readonly looks: Looks } {
  const { assistant, dispatcher, words, log } = deps;
  const shown = new ShownQuestions();
  const looks = new Looks({ api: api.calls, shown, words, log });
  const migrated = async (from: number, to: number): Promise<void> => deps.migrated?.(chatKey(from), chatKey(to));
  const reachable = deps.reachable ?? (() => undefined);
  const attempts = deps.attempts ?? ATTEMPTS;
  const sender = telegramSender({ api: api.calls, shown, log, migrated });
  dispatcher.attach(sender);
  const tell = (chat: string, reply: Reply): Promise<unknown> => sender.send(chat, reply, 0);
  const intake = new Intake({ assistant, dispatcher, tell, looks, words, log, me, migrated, reachable, attempts });
  return { intake, looks };
}

type Stop = () => Promise<void>;

async function receive(
  { url, secret, server }: NonNullable<TelegramAccount['webhook']>,
  { calls }: BotApi,
  intake: Intake,
  log: Log,
): Promise<Stop> {
  const unmount = server.mount(WEBHOOK_PATH, webhookApp({ secret, intake, log }));
  try {
    await calls.setWebhook(url, { secret_token: secret, allowed_updates: ALLOWED_UPDATES });
  } catch (error) {
    throw new TelegramFault('webhook', refusalOf(error));
  }
  // The platform keeps what it cannot deliver, for the next process.
  return async () => unmount();
}

async function pull({ calls, polls }: BotApi, intake: Intake, deps: TelegramDeps): Promise<Stop> {
  const { words, announce, log } = deps;
  const end = new AbortController();
  await dropWebhook(calls, log);
  const { trouble = () => undefined, retryMs = RETRY_MS } = deps;
  const running = poll({ polls, intake, words, announce, log, trouble, retryMs, signal: end.signal });
  return () => {
    end.abort();
    return running;
  };
}
