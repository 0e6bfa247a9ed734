import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Advance } from '../../../src/app/handle.ts';
import { advance } from '../../../src/dialogue/index.ts';
import { WECHAT_WORDS } from '../../../conversations/wechat.ts';
import { kit } from '../../support/kit.ts';
import { HOME, QUICK, type Running } from '../../support/wechat/account.ts';
import { Gateway } from '../../support/wechat/gateway.ts';
import { startAccount, until } from '../../support/wechat/start.ts';
import { WechatWorld, type Person } from '../../support/wechat/world.ts';

const START = Date.parse('2026-11-21T10:00:00+08:00');
const now = (): number => Math.floor(START + performance.now());
const real: Advance = (state, event, at, newId) => advance(kit, state, event, at, newId);

async function begin(
  probeWithin = 300,
): Promise<{ readonly running: Running; readonly gateway: Gateway; readonly li: Person }> {
  const world = new WechatWorld();
  world.now = now;
  const gateway = await Gateway.start(world);
  const running = await startAccount({
    ...{ world, now },
    advance: real,
    open: gateway.bots(),
    deps: { times: { ...QUICK, probeWithin } },
  });
  onTestFinished(async () => {
    await running.stop();
    await gateway.kill();
  });
  await until(() => expect(running.announced).toContain(WECHAT_WORDS.connected));
  return { running, gateway, li: world.person('李明', 'liming') };
}

/** The whole interview: what is said, and words of the answer. */
const INTERVIEW = [
  ['洛阳', '已选'],
  ['资格自测', '要办哪一步'],
  ['2', '以下各项都符合吗'],
  ['1', '目前有效的是哪些'],
  ['1', '初步结论：符合条件'],
] as const;

/** Says each line of the interview and waits for its answer; before some, something happens. */
async function interview(
  { store, world }: Running,
  li: Person,
  before: (line: number) => Promise<void>,
): Promise<void> {
  for (const [line, [said, answer]] of INTERVIEW.entries()) {
    await before(line);
    world.say(li, said);
    await until(() => expect(world.to(li.name).join('\n')).toContain(answer));
  }
  // What nobody knew the outcome of is settled as well.
  await until(async () => {
    for await (const chat of store.keys()) expect((await store.read(chat))?.outbox).toEqual([]);
  });
  for (const [, answer] of INTERVIEW)
    expect(
      world.to(li.name).filter((text) => text.includes(answer)),
      answer,
    ).toHaveLength(1);
}

test('an interview over the wire, which leaves nothing of anybody below the home directory', async () => {
  const { running, li } = await begin(5_000);
  await interview(running, li, async () => undefined);
  expect(running.alarms).toEqual([undefined]);
  expect(existsSync(join(HOME, '.wechaty/wechaty-puppet-service'))).toBe(false);
});

test('the gateway is killed before answers and is back after some: nothing is lost, nothing answered twice', async () => {
  const { running, gateway, li } = await begin();
  await interview(running, li, async (line) => {
    if (line === 0) return;
    await gateway.kill();
    setImmediate(() => void gateway.start());
  });
  expect(gateway.kills).toBe(INTERVIEW.length - 1);
  expect(running.alarms).toContain('dead');
  expect(running.world.mostLive).toBe(1);
});

test('it is killed between the news of a message and the message itself', async () => {
  const { running, gateway, li } = await begin();
  const { faults } = running.world;
  await interview(running, li, async (line) => {
    if (line !== 3) return;
    faults.payload = async () => {
      delete faults.payload;
      await gateway.kill();
      setImmediate(() => void gateway.start());
      throw new Error('gone');
    };
  });
  expect(gateway.kills).toBe(1);
});

test('it is killed when an answer is on its way: before the platform has it, and after', async () => {
  const { running, gateway, li } = await begin();
  const { faults, world } = { faults: running.world.faults, world: running.world };
  const killOnce = (when: 'send' | 'sent') => {
    faults[when] = async () => {
      faults[when] = () => undefined;
      if (when === 'sent') world.syncOwn();
      await gateway.kill();
      setImmediate(() => void gateway.start());
      throw new Error('gone');
    };
  };
  await interview(running, li, async (line) => {
    if (line === 2) killOnce('send');
    if (line === 4) killOnce('sent');
  });
  expect(gateway.kills).toBe(2);
});
