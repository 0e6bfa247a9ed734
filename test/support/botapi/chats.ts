import type { InlineKeyboardButton, InlineKeyboardMarkup, Message } from 'grammy/types';

/** A message of the bot, as a person sees it. */
export interface Shown {
  readonly messageId: number;
  readonly chat: number;
  text: string;
  keyboard: InlineKeyboardMarkup | undefined;
  readonly file: { readonly name: string; readonly bytes: number } | undefined;
  edits: number;
  /** The folder below the root through which the bot wrote it; tells processes apart. */
  readonly via: string;
}

/** Why the platform would not take a message; undefined when it would. */
export function refusalOf(text: string, keyboard: InlineKeyboardMarkup | undefined): string | undefined {
  if (text.trim() === '') return 'Bad Request: message text is empty';
  if (text.length > 4_096) return 'Bad Request: message is too long';
  if (!text.isWellFormed()) return 'Bad Request: strings must be encoded in UTF-8';
  for (const button of keyboard?.inline_keyboard.flat() ?? []) {
    if (button.text.trim() === '') return 'Bad Request: inline keyboard button text is empty';
    if (Buffer.byteLength(dataOf(button)) > 64 || dataOf(button) === '') return 'Bad Request: BUTTON_DATA_INVALID';
  }
  return undefined;
}

function dataOf(button: InlineKeyboardButton): string {
  return 'callback_data' in button ? button.callback_data : '';
}

/** What the bot has written, by chat. */
export class Chats {
  nextMessageId = 1;
  /** Noted with every message that is put from now on. */
  via = '';
  private readonly all = new Map<number, Shown[]>();

  put(chat: number, text: string, keyboard?: InlineKeyboardMarkup, file?: Shown['file']): Shown {
    const shown: Shown = { messageId: this.nextMessageId, chat, text, keyboard, file, edits: 0, via: this.via };
    this.nextMessageId += 1;
    const before = this.all.get(chat);
    if (before) before.push(shown);
    else this.all.set(chat, [shown]);
    return shown;
  }

  of(chat: number): readonly Shown[] {
    return this.all.get(chat) ?? [];
  }

  find(chat: number, messageId: number): Shown | undefined {
    return this.all.get(chat)?.find((one) => one.messageId === messageId);
  }
}

/** The message as the platform tells the bot of it. */
export function messageOf({ messageId, chat, text, keyboard }: Shown, bot: { id: number; username: string }): Message {
  const type =
    chat < 0 ? { type: 'supergroup' as const, title: 'group' } : { type: 'private' as const, first_name: 'p' };
  return {
    message_id: messageId,
    date: 0,
    chat: { id: chat, ...type },
    from: { id: bot.id, is_bot: true, first_name: 'bot', username: bot.username },
    text,
    ...(keyboard ? { reply_markup: keyboard } : {}),
  };
}
