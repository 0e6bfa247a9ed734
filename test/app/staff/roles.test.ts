import { describe, expect, test } from 'vitest';
import { BureauWorld, HOUR } from './world.ts';

async function invited(world: BureauWorld, city = '太原市'): Promise<string> {
  return String((await world.operator({ verb: 'invite', city }))['code']);
}

describe('an invitation', () => {
  test('has at least 80 random bits and is stored as a hash only', async () => {
    const world = new BureauWorld();
    const codes = new Set<string>();
    for (let index = 0; index < 200; index += 1) codes.add((await invited(world)).replaceAll('-', ''));
    expect(codes.size).toBe(200);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16,}$/);
    const keys: string[] = [];
    for await (const key of world.store.keys('@invite/')) keys.push(key, JSON.stringify(await world.store.read(key)));
    for (const code of codes) expect(keys.join('\n')).not.toContain(code);
  });

  test('binds once: not a second chat, and not the same one after its role was taken back', async () => {
    const world = new BureauWorld();
    const code = await invited(world);
    expect(await world.text('t:o', `/bind ${code.toLowerCase().replaceAll('-', ' - ')}`)).toMatch(
      /^已绑定：太原市科技局/,
    );
    expect(await world.text('t:x', `/bind ${code}`)).toContain('已经用过');
    expect(await world.text('t:o', `/bind ${code}`)).toMatch(/^已绑定/);
    await world.operator({ verb: 'revoke', chat: 't:o' });
    expect(await world.text('t:o', `/bind ${code}`)).toContain('已经用过');
    expect(await world.text('t:o', '/broadcast')).toContain('请先用邀请码');
  });

  test('ends with its time', async () => {
    const world = new BureauWorld();
    const code = await invited(world);
    world.now += 72 * HOUR;
    expect(await world.text('t:o', `/bind ${code}`)).toContain('已过期');
    world.now -= 1;
    expect(await world.text('t:o', `/bind ${code}`)).toMatch(/^已绑定/);
  });

  test('is void once a group has read it', async () => {
    const world = new BureauWorld();
    const code = await invited(world);
    expect(await world.text('t:g', `/bind ${code}`, true)).toContain('私聊');
    expect(await world.text('t:o', `/bind ${code}`)).toContain('已作废');
  });

  test('is not made for a city that the data does not have', async () => {
    const world = new BureauWorld();
    await expect(world.operator({ verb: 'invite', city: '北京市' })).rejects.toThrow('no-city');
  });
});

describe('guessing', () => {
  test('ends after a few wrong codes of a chat, even for the right one, and begins again later', async () => {
    const world = new BureauWorld();
    const code = await invited(world);
    for (let index = 0; index < 5; index += 1)
      expect(await world.text('t:x', `/bind GUESS-${String(index)}`)).toContain('不对');
    expect(await world.text('t:x', `/bind ${code}`)).toContain('试错太多');
    expect(await world.text('t:o', '/bind WRONG')).toContain('不对');
    world.now += HOUR;
    expect(await world.text('t:x', `/bind ${code}`)).toMatch(/^已绑定/);
  });

  test('ends for all chats together', async () => {
    const world = new BureauWorld();
    for (let index = 0; index < 50; index += 1) await world.say(`t:x${String(index)}`, '/bind WRONG');
    expect(await world.text('t:y', `/bind ${await invited(world)}`)).toContain('试错太多');
    const results = (await world.audit()).filter(({ what }) => what === 'bind').map(({ result }) => result);
    expect(results).toEqual([...Array<string>(50).fill('wrong'), 'limited']);
  });
});
