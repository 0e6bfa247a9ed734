import type { Api } from 'grammy';
import type { Log, Outgoing } from '../../app/ports.ts';
import { NO_KEYBOARD } from './keyboard.ts';
import { codeOf } from './outcome.ts';
import type { Press } from './read.ts';
import type { ShownQuestions } from './shown.ts';
import { TEXT_LIMIT } from './split.ts';
import type { TelegramWords } from './words.ts';

export interface PressDeps {
  readonly api: Api;
  readonly shown: ShownQuestions;
  readonly words: Pick<TelegramWords, 'chosen' | 'stale'>;
  readonly log: Log;
}

/** What is done for the eye only: it may fail, and nobody waits for it but the end of the process. */
export class Looks {
  private readonly deps: PressDeps;
  private readonly open = new Set<Promise<void>>();

  constructor(deps: PressDeps) {
    this.deps = deps;
  }

  /** Stops the clock on a pressed button. */
  acknowledge(callbackId: string): void {
    this.run('answerCallbackQuery', async (api) => api.answerCallbackQuery(callbackId));
  }

  /** Says that an answer is being worked on. */
  typing(chat: number): void {
    this.run('sendChatAction', async (api) => api.sendChatAction(chat, 'typing'));
  }

  /** Takes the buttons of an answered question away and writes the answer below it. */
  answered(press: Press, outgoing: readonly Outgoing[]): void {
    const { shown, words } = this.deps;
    const known = shown.find(press.chat, press.messageId, press.data);
    const messageId = press.messageId ?? known?.messageId;
    if (messageId === undefined) return;
    const text = press.text ?? known?.text;
    const label = press.label ?? known?.labels.get(press.data);
    // Nothing to say: a repeat of a press that was answered. Its message has the answer already.
    const counts = outgoing.length > 0 && outgoing[0]?.reply.text !== words.stale;
    const marked = text === undefined || label === undefined ? '' : `${text}\n${words.chosen(label)}`;
    if (counts && marked !== '' && marked.length <= TEXT_LIMIT)
      this.run('editMessageText', async (api) =>
        api.editMessageText(press.chat, messageId, marked, {
          link_preview_options: { is_disabled: true },
          reply_markup: NO_KEYBOARD,
        }),
      );
    else
      this.run('editMessageReplyMarkup', async (api) =>
        api.editMessageReplyMarkup(press.chat, messageId, { reply_markup: NO_KEYBOARD }),
      );
  }

  /** Resolves when everything under way has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.open);
  }

  private run(method: string, call: (api: Api) => Promise<unknown>): void {
    const { api, log } = this.deps;
    const work = call(api).then(
      () => undefined,
      (error: unknown) => log.info('telegram.looks-failed', { method, code: codeOf(error) }),
    );
    this.open.add(work);
    void work.finally(() => this.open.delete(work));
  }
}
