import { conversations, createConversation, type Conversation, type ConversationFlavor } from '@grammyjs/conversations';
import { FileAdapter } from '@grammyjs/storage-file';
import { Bot, session, type Context, type SessionFlavor } from 'grammy';
import type { Message, Update, UserFromGetMe } from 'grammy/types';
import { join } from 'node:path';
import { readAnswer, readPressed } from '../src/dialogue/answer.ts';
import type { Reply } from '../src/dialogue/index.ts';
import { civilDateOf, type Assignment } from '../src/policy/index.ts';
import { offerIds, type Interview } from './interviews.ts';

interface Session {
  programme: string;
  finished: number;
}

type Base = Context & SessionFlavor<Session>;
type Outer = ConversationFlavor<Base>;

const ME: UserFromGetMe = {
  ...{ id: 1, is_bot: true, first_name: 'bot', username: 'bot', can_join_groups: true, has_main_web_app: false },
  ...{ can_read_all_group_messages: false, supports_inline_queries: false, can_connect_to_business: false },
  ...{
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  },
};

/** A bot with the usual library for interviews. */
export interface Rival {
  /** Holds an interview; returns how many messages it took. */
  talk(interview: Interview, chat: number): Promise<number>;
  /** How many interviews have come to their end. */
  finished(): number;
}

function keyboard({ choices = [] }: Reply) {
  return { inline_keyboard: choices.map(({ id, label }) => [{ text: label, callback_data: id }]) };
}

/**
 * The same questions in the same words, answers read by the same readers, as a conversation of `@grammyjs/conversations`
 * with its storage in memory. Spared are the network, looking for the next question, and the verdict.
 */
export function rivalBot(interviews: readonly Interview[]): Rival {
  const bot = new Bot<Outer>('1:x', { botInfo: ME });
  bot.api.config.use((_previous, _method, payload) => {
    const message: Partial<Message> = {
      message_id: 1,
      date: 0,
      chat: chatOf(1),
      text: 'text' in payload ? payload.text : '',
    };
    return Promise.resolve({ ok: true, result: message as never });
  });
  const finished = installInterviews(bot, interviews);
  let updateId = 0;
  return {
    finished,
    async talk({ messages }, chat) {
      for (const event of messages) {
        updateId += 1;
        await bot.handleUpdate(updateOf(updateId, chat, event.kind === 'choice' ? event.id : undefined, textOf(event)));
      }
      return messages.length;
    },
  };
}

/** The same bot on a server of the Bot API, with sessions and conversations kept in files. Call `start` to run it. */
export function rivalOnServer(
  interviews: readonly Interview[],
  token: string,
  apiRoot: string,
  dir: string,
): Bot<Outer> {
  const bot = new Bot<Outer>(token, { botInfo: ME, client: { apiRoot } });
  bot.catch((error) => {
    throw error.error;
  });
  installInterviews(bot, interviews, dir);
  return bot;
}

/** Puts the interviews into a bot; the result tells how many have come to their end. */
function installInterviews(bot: Bot<Outer>, interviews: readonly Interview[], dir?: string): () => number {
  const prompts = new Map(
    interviews.map(({ programme, now, questions }) => {
      const asked = questions.map(({ prepared, reply }) => ({ prepared, reply, markup: keyboard(reply) }));
      return [programme, { today: civilDateOf(now), asked }];
    }),
  );
  let finished = 0;

  async function interview(conversation: Conversation<Outer>, _ctx: Context, programme: string): Promise<void> {
    const { today, asked } = prompts.get(programme) ?? { today: '', asked: [] };
    const facts: Assignment[] = [];
    for (const { prepared, reply, markup } of asked)
      for (let open = true; open;) {
        // Sent from outside, which is written down as a reply is, but spares the library a client of its own.
        await conversation.external((outer) =>
          outer.reply(reply.text, { reply_markup: markup }).then(({ message_id: id }) => id),
        );
        const { message, callbackQuery } = await conversation.waitFor(['message:text', 'callback_query:data']);
        const reading =
          callbackQuery?.data === undefined
            ? readAnswer(prepared, message?.text ?? '', today)
            : readPressed(prepared, offerIds({ prepared, reply }, callbackQuery.data));
        open = reading.kind !== 'given' && reading.kind !== 'opened';
        if (reading.kind === 'given') facts.push(...reading.gives);
      }
    await conversation.external(async (outer) => {
      finished += 1;
      await outer.reply(`${facts.length}`);
    });
  }

  const initial = (): Session => ({ programme: '', finished: 0 });
  if (dir === undefined) {
    bot.use(session({ initial }));
    bot.use(conversations());
  } else {
    bot.use(session({ initial, storage: new FileAdapter<Session>({ dirName: join(dir, 'sessions') }) }));
    bot.use(conversations({ storage: new FileAdapter({ dirName: join(dir, 'conversations') }) }));
  }
  bot.use(createConversation<Outer, Context>(interview, 'interview'));
  bot.command('programme', async (ctx) => {
    ctx.session.programme = ctx.match;
    await ctx.reply(ctx.match);
  });
  bot.command('check', (ctx) => ctx.conversation.enter('interview', ctx.session.programme));

  return () => finished;
}

function textOf(event: Interview['messages'][number]): string {
  return event.kind === 'text' ? event.text : '';
}

function chatOf(id: number) {
  return { id, type: 'private', first_name: 'person' } as const;
}

function updateOf(updateId: number, chat: number, pressed: string | undefined, text: string): Update {
  const from = { id: chat, is_bot: false, first_name: 'person' };
  const length = text.split(' ')[0]?.length ?? 0;
  const message: Message & Update.NonChannel = { message_id: updateId, date: 0, from, chat: chatOf(chat), text };
  if (pressed !== undefined)
    return {
      update_id: updateId,
      callback_query: { id: String(updateId), from, chat_instance: '1', data: pressed, message },
    };
  const entities = text.startsWith('/') ? { entities: [{ type: 'bot_command' as const, offset: 0, length }] } : {};
  return { update_id: updateId, message: { ...message, ...entities } };
}
