import { describe, expect, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import type { EarlierChat } from '../../../src/channels/wechat/door.ts';
import { peopleCodec } from '../../../src/channels/wechat/people.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';
import type { Running } from '../../support/wechat/account.ts';
import { startAccount, until } from '../../support/wechat/start.ts';
import { WechatWorld, type Person } from '../../support/wechat/world.ts';

/** The same documents over several logins, in each of which the platform may give people other ids. */
function logins(earlier: EarlierChat | undefined = { names: [], cities: [] }) {
  const store = memoryStore(chatCodec);
  const people = memoryStore(peopleCodec);
  return async (build: (world: WechatWorld) => void): Promise<Running> => {
    const world = new WechatWorld();
    build(world);
    const known = async (): Promise<EarlierChat | undefined> => earlier;
    const running = await startAccount({ world, store, people, deps: { earlier: known } });
    await until(() => expect(running.announced).toContain(WECHAT_WORDS.connected));
    return running;
  };
}

async function say({ world }: Running, person: Person, text: string, answers = 1): Promise<string> {
  const before = world.to(person.name).length;
  world.say(person, text, { id: `${person.id}-${text}-${Math.random()}` });
  await until(() => expect(world.to(person.name).length).toBeGreaterThanOrEqual(before + answers));
  return world.to(person.name, before).join('\n');
}

async function twoSayings(login: ReturnType<typeof logins>, handle?: string): Promise<void> {
  const first = await login((world) => world.person('李明', handle, 'x-old'));
  const li = first.world.people.get('李明')!;
  await say(first, li, '一');
  expect(await say(first, li, '二')).toBe('2 二');
  await first.stop();
}

describe('a login after which people have other ids', () => {
  test('who has a stable name goes on where they were', async () => {
    const login = logins();
    await twoSayings(login, 'liming');
    const second = await login((world) => world.person('李明 改名', 'liming', 'x-new'));
    expect(await say(second, second.world.people.get('李明 改名')!, '三')).toBe('3 三');
  });

  test('what is to be sent finds them under the new id before they have written', async () => {
    const login = logins();
    await twoSayings(login, 'liming');
    const second = await login((world) => world.person('李明', 'liming', 'x-new'));
    for await (const chat of second.store.keys('wechat:'))
      second.dispatcher.deliver(chat, await second.assistant.handle({ chat, event: { kind: 'text', text: '提醒' } }));
    await until(() => expect(second.world.to('李明')).toEqual(['3 提醒']));
  });

  test('who has none names the enterprise, and goes on with what was said first', async () => {
    const login = logins({ names: ['太原恒测科技有限公司'], cities: ['太原市'] });
    await twoSayings(login);
    const second = await login((world) => world.person('李明', undefined, 'x-new'));
    const li = second.world.people.get('李明')!;
    const question = await say(second, li, '三');
    expect(question).toBe(WECHAT_WORDS.askName.text);
    expect(question).not.toMatch(/恒测|太原/);
    expect(await say(second, li, '1')).toBe(WECHAT_WORDS.askNameAgain.text);
    const joined = await say(second, li, '我们是太原恒测科技', 2);
    expect(joined).toContain(WECHAT_WORDS.joined.text);
    expect(joined).toContain('3 三');
    expect(await say(second, li, '四')).toBe('4 四');
  });

  test('a wrong name twice, or no wish to, begins anew and leaves the old conversation alone', async () => {
    const login = logins({ names: ['太原恒测科技有限公司'], cities: [] });
    await twoSayings(login);
    const second = await login((world) => world.person('李明', undefined, 'x-new'));
    const li = second.world.people.get('李明')!;
    await say(second, li, '三');
    await say(second, li, '别的公司');
    expect(await say(second, li, '又一家公司', 2)).toContain('1 三');
    expect(await say(second, li, '四')).toBe('2 四');
    await second.stop();
    const third = await login((world) => world.person('李明', undefined, 'x-third'));
    const again = third.world.people.get('李明')!;
    await say(third, again, '五');
    expect(await say(third, again, '重新开始', 2)).toContain('1 五');
  });

  test('where the enterprise has no name, a yes will do; the question tells nothing but the city', async () => {
    const login = logins({ names: [], cities: ['太原市'] });
    await twoSayings(login);
    const second = await login((world) => world.person('李明', undefined, 'x-new'));
    const li = second.world.people.get('李明')!;
    expect(await say(second, li, '三')).toContain('太原市的企业');
    expect(await say(second, li, '１', 2)).toContain('3 三');
  });

  test('somebody of the same name is not asked while the other is still there', async () => {
    const login = logins({ names: ['甲'], cities: [] });
    await twoSayings(login);
    const second = await login((world) => {
      world.person('李明', undefined, 'x-old');
      world.people.set('另一个', { name: '李明', id: 'x-other' });
    });
    second.world.say(second.world.people.get('另一个')!, '你好');
    await until(() => expect(second.world.shown.map(({ text }) => text)).toEqual(['1 你好']));
  });

  test('nobody is asked about a conversation that holds nothing', async () => {
    const store = memoryStore(chatCodec);
    const people = memoryStore(peopleCodec);
    for (const id of ['x-old', 'x-new']) {
      const world = new WechatWorld();
      const li = world.person('李明', undefined, id);
      const running = await startAccount({ world, store, people });
      await until(() => expect(running.announced).toContain(WECHAT_WORDS.connected));
      expect(await say(running, li, '你好')).toBe('1 你好');
      await running.stop();
    }
  });
});

describe('what arrives', () => {
  test('messages that come twice and out of order are handled once, in the order in which they were written', async () => {
    const world = new WechatWorld();
    const li = world.person('李明');
    const running = await startAccount({ world, deps: { times: { settle: 150 } } });
    await until(() => expect(running.announced).toContain(WECHAT_WORDS.connected));
    const at = Date.now();
    world.say(li, '三', { id: 'c', at: at + 2_000 });
    world.say(li, '一', { id: 'a', at });
    world.repeat('c');
    world.say(li, '二', { id: 'b', at: at + 1_000 });
    world.repeat('a');
    await until(() => expect(world.to('李明')).toEqual(['1 一', '2 二', '3 三']));
  });

  test('what is older than the limit is not answered, nor what the account said itself', async () => {
    const running = await startAccount();
    await until(() => expect(running.announced).toContain(WECHAT_WORDS.connected));
    const { world, channel } = running;
    const li = world.person('李明');
    world.say(li, '昨天', { at: Date.now() - 86_400_001 });
    world.say({ name: 'self', id: 'self' }, '自言自语');
    world.say(li, '秒', { at: Math.floor(Date.now() / 1_000) });
    await channel.settled();
    await until(() => expect(world.to('李明')).toEqual(['1 秒']));
  });
});
