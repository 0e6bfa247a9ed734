import type { Assistant } from '../../../src/app/ports.ts';
import { channelContract, type ChannelDriver } from '../contract.ts';
import { startAccount, until } from '../../support/wechat/start.ts';

/** The people of an account: what they say, and what they are shown until it is answered. */
async function open(assistant: Assistant): Promise<ChannelDriver> {
  let handled = 0;
  const counted: Assistant = {
    async handle(inbound) {
      try {
        return await assistant.handle(inbound);
      } finally {
        handled += 1;
      }
    },
    delivered: (chat, ids) => assistant.delivered(chat, ids),
    settled: () => assistant.settled(),
  };
  const { SimpleDispatcher } = await import('../telegram/support.ts');
  const dispatcher = new SimpleDispatcher(counted);
  const { world, channel, stop } = await startAccount({
    assistant: counted,
    dispatcher,
    deps: { attempts: 1 },
  });
  await until(() => {
    if (world.puppet?.isLoggedIn !== true) throw new Error('not logged in');
  });
  const sent = new Set<string>();
  return {
    async say(text, { chat = 'one', id } = {}) {
      const person = world.people.get(chat) ?? world.person(chat);
      const before = { handled, shown: world.to(chat).length };
      if (id !== undefined && sent.has(id)) world.repeat(id);
      else {
        if (id !== undefined) sent.add(id);
        world.say(person, text, id === undefined ? {} : { id });
        await until(() => {
          if (handled === before.handled) throw new Error('not handled');
        });
      }
      await channel.settled();
      await dispatcher.stop();
      if (!sent.has(id ?? ''))
        await until(() => {
          if (world.to(chat).length === before.shown) throw new Error('nothing shown');
        });
      return world.to(chat, before.shown).join('\n');
    },
    close: stop,
  };
}

channelContract('wechat', { manyChats: true, messageIds: true, open });
