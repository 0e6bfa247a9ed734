import { onTestFinished } from 'vitest';
import type { Assistant, Outgoing } from '../../../src/app/ports.ts';
import type { Dispatcher, Sender, Sent } from '../../../src/app/outports.ts';
import { openHttp } from '../../../src/channels/http/server.ts';
import { startTelegram, type TelegramDeps } from '../../../src/channels/telegram/channel.ts';
import { script } from '../../../conversations/index.ts';
import { TELEGRAM_MENUS, TELEGRAM_WORDS } from '../../../conversations/telegram.ts';
import { keptLog, world, type KeptLog } from '../../app/support.ts';
import { BotApi, TOKEN, type BotApiOptions } from '../../support/botapi/index.ts';

/** A dispatcher without pacing or memory: sends each chat's replies in order, once, and reports what was sent. */
export class SimpleDispatcher implements Dispatcher {
  readonly outcomes: Sent[] = [];
  private readonly assistant: Assistant;
  private readonly lanes = new Map<string, Promise<void>>();
  private sender: Sender | undefined;

  constructor(assistant: Assistant) {
    this.assistant = assistant;
  }

  attach(sender: Sender): void {
    this.sender = sender;
  }

  deliver(chat: string, outgoing: readonly Outgoing[]): void {
    const before = this.lanes.get(chat) ?? Promise.resolve();
    this.lanes.set(
      chat,
      before.then(async () => {
        for (const { id, reply } of outgoing) {
          const sent = await this.sender!.send(chat, reply, 0);
          this.outcomes.push(sent);
          if (sent.kind === 'sent') void this.assistant.delivered(chat, [id]);
        }
      }),
    );
  }

  nudge(): void {
    throw new Error('nothing unasked is sent here');
  }

  figures(): never {
    throw new Error('no figures are kept here');
  }

  async stop(): Promise<void> {
    await Promise.all(this.lanes.values());
    await this.assistant.settled();
  }
}

export const WORDS = { ...TELEGRAM_WORDS, stale: script.say.staleButton() };

/** A running bot on a Bot API of our own, and the people at its other end. */
export interface RunningBot {
  readonly api: BotApi;
  readonly dispatcher: SimpleDispatcher;
  readonly log: KeptLog;
  readonly announced: string[];
  readonly stop: () => Promise<void>;
}

export interface BotOptions {
  readonly webhook?: boolean;
  readonly api?: BotApiOptions | BotApi;
  readonly deps?: Partial<TelegramDeps>;
}

export const SECRET = 'a-secret_1';

/** Starts a bot over an assistant; stopped when the test has finished, or before. */
export async function startBot(
  assistant: Assistant = world().assistant,
  options: BotOptions = {},
): Promise<RunningBot> {
  const api = options.api instanceof BotApi ? options.api : await BotApi.start(options.api);
  const dispatcher = new SimpleDispatcher(assistant);
  const log = keptLog();
  const announced: string[] = [];
  const server = options.webhook === true ? await openHttp('127.0.0.1', 0) : undefined;
  const webhook = server && { url: `http://127.0.0.1:${server.port}/telegram`, secret: SECRET, server };
  const running = await startTelegram(
    { token: TOKEN, apiRoot: api.root, ...(webhook ? { webhook } : {}) },
    {
      assistant,
      dispatcher,
      words: WORDS,
      menus: TELEGRAM_MENUS,
      log,
      announce: (text) => announced.push(text),
      retryMs: 1,
      ...options.deps,
    },
  );
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      await running.stop();
      await dispatcher.stop();
      await server?.close();
      await api.stop();
    })();
    return stopped;
  };
  onTestFinished(stop);
  return { api, dispatcher, log, announced, stop };
}
