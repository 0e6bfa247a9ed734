import type { Assistant } from '../../../src/app/ports.ts';
import { channelContract, type ChannelDriver } from '../contract.ts';
import { startBot, type RunningBot } from './support.ts';

/** The people of a bot: what they say, and what they are shown until it is answered. */
async function open(assistant: Assistant, webhook: boolean): Promise<ChannelDriver> {
  let handled = 0;
  const counted: Assistant = {
    async handle(inbound) {
      try {
        return await assistant.handle(inbound);
      } finally {
        handled += 1;
        api.look();
      }
    },
    delivered: (chat, ids) => assistant.delivered(chat, ids),
    settled: () => assistant.settled(),
  };
  const { api, dispatcher, stop }: RunningBot = await startBot(counted, { webhook, deps: { attempts: 1 } });
  const chats = new Map<string, number>();
  const sent = new Map<string, ReturnType<typeof api.people.text>>();
  return {
    async say(text, { chat = 'one', id } = {}) {
      const number = chats.get(chat) ?? chats.size + 1;
      chats.set(chat, number);
      const update = (id === undefined ? undefined : sent.get(id)) ?? api.people.text(number, text);
      const isRepeat = id !== undefined && sent.has(id);
      if (id !== undefined) sent.set(id, update);
      const before = { handled, shown: api.chats.of(number).length };
      await api.give(update);
      await api.until(() => handled > before.handled && (isRepeat || api.chats.of(number).length > before.shown));
      // Further replies are on their way; the dispatcher knows when they have arrived.
      await dispatcher.stop();
      const shown = api.chats.of(number).slice(before.shown);
      return shown
        .map(({ text: words, keyboard }) =>
          [words, ...(keyboard?.inline_keyboard.flat() ?? []).map((one) => one.text)].join('\n'),
        )
        .join('\n');
    },
    close: stop,
  };
}

channelContract('telegram by polling', {
  manyChats: true,
  messageIds: true,
  open: (assistant) => open(assistant, false),
});

channelContract('telegram by webhook', {
  manyChats: true,
  messageIds: true,
  redelivers: true,
  open: (assistant) => open(assistant, true),
});
