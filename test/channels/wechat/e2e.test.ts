import { types } from 'wechaty-puppet';
import { describe, expect, test } from 'vitest';
import type { Advance } from '../../../src/app/handle.ts';
import { advance } from '../../../src/dialogue/index.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';
import { kit } from '../../support/kit.ts';
import type { Running } from '../../support/wechat/account.ts';
import { startAccount, until } from '../../support/wechat/start.ts';
import { BOT_NAME, SELF, WechatWorld, type Person, type Said } from '../../support/wechat/world.ts';

const NOW = Date.parse('2026-11-21T10:00:00+08:00');
const real: Advance = (state, event, now, newId) => advance(kit, state, event, now, newId);

async function begin(world = new WechatWorld()): Promise<Running> {
  world.now = () => NOW;
  const running = await startAccount({ world, advance: real, now: () => NOW });
  if (world.knowsLogin) await until(() => expect(running.announced).toContain(WECHAT_WORDS.connected));
  return running;
}

/** Says something and gives what is shown in answer. */
async function say(
  { dispatcher, world }: Running,
  person: Person,
  text: string,
  said?: Said,
  room?: string,
): Promise<string> {
  const to = room === undefined ? person.name : world.rooms.get(room)!;
  const before = world.to(to).length;
  world.say(person, text, said, room);
  await until(() => expect(world.to(to).length).toBeGreaterThan(before));
  // An answer may come in parts.
  await until(() => expect(dispatcher.figures().queued).toBe(0));
  return world.to(to, before).join('\n');
}

