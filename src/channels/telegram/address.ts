import type { Message, MessageEntity } from 'grammy/types';

/** The bot, as the platform knows it. */
export interface Me {
  readonly id: number;
  readonly username: string;
}

/**
 * The words of a message in a group, if they are for the bot: a command with its name or with none, a mention, or an
 * answer to one of its messages. Undefined for everything that people say to each other.
 */
export function addressedText(message: Message, me: Me): string | undefined {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const command = /^\/\w+(?:@(\w+))?/.exec(text);
  if (command) {
    const [, name] = command;
    return name === undefined || isName(name, me) ? text : undefined;
  }
  const mention = entities.find((entity) => isMention(entity, text, me));
  if (mention) return without(text, mention);
  return message.reply_to_message?.from?.id === me.id ? text : undefined;
}

function isName(name: string, me: Me): boolean {
  return name.toLowerCase() === me.username.toLowerCase();
}

function isMention(entity: MessageEntity, text: string, me: Me): boolean {
  if (entity.type === 'text_mention') return entity.user.id === me.id;
  // The first character is the at sign.
  return entity.type === 'mention' && isName(text.slice(entity.offset + 1, entity.offset + entity.length), me);
}

function without(text: string, { offset, length }: MessageEntity): string {
  return `${text.slice(0, offset)} ${text.slice(offset + length)}`
    .replace(/^[\s，,：:]+|\s+$/g, '')
    .replace(/ {2,}/g, ' ');
}
