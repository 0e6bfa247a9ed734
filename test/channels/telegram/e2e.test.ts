import { once } from 'node:events';
import { createServer } from 'node:net';
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { newChatDoc } from '../../../src/app/chatdoc.ts';
import type { ChatState, Reply } from '../../../src/dialogue/index.ts';
import { partsOf } from '../../../src/channels/telegram/sender.ts';
import { lowdbStore } from '../../../src/stores/lowdb.ts';
import { keptLog } from '../../app/support.ts';
import { Talk } from '../../support/kit.ts';
import { buildProgram, bareEnvironment, start, type Program } from '../../support/program.ts';
import { temporaryDirectory } from '../../stores/journal/support.ts';

const TOKEN = '1:token';
const KEY = 'telegram:7';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

interface Stored {
  readonly text: string;
  readonly reply_markup?: { readonly inline_keyboard: { readonly text: string; readonly callback_data: string }[][] };
}

/** What a person types where there is little to press. */
const TYPED: Partial<Record<string, string>> = { money: '10万', count: '1', date: '2026-07-01' };

/** Somebody else's fake of the Bot API, the program as a user starts it, and one person. */
async function open(state: ChatState) {
  const server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
  onTestFinished(async () => {
    await server.stop();
  });
  const dir = await temporaryDirectory(onTestFinished);
  const store = await lowdbStore({ dir, codec: chatCodec, log: keptLog() });
  await store.update(KEY, () => ({ doc: { ...newChatDoc(KEY), state }, result: undefined }));
  await store.close();
  const child = start(program, 'main', [], {
    ...bareEnvironment(),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: server.config.apiURL,
    STATE_DIR: dir,
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exit = once(child, 'exit');
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const client = server.getClient(TOKEN, { userId: 7, chatId: 7 });
  const messages = () =>
    server.storage.botMessages.map(({ messageId, message }) => ({ messageId, shown: message as Stored }));
  const changes = new EventTarget();
  for (const name of ['AddedBotMessage', 'EditedMessageText', 'EditedMessageReplyMarkup'])
    server.on(name, () => changes.dispatchEvent(new Event('change')));
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await once(changes, 'change');
  };
  return { child, exit, stderr: () => stderr, client, messages, until };
}

test('an interview by buttons against an independent fake of the platform', { timeout: 240_000 }, async () => {
  /** The same conversation without any platform: what has to be shown. */
  const talk = new Talk(new Date().toISOString());
  // A group of companies, so that there is much to export in the end.
  for (let n = 1; n <= 80; n += 1) talk.type(`换企业 第${n}家生产检测设备的股份有限公司`);
  const { child, exit, stderr, client, messages, until } = await open(talk.state);

  const answered = async (expected: readonly Reply[], act: () => Promise<unknown>): Promise<void> => {
    const before = messages().length;
    const parts = expected.flatMap(partsOf).map((part) => (part.kind === 'text' ? part.text : part.name));
    await act();
    await until(() => messages().length >= before + parts.length);
    const shown = messages().slice(before);
    expect(shown.map((one) => one.shown.text)).toEqual(parts);
  };
  const type = (text: string): Promise<void> =>
    answered(talk.type(text), () =>
      text.startsWith('/')
        ? client.sendCommand(client.makeCommand(text))
        : client.sendMessage(client.makeMessage(text)),
    );
  const press = async (index = 0): Promise<void> => {
    const { messageId, shown } = messages().findLast((one) => one.shown.reply_markup !== undefined)!;
    const button = shown.reply_markup!.inline_keyboard.flat()[index]!;
    const data = button.callback_data;
    await answered(talk.press(data), () =>
      client.sendCallback(client.makeCallbackQuery(data, { message: { message_id: messageId } })),
    );
    const now = () => messages().find((one) => one.messageId === messageId)!.shown;
    await until(() => now().text === `${shown.text}\n✓ ${button.text}`);
    expect(now().reply_markup?.inline_keyboard).toEqual([]);
  };

  await type('/start');
  expect(stderr()).toContain('@TestNameBot');
  await press(1);
  await type('太原找谁');
  expect(talk.text()).toContain('0351');
  await type('/check');
  for (let step = 0; talk.result() === undefined; step += 1) {
    expect(step).toBeLessThan(40);
    if (step === 2) await type('太原的电话是多少');
    if (step === 4) await type('上一步');
    const ask = talk.ask()?.ask;
    const words = TYPED[ask?.kind ?? ''];
    if (words !== undefined) await type(words);
    // The first choice, but no further service.
    else await press(ask?.step === 'services.more' ? 1 : 0);
  }
  // Longer than one message of the platform.
  await type('导出');
  expect(talk.replies.flatMap(partsOf).length).toBeGreaterThan(1);
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});
