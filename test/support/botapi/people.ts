import type { Message, Update } from 'grammy/types';
import { messageOf, type Chats } from './chats.ts';
import type { Bot } from './methods.ts';

type Fields = Partial<Omit<Message, 'chat'>>;

/** The people at the other end: makes the updates of what they do. Chats below zero are groups. */
export class People {
  private readonly chats: Chats;
  private readonly bot: Bot;
  private readonly nextId: () => number;
  private presses = 0;

  constructor(chats: Chats, bot: Bot, nextId: () => number) {
    this.chats = chats;
    this.bot = bot;
    this.nextId = nextId;
  }

  /** Somebody sends a message; `fields` replace what is usual. */
  message(chat: number, fields: Fields): Update {
    const messageId = this.chats.nextMessageId;
    this.chats.nextMessageId += 1;
    const place = chat < 0 ? { type: 'supergroup', title: 'group' } : { type: 'private', first_name: 'person' };
    const from = { id: Math.abs(chat), is_bot: false, first_name: 'person' };
    const message = { message_id: messageId, date: 0, chat: { id: chat, ...place }, from, ...fields } as Message;
    return { update_id: this.nextId(), message: message as Update['message'] & object };
  }

  /** Somebody types. */
  text(chat: number, text: string, fields: Fields = {}): Update {
    const command = /^\/\w+(?:@\w+)?/.exec(text)?.[0];
    const entities = command ? { entities: [{ type: 'bot_command' as const, offset: 0, length: command.length }] } : {};
    return this.message(chat, { text, ...entities, ...fields });
  }

  /** Somebody presses a button of a message, which may be gone by now. */
  press(chat: number, messageId: number, data: string): Update {
    const shown = this.chats.find(chat, messageId);
    const message = shown ? messageOf(shown, this.bot) : { message_id: messageId, date: 0, chat: { id: chat } };
    this.presses += 1;
    const from = { id: Math.abs(chat), is_bot: false, first_name: 'person' };
    const query = { id: `q${this.presses}`, from, chat_instance: '1', data, message };
    return { update_id: this.nextId(), callback_query: query as Update['callback_query'] & object };
  }

  /** Somebody blocks the bot or lets it in again. */
  membership(chat: number, status: 'member' | 'kicked' | 'left'): Update {
    const user = { id: this.bot.id, is_bot: true, first_name: 'bot' };
    const place =
      chat < 0 ? { id: chat, type: 'supergroup', title: 'g' } : { id: chat, type: 'private', first_name: 'p' };
    const change = { chat: place, from: user, date: 0, old_chat_member: { status: 'member', user } };
    const membership = { ...change, new_chat_member: { status, user } };
    return { update_id: this.nextId(), my_chat_member: membership as unknown as Update['my_chat_member'] & object };
  }
}
