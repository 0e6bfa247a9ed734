import { describe, expect, onTestFinished, test } from 'vitest';
import type { Assistant } from '../../src/app/ports.ts';
import { BROKEN, world } from '../app/support.ts';

/** A running channel, with a way to be the people at its other end. */
export interface ChannelDriver {
  /** Sends a message in a chat and gives everything that is shown in answer, as one text. */
  say(text: string, message?: { readonly chat?: string; readonly id?: string }): Promise<string>;
  /** Ends the channel as its own end of input would; resolves when it has ended. */
  close(): Promise<void>;
}

/** What a channel can do, and how to start it on an assistant. */
export interface ChannelUnderTest {
  readonly manyChats: boolean;
  /** Messages have ids, so that a repeated one can be told. */
  readonly messageIds: boolean;
  /** What was not taken comes again by itself, until it is taken. */
  readonly redelivers?: boolean;
  readonly open: (assistant: Assistant) => Promise<ChannelDriver>;
}

/** What every channel has to do, whatever its platform. */
export function channelContract(
  name: string,
  { manyChats, messageIds, redelivers = false, open }: ChannelUnderTest,
): void {
  async function begin(assistant: Assistant): Promise<ChannelDriver> {
    const driver = await open(assistant);
    onTestFinished(() => driver.close());
    return driver;
  }

  describe(`${name}: as every channel`, () => {
    test('each message is answered, with all its replies in their order', async () => {
      const driver = await begin(world().assistant);
      expect(await driver.say('你好')).toContain('1 你好');
      const both = await driver.say('两条');
      expect(both).toContain('2 两条');
      expect(both.indexOf('又一条')).toBeGreaterThan(both.indexOf('2 两条'));
    });

    test('choices are shown with their words', async () => {
      const driver = await begin(world().assistant);
      expect(await driver.say('选项')).toMatch(/1 选项[\s\S]*好[\s\S]*不好/);
    });

    test('what was handed over is reported, and noted when the channel has ended', async () => {
      const { assistant, store } = world();
      const driver = await begin(assistant);
      for (const text of ['一', '两条', '三']) await driver.say(text);
      await driver.close();
      expect(await store.pending(9)).toEqual([]);
    });

    test('a bug is answered, and the chat goes on', async () => {
      const driver = await begin(world().assistant);
      await driver.say('一');
      expect(await driver.say('出错')).toContain(BROKEN.text);
      expect(await driver.say('二')).toContain('2 二');
    });

    test('a message that could not be saved is not passed over in silence, and the channel goes on', async () => {
      const { assistant } = world();
      let failures = 1;
      const failing: Assistant = {
        handle: async (inbound) => {
          if ((failures -= 1) >= 0) throw new Error('disk full');
          return assistant.handle(inbound);
        },
        delivered: (chat, ids) => assistant.delivered(chat, ids),
        settled: () => assistant.settled(),
      };
      const driver = await begin(failing);
      expect(await driver.say('一')).toContain(redelivers ? '1 一' : '没能');
      expect(await driver.say('二')).toContain(redelivers ? '2 二' : '1 二');
    });

    test.each([
      ['long', '字'.repeat(10_000)],
      ['many lines worth of blanks', ` ${'\t '.repeat(500)}x`],
      ['control characters', 'a\u0000\u0007\u001b[2J\u202Eb'],
      ['emoji and rare characters', '👨‍👩‍👧𠮷é'],
      ['half a character', 'a\ud83db'],
      ['names of object members', '__proto__ constructor'],
    ])('text that is %s is answered, and the next message too', async (_, text) => {
      const driver = await begin(world().assistant);
      expect(await driver.say(text)).toContain('1');
      expect(await driver.say('好')).toContain('2 好');
    });

    if (manyChats)
      test('chats do not mix', async () => {
        const driver = await begin(world().assistant);
        await driver.say('一', { chat: 'a' });
        expect(await driver.say('二', { chat: 'b' })).toContain('1 二');
        expect(await driver.say('三', { chat: 'a' })).toContain('2 三');
      });

    if (messageIds)
      test('a repeated message is answered once', async () => {
        const driver = await begin(world().assistant);
        await driver.say('一', { id: 'm1' });
        expect(await driver.say('一', { id: 'm1' })).not.toContain('一');
        expect(await driver.say('二', { id: 'm2' })).toContain('2 二');
      });
  });
}
