import { InputFile, GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { readFile } from 'node:fs/promises';
import type { Log } from '../../app/ports.ts';
import type { Sender, Sent } from '../../app/outports.ts';
import type { Reply } from '../../dialogue/reply.ts';
import { keyboardOf } from './keyboard.ts';
import { codeOf, outcomeOf } from './outcome.ts';
import type { ShownQuestions } from './shown.ts';
import { splitText } from './split.ts';

/** Prefix of this channel's chats in the store, without the colon. */
export const TELEGRAM = 'telegram';

/** The key of a chat's document. */
export function chatKey(chat: number): string {
  return `${TELEGRAM}:${chat}`;
}

/** The platform's number of a chat. @throws RangeError for a key of another channel. */
export function chatNumber(key: string): number {
  const number = key.startsWith(`${TELEGRAM}:`) ? Number(key.slice(TELEGRAM.length + 1)) : NaN;
  if (!Number.isSafeInteger(number)) throw new RangeError(`${key} is no chat of ${TELEGRAM}`);
  return number;
}

/** The library writes a file's name into a header as it is. */
const UNSAFE_IN_NAME = /[\p{Cc}";/\\]/gu;

/** One message of a reply. */
type Part =
  | { readonly kind: 'text'; readonly text: string; readonly keyboard?: InlineKeyboardMarkup }
  | { readonly kind: 'file'; readonly path: string; readonly name: string };

/** The messages that a reply becomes; the buttons stand under the last text, where a thumb finds them. */
export function partsOf({ text, choices, file }: Reply): Part[] {
  const keyboard = keyboardOf(choices);
  const texts = splitText(text);
  const parts = texts.map((one, index): Part => {
    const isLast = index === texts.length - 1;
    return isLast && keyboard ? { kind: 'text', text: one, keyboard } : { kind: 'text', text: one };
  });
  return file ? [...parts, { kind: 'file', path: file.path, name: file.name }] : parts;
}

export interface SenderDeps {
  readonly api: Api;
  readonly shown: ShownQuestions;
  readonly log: Log;
  /** The chat goes on under another number. */
  readonly migrated: (from: number, to: number) => Promise<void>;
}

/** The way out to the people of one bot. Plain text, so that no word can be taken for markup. */
export function telegramSender(deps: SenderDeps): Sender {
  return {
    channel: TELEGRAM,
    parts: (reply) => Math.max(1, partsOf(reply).length),
    async send(key, reply, fromPart) {
      const chat = chatNumber(key);
      const parts = partsOf(reply);
      if (parts.length === 0) return { kind: 'refused', reason: 'nothing to show' };
      for (const [index, part] of parts.entries()) {
        if (index < fromPart) continue;
        try {
          await sendPart(deps, chat, part);
        } catch (error) {
          return failed(deps, chat, error, index);
        }
      }
      return { kind: 'sent' };
    },
  };
}

async function sendPart({ api, shown, log }: SenderDeps, chat: number, part: Part): Promise<void> {
  if (part.kind === 'file') {
    const bytes = await readFile(part.path).catch(() => undefined);
    // What it says stands in the text before it; a file that is gone will not come back.
    if (bytes === undefined) log.warn('telegram.file-missing', { chat: chatKey(chat) });
    else await api.sendDocument(chat, new InputFile(bytes, part.name.replace(UNSAFE_IN_NAME, '_')));
    return;
  }
  const { text, keyboard } = part;
  const { message_id: messageId } = await api.sendMessage(chat, text, {
    link_preview_options: { is_disabled: true },
    ...(keyboard ? { reply_markup: keyboard } : {}),
  });
  if (!keyboard) return;
  const buttons = keyboard.inline_keyboard.flat();
  const labels = new Map(buttons.flatMap((one) => ('callback_data' in one ? [[one.callback_data, one.text]] : [])));
  shown.put(chat, { messageId, text, labels });
}

async function failed({ log, migrated }: SenderDeps, chat: number, error: unknown, parts: number): Promise<Sent> {
  const to = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
  if (to !== undefined) await migrated(chat, to).catch(() => undefined);
  const sent = outcomeOf(error, parts);
  log.warn('telegram.not-sent', { chat: chatKey(chat), outcome: sent.kind, code: codeOf(error) });
  return sent;
}