describe('an account, end to end with the mock puppet', () => {
  test('an interview by numbers to a verdict, in every way of writing them', async () => {
    const running = await begin();
    const li = running.world.person('李明', 'liming');
    expect(await say(running, li, '洛阳')).toContain('1）资格自测');
    expect(await say(running, li, '１')).toContain('要办哪一步');
    expect(await say(running, li, '第二个')).toContain('以下各项都符合吗');
    expect(await say(running, li, '①')).toContain('目前有效的是哪些');
    expect(await say(running, li, '1')).toMatch(/初步结论：符合条件[\s\S]*最高10万元/);
    expect(await say(running, li, '0')).toContain('可以回：资格自测');
    expect(await say(running, li, '联系')).toContain('管理机构');
    for (const text of running.world.to('李明')) expect(text).not.toMatch(/\*\*|^#|\]\(/m);
  });

  test('a contact is told with its number and clause', async () => {
    const running = await begin();
    const li = running.world.person('李明');
    await say(running, li, '山西');
    expect(await say(running, li, '太原的电话')).toMatch(/太原市.*\d{7,}/s);
  });

  test('in a room only a mention is answered, and one conversation is kept for the room', async () => {
    const running = await begin();
    const { world, channel } = running;
    const [li, zhao] = [world.person('李明'), world.person('赵红')];
    const room = world.room('园区企业');
    world.say(li, '有人办过创新券吗', {}, room);
    world.say(li, '@赵红\u2005 你办过吗', { mentions: [zhao.id] }, room);
    world.say(li, '', { type: types.Message.Emoticon }, room);
    await channel.settled();
    expect(world.shown).toEqual([]);
    expect(await say(running, li, `@${BOT_NAME}\u2005洛阳`, { mentions: [SELF] }, room)).toContain('已选');
    // A puppet that says nothing about mentions.
    expect(await say(running, zhao, `@${BOT_NAME} 资格自测`, {}, room)).toContain('要办哪一步');
    expect(await say(running, li, `@${BOT_NAME}`, { mentions: [SELF] }, room)).toContain('可以回');
    expect(world.to('李明')).toEqual([]);
  });

  test('a friend request is accepted and welcomed, once', async () => {
    const running = await begin();
    const { world, channel } = running;
    const wang = world.request('王芳');
    await until(() => expect(world.to('王芳')).toHaveLength(1));
    expect(world.puppet?.accepted).toEqual(['f-王芳-2']);
    expect(world.to('王芳')[0]).toContain('我是科技创新券助手');
    world.request('王芳', 1);
    world.puppet?.emit('friendship', { friendshipId: 'f-王芳-1' });
    await channel.settled();
    expect(world.to('王芳')).toHaveLength(1);
    expect(await say(running, wang, '洛阳')).toContain('已选');
  });

  test('what is not text gets a fitting answer, or none', async () => {
    const running = await begin();
    const { world, channel } = running;
    const li = world.person('李明');
    const { hints } = WECHAT_WORDS;
    expect(await say(running, li, '', { type: types.Message.Audio })).toBe(hints.voice.text);
    expect(await say(running, li, '', { type: types.Message.Emoticon })).toBe(hints.sticker.text);
    expect(await say(running, li, '', { type: types.Message.Contact })).toBe(hints.card.text);
    expect(await say(running, li, '', { type: types.Message.MiniProgram })).toBe(hints.miniProgram.text);
    expect(await say(running, li, '', { type: types.Message.Image })).toContain('收到文件“图片”');
    expect(await say(running, li, '', { type: types.Message.Attachment, filename: '发票.pdf' })).toContain(
      '“发票.pdf”',
    );
    expect(await say(running, li, '', { type: types.Message.Unknown })).toContain('收到文件“文件”');
    const shown = world.shown.length;
    for (const type of [
      types.Message.RedEnvelope,
      types.Message.Transfer,
      types.Message.Recalled,
      types.Message.GroupNote,
    ])
      world.say(li, '', { type });
    world.say(li, '"李明" 拍了拍我');
    world.say(li, '收到红包，请在手机上查看');
    world.say(li, '"李明" 撤回了一条消息', { type: types.Message.Unknown });
    // A second sticker within a minute is not worth a second answer.
    world.say(li, '', { type: types.Message.Emoticon });
    await channel.settled();
    expect(world.shown).toHaveLength(shown);
  });

  test('a real file of the mock puppet arrives as a file', async () => {
    const { FileBox } = await import('file-box');
    const running = await begin();
    const { world } = running;
    world.person('李明');
    const { mocker } = world.puppet!;
    mocker.ContactMock.load('id-李明')
      .say(FileBox.fromBase64(Buffer.from('x').toString('base64'), '合同.xlsx'))
      .to(mocker.ContactMock.load(SELF));
    await until(() => expect(world.to('李明').join('')).toContain('收到文件'));
  });

  test('logout and login in mid-interview: the place is kept, what was said meanwhile is answered', async () => {
    const world = new WechatWorld();
    world.knowsLogin = false;
    const running = await begin(world);
    const { announced, alarms } = running;
    await until(() =>
      expect(announced.join()).toContain('https://wechaty.js.org/qrcode/https%3A%2F%2Flogin.example%2Fcode'),
    );
    expect(announced.filter((text) => text.includes('[code]'))).toHaveLength(1);
    world.login();
    await until(() => expect(announced).toContain(WECHAT_WORDS.connected));
    const li = world.person('李明', 'liming');
    await say(running, li, '洛阳');
    await say(running, li, '资格自测');
    await world.logout();
    await until(() => expect(alarms.at(-1)).toBe('logged-out'));
    world.say(li, '2');
    world.login();
    await until(() => expect(world.to('李明').join('\n')).toContain('以下各项都符合吗'));
    expect(announced.at(-1)).toBe(WECHAT_WORDS.back);
    expect(await say(running, li, '1')).toContain('目前有效的是哪些');
    expect(world.mostLive).toBe(1);
  });

  test('nothing of what was said is in the log, nor printed by the library', async () => {
    const running = await begin();
    const li = running.world.person('李明', 'liming-13900001111');
    running.world.faults.send = () => {
      throw new Error('发送消息过于频繁 机密内容');
    };
    running.world.say(li, '机密内容');
    await until(() => expect(running.log.lines.join()).toContain('wechat.not-sent'));
    running.world.faults.send = undefined as never;
    expect(running.log.lines.join()).not.toMatch(/机密|13900001111|李明/);
  });
});
