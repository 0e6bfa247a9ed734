import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newChatDoc } from '../../src/app/chatdoc.ts';
import { documentCodec } from '../../src/app/records/documents.ts';
import { NEW_CHAT } from '../../src/dialogue/index.ts';
import { lowdbStore } from '../../src/stores/lowdb.ts';
import { keptLog } from '../app/support.ts';
import { BotApi, type Shown } from '../support/botapi/index.ts';
import { buildProgram, type Program } from '../support/program.ts';
import { serveAt } from '../support/serving.ts';
import { temporaryDirectory } from '../stores/journal/support.ts';

/* Reminders all the way: the program as it is started, a clock that is set, and the platform at the other end. */

const at = (text: string): number => Date.parse(`${text}:00+08:00`);

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 120_000);
afterAll(() => program.remove());

/** Three chats that are reminded, and an officer; nobody has planned them yet. */
async function machine() {
  const api = await BotApi.start();
  const dir = await temporaryDirectory(onTestFinished);
  const store = await lowdbStore({ dir, codec: documentCodec, log: keptLog() });
  const since = at('2026-06-01T10:00');
  for (const chat of [7, 8, 9]) {
    const key = `telegram:${chat}`;
    const consents = { remind: { given: true, at: since, wording: 'w' } };
    const state = { ...NEW_CHAT, programme: 'shanxi-2026', remind: true, consents };
    await store.update(key, () => ({ doc: { ...newChatDoc(key), state }, result: undefined }));
  }
  const officer = 'telegram:5';
  await store.update(officer, () => ({ doc: newChatDoc(officer), result: undefined }));
  await store.update(`@staff/${officer}`, () => ({
    doc: {
      ...{ record: 'staff', v: 1, chat: officer, at: since, invite: 'i' },
      post: { programme: 'shanxi-2026', city: '太原市' },
    },
    result: undefined,
  }));
  await store.close();
  onTestFinished(() => api.stop());
  /** Runs the program from that time on for as long as `work` takes. */
  const run = async (when: string, work: () => Promise<unknown>): Promise<void> => {
    const serving = serveAt(program, api, dir, at(when));
    onTestFinished(async () => {
      await serving.stop();
    });
    await Promise.race([work(), serving.failed]);
    expect(await serving.stop()).toBe(0);
  };
  const press = async (shown: Shown, label: string): Promise<void> => {
    const button = shown.keyboard?.inline_keyboard.flat().find(({ text }) => text === label);
    if (!button || !('callback_data' in button)) throw new Error(`no ${label} in ${shown.text}`);
    await api.give(api.people.press(shown.chat, shown.messageId, button.callback_data));
  };
  return { api, run, press };
}

test(
  'a reminder fires, its buttons work, and the next one comes to whoever still wants it',
  { timeout: 60_000 },
  async () => {
    const { api, run, press } = await machine();
    await run('2026-07-08T09:00', async () => {
      for (const chat of [7, 8, 9])
        expect((await api.shown(chat, 1)).text).toMatch(/^【截止提醒】.*2026年7月15日（周三） 17:00，还有7天/);
      await press(await api.shown(7, 1), '退订');
      expect((await api.shown(7, 2)).text).toContain('已退订');
      await press(await api.shown(8, 1), '已提交');
      expect((await api.shown(8, 2)).text).toContain('已报送市科技局');
    });
    // Started again on the day of the next lead, in the night, nothing leaves; in the morning it does.
    await run('2026-07-10T09:00', () => api.shown(9, 2));
    expect([7, 8, 9].map((chat) => api.chats.of(chat).length)).toEqual([2, 2, 2]);
    expect(api.chats.of(9)[1]?.text).toContain('还有5天');
    await run('2026-07-23T09:00', async () => {
      // The lead of thirty days was made up for when the program first ran.
      const notice = await api.shown(5, 2);
      expect(notice.text).toMatch(/市科技局向省共享中心报送截止.*还有7天/);
      await press(notice, '已上报');
      expect((await api.shown(5, 3)).text).toContain('太原市科技局已上报');
    });
    expect([7, 8, 9].map((chat) => api.chats.of(chat).length)).toEqual([2, 2, 2]);
  },
);
