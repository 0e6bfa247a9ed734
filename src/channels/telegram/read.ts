import type { CallbackQuery, ChatMemberUpdated, InlineKeyboardMarkup, Message, Update } from 'grammy/types';
import type { Event } from '../../dialogue/reply.ts';
import { addressedText, type Me } from './address.ts';
import { readPayload } from './deeplink.ts';
import { MEDIA, type Hint, type Medium } from './words.ts';

/** A pressed button, with what the platform shows of the message it stands under. */
export interface Press {
  readonly callbackId: string;
  readonly chat: number;
  readonly messageId: number | undefined;
  readonly data: string;
  readonly text: string | undefined;
  readonly label: string | undefined;
}

/** What an update means to the assistant. Chats by the platform's number. */
export type Incoming =
  | { readonly kind: 'events'; readonly chat: number; readonly events: readonly Event[]; readonly press?: Press }
  | { readonly kind: 'hint'; readonly chat: number; readonly hint: Hint }
  | { readonly kind: 'migrated'; readonly from: number; readonly to: number }
  | { readonly kind: 'reachable'; readonly chat: number; readonly reachable: boolean }
  /** A button without a message the bot can see: only its clock is stopped. */
  | { readonly kind: 'lost-press'; readonly callbackId: string }
  | { readonly kind: 'nothing' };

/** The kinds of update that are asked for. Corrections of sent messages are not: an answer is changed by 改第N题. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

const NOTHING: Incoming = { kind: 'nothing' };

/** Reads one update. `media`: what files without a name are called. */
export function readUpdate(update: Update, me: Me, media: Readonly<Record<Medium, string>>): Incoming {
  if (update.callback_query) return ofPress(update.callback_query);
  if (update.my_chat_member) return ofMembership(update.my_chat_member);
  return update.message ? ofMessage(update.message, me, media) : NOTHING;
}

function ofPress({ id, message, data }: CallbackQuery): Incoming {
  if (!message || data === undefined) return { kind: 'lost-press', callbackId: id };
  const keyboard: InlineKeyboardMarkup | undefined = 'reply_markup' in message ? message.reply_markup : undefined;
  const button = keyboard?.inline_keyboard.flat().find((one) => 'callback_data' in one && one.callback_data === data);
  const press: Press = {
    callbackId: id,
    chat: message.chat.id,
    messageId: message.message_id,
    data,
    text: 'text' in message ? message.text : undefined,
    label: button?.text,
  };
  return { kind: 'events', chat: message.chat.id, events: [{ kind: 'choice', id: data }], press };
}

function ofMembership({ chat, new_chat_member: member }: ChatMemberUpdated): Incoming {
  return { kind: 'reachable', chat: chat.id, reachable: member.status !== 'kicked' && member.status !== 'left' };
}

function ofMessage(message: Message, me: Me, media: Readonly<Record<Medium, string>>): Incoming {
  const { chat, from } = message;
  if (message.migrate_to_chat_id !== undefined)
    return { kind: 'migrated', from: chat.id, to: message.migrate_to_chat_id };
  if (message.migrate_from_chat_id !== undefined)
    return { kind: 'migrated', from: message.migrate_from_chat_id, to: chat.id };
  // Another bot never ends a talk; people who write in the name of their group come with a bot's number as well.
  if (from?.is_bot === true && message.sender_chat === undefined) return NOTHING;
  const isGroup = chat.type === 'group' || chat.type === 'supergroup';
  const text = isGroup ? addressedText(message, me) : (message.text ?? message.caption);
  if (isGroup && text === undefined) return NOTHING;
  const file = fileOf(message, media);
  const events: Event[] = file === undefined ? [] : [{ kind: 'file', name: file }];
  if (text !== undefined && text !== '') events.push(...typed(text));
  if (events.length > 0) return { kind: 'events', chat: chat.id, events };
  const hint = hintOf(message);
  if (hint) return { kind: 'hint', chat: chat.id, hint };
  // Called by its name, and nothing else said.
  return isGroup && message.text !== undefined ? { kind: 'events', chat: chat.id, events: typed('/help') } : NOTHING;
}

/** A typed message; a link into the chat is a welcome and what the link asks for. */
function typed(text: string): Event[] {
  const link = /^\/start(?:@\w+)?\s+(\S+)\s*$/.exec(text);
  if (!link) return [{ kind: 'text', text }];
  const target = readPayload(link[1] ?? '');
  const welcome: Event = { kind: 'text', text: '/start' };
  switch (target?.kind) {
    case undefined:
      return [welcome];
    case 'programme':
      return [welcome, { kind: 'text', text: `/programme ${target.id}` }];
    case 'city':
      return [welcome, { kind: 'text', text: `/city ${target.name}` }];
  }
}

function fileOf(message: Message, media: Readonly<Record<Medium, string>>): string | undefined {
  const medium = MEDIA.find((one) => message[one] !== undefined);
  // An animation comes as a document as well, under a name that nobody gave it.
  if (medium) return media[medium];
  return message.document && (message.document.file_name ?? '');
}

function hintOf(message: Message): Hint | undefined {
  if (message.location || message.venue) return 'location';
  if (message.contact) return 'contact';
  return message.poll || message.dice || message.story || message.game ? 'unsupported' : undefined;
}
