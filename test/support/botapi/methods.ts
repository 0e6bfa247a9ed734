import type { InlineKeyboardMarkup } from 'grammy/types';
import { messageOf, refusalOf, type Chats, type Shown } from './chats.ts';
import type { Body } from './body.ts';

/** What a method gives back. */
export type Answer = { readonly result: unknown } | { readonly refuse: string };

export interface Bot {
  readonly id: number;
  readonly username: string;
}

interface Edited {
  readonly chat_id?: number | string;
  readonly message_id?: number | string;
  readonly text?: string;
  readonly reply_markup?: InlineKeyboardMarkup;
}

const notFound = { refuse: 'Bad Request: message to edit not found' };

/** The methods that show people something. Undefined for a method that is not one of them. */
export function showing(method: string, { fields, file }: Body, chats: Chats, bot: Bot): Answer | undefined {
  const body = fields as Edited;
  const chat = Number(body.chat_id);
  const told = (shown: Shown): Answer => ({ result: messageOf(shown, bot) });
  switch (method) {
    case 'sendMessage': {
      const refuse = refusalOf(body.text ?? '', body.reply_markup);
      return refuse === undefined ? told(chats.put(chat, body.text ?? '', body.reply_markup)) : { refuse };
    }
    case 'sendDocument':
      return told(chats.put(chat, '', undefined, file));
    case 'editMessageText': {
      const shown = chats.find(chat, Number(body.message_id));
      if (!shown) return notFound;
      return edit(shown, body.text ?? '', body.reply_markup) ?? told(shown);
    }
    case 'editMessageReplyMarkup': {
      const shown = chats.find(chat, Number(body.message_id));
      if (!shown) return notFound;
      return edit(shown, shown.text, body.reply_markup) ?? told(shown);
    }
    default:
      return undefined;
  }
}

function edit(shown: Shown, text: string, markup: InlineKeyboardMarkup | undefined): Answer | undefined {
  const keyboard = markup && markup.inline_keyboard.length > 0 ? markup : undefined;
  const refuse = refusalOf(text, keyboard);
  if (refuse !== undefined && shown.file === undefined) return { refuse };
  if (text === shown.text && JSON.stringify(keyboard) === JSON.stringify(shown.keyboard))
    return { refuse: 'Bad Request: message is not modified' };
  shown.text = text;
  shown.keyboard = keyboard;
  shown.edits += 1;
  return undefined;
}
