import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { chatCodec } from '../../src/app/chatcodec.ts';
import { newChatDoc } from '../../src/app/chatdoc.ts';
import { settlePlan, tick } from '../../src/app/tick.ts';
import { reminderMayGo } from '../../src/app/tickplan.ts';
import { closeUnreachable } from '../../src/app/dispatch/outbox.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { at, enterprise, settle, tickWorld, type TickWorld } from './tick-world.ts';

const HOUR = 3_600_000;
const sources = async ({ store }: TickWorld, chat = 'a'): Promise<string[]> =>
  ((await store.read(chat))?.ledger ?? []).map(({ source, outcome }) => `${outcome} ${source.replace('lead:', '')}`);

/** A chat with the consent of the first of June. */
async function agreed(world: TickWorld = tickWorld(), chat = 'a', when = '2026-06-01'): Promise<TickWorld> {
  await world.say(chat, '/programme shanxi-2026', when);
  await world.say(chat, '/remind on', when);
  return world;
}

describe('a tick', () => {
  test('says what is due once, however often it comes, and notes it as shown', async () => {
    const world = await agreed();
    expect(await world.tick(at('2026-06-15T08:59'))).toEqual([]);
    expect(await world.tick(at('2026-06-15T09:00'))).toHaveLength(1);
    expect(await world.tick(at('2026-06-15T09:00'))).toEqual([]);
    expect(await sources(world)).toEqual(['sent shanxi-2026/sx_enterprise_deadline/30']);
  });

  test('looks at nobody who wants nothing', async () => {
    const world = tickWorld();
    await world.say('a', '/programme shanxi-2026', '2026-06-01');
    expect((await world.store.read('a'))?.due).toBeUndefined();
    expect(await world.store.due(at('2026-12-31'), 10)).toEqual([]);
  });

  test('the document says when to look again, and the mark is found in the store', async () => {
    const world = await agreed();
    expect((await world.store.read('a'))?.due).toBe(at('2026-06-15T09:00'));
    expect(await world.store.due(at('2026-06-15T09:00'), 10)).toEqual(['a']);
    await world.tick(at('2026-06-15T09:00'));
    expect((await world.store.read('a'))?.due).toBe(at('2026-06-16T09:00'));
  });

  test('a document written and read again keeps what reminders need', async () => {
    const world = await agreed(tickWorld(memoryStore(chatCodec)));
    await world.say('a', '7月10号下午3点提醒我盖章', '2026-06-01');
    const doc = await world.store.read('a');
    expect(doc?.state.own).toMatchObject([{ at: at('2026-07-10T15:00'), text: '盖章' }]);
    expect(doc?.state.consents?.remind?.given).toBe(true);
  });

  test('one chat that cannot be read keeps nobody else from being reminded', async () => {
    const store = memoryStore({
      ...chatCodec,
      decode: (text) => chatCodec.decode(text.replace('"chat":"b"', '"cat":1')),
    });
    const world = await agreed(tickWorld(store));
    await store.update('b', () => ({ doc: { ...newChatDoc('b'), due: 1 }, result: undefined }));
    expect(await world.tick(at('2026-06-15T09:00'))).toHaveLength(1);
    expect(world.log.lines.join()).toContain('tick.faulty-document');
  });
});

test('a fault in the words of one reminder keeps nobody else from theirs, and is not tried without end', async () => {
  const world = await agreed();
  await agreed(world, 'b');
  await world.store.update('b', (doc) => ({
    doc: doc && {
      ...doc,
      state: { ...doc.state, own: [{ id: 'x', at: at('2026-06-10'), text: null as unknown as string }] },
    },
    result: undefined,
  }));
  const { ownDue } = world.deps.kit.script.say;
  const failing = (text: string | null, when: number, now: number) => {
    if (text === null) throw new Error('no words');
    return ownDue(text, when, now);
  };
  const { kit } = world.deps;
  const script = { ...kit.script, say: { ...kit.script.say, ownDue: failing as typeof ownDue } };
  const deps = { ...world.deps, kit: { ...kit, script } };
  expect(await tick(deps, at('2026-06-15T09:00'))).toEqual(['a', 'b']);
  expect(world.log.lines.filter((line) => line.includes('tick.words-failed'))).toHaveLength(1);
  expect((await world.store.read('b'))?.due).toBe(at('2026-06-15T10:00'));
});

describe('nobody is written to', () => {
  test('who stopped it: what waits is let go of at once, and nothing comes after', async () => {
    const world = await agreed();
    await world.plan(at('2026-06-15T09:00'));
    expect(await world.say('a', '退订', '2026-06-15T09:01')).toEqual(['已退订，不会再主动给您发消息。']);
    expect((await world.store.read('a'))?.outbox).toEqual([]);
    expect(await world.show(at('2026-06-15T09:02'))).toEqual([]);
    expect(await sources(world)).toEqual(['cancelled shanxi-2026/sx_enterprise_deadline/30']);
    for (let day = 16; day <= 45; day += 1)
      expect(await world.tick(at('2026-06-01T12:00') + day * 24 * HOUR)).toEqual([]);
  });

  test('who handed in after it was put into the outbox', async () => {
    const world = await agreed();
    await world.plan(at('2026-07-08T09:00'));
    await world.say('a', '已提交', '2026-07-08T09:01');
    expect(await world.show(at('2026-07-08T09:02'))).toEqual([]);
    expect(await world.tick(at('2026-07-10T09:02'))).toEqual([]);
  });

  test('who blocked it, until they write again', async () => {
    const world = await agreed();
    await world.store.update('a', (doc) => ({
      doc: doc && closeUnreachable(doc, 'blocked', at('2026-07-01'), () => false),
      result: undefined,
    }));
    expect(await world.tick(at('2026-07-08T09:00'))).toEqual([]);
    await world.say('a', '材料', '2026-07-09');
    expect(await world.tick(at('2026-07-09T12:01'))).toHaveLength(1);
  });

  test('who had everything deleted', async () => {
    const world = await agreed();
    await world.say('a', '删除我的数据', '2026-06-02');
    await world.say('a', '确认删除', '2026-06-02');
    expect((await world.store.read('a'))?.due).toBeUndefined();
    expect(await world.tick(at('2026-07-08T09:00'))).toEqual([]);
  });

  test('in the quiet hours, or after the date, whatever waits', async () => {
    const world = await agreed();
    await world.plan(at('2026-07-14T20:59'));
    expect(await world.show(at('2026-07-14T22:00'))).toEqual([]);
    expect((await world.store.read('a'))?.outbox).toMatchObject([{ notBefore: at('2026-07-15T08:00') }]);
    expect(await world.show(at('2026-07-15T17:01'))).toEqual([]);
    expect(await sources(world)).toContain('cancelled shanxi-2026/sx_enterprise_deadline/1');
  });

  test('a broadcast is not judged here, unless everything was stopped', async () => {
    const world = await agreed();
    const doc = (await world.store.read('a')) ?? newChatDoc('a');
    expect(reminderMayGo(world.deps, 'broadcast:x', doc, at('2026-07-01T23:00'))).toBe(true);
    const stopped = { ...doc, state: { ...doc.state, stopped: 1 } };
    expect(reminderMayGo(world.deps, 'broadcast:x', stopped, at('2026-07-01T23:00'))).toBe(false);
  });
});

test('other dates in a new release: every chat is planned anew, once', async () => {
  const world = await agreed();
  await world.store.update('a', (doc) => {
    const { due: _due, ...rest } = doc ?? newChatDoc('a');
    return { doc: rest, result: undefined };
  });
  expect(await world.tick(at('2026-07-08T09:00'))).toEqual([]);
  expect(await settlePlan(world.deps, 'dates 1', at('2026-07-08T09:00'))).toBe(true);
  expect(await world.show(at('2026-07-08T09:00'))).toHaveLength(1);
  expect(await settlePlan(world.deps, 'dates 1', at('2026-07-08T09:00'))).toBe(false);
  expect(await settlePlan(world.deps, 'dates 2', at('2026-07-08T09:00'))).toBe(true);
});

test('each enterprise of a chat is reminded of for itself, by name', async () => {
  const world = tickWorld();
  const own = [
    enterprise('shanxi-2026', {}, { name: '甲公司' }),
    enterprise('shanxi-2026', {}, { name: '乙公司', progress: 'filed_offline' }),
    enterprise('shanxi-2026', {}, { name: '丙公司', city: '大同市' }),
  ];
  await settle(world, 'a', 'shanxi-2026', own);
  await world.say('a', '/remind on', '2026-07-01T10:00');
  const said = await world.tick(at('2026-07-08T09:00'));
  expect(said.map((text) => /】(.{3})/.exec(text)?.[1])).toEqual(['甲公司', '丙公司']);
  expect(said[1]).toContain('0352-5028339');
});

/** Instants of a scheduler that is not always there and whose clock is not always right. */
const step = fc.record({
  after: fc.constantFrom(0.01, 0.2, 1, 5, 26, 50, 200),
  skew: fc.constantFrom(0, 0, 0, -10, 10),
  who: fc.constantFrom('one', 'other', 'both'),
  shows: fc.boolean(),
});

test('downtime, clock steps, two schedulers: each once in the ledger, none late, none in the night, none skipped', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 1_000 }),
      async (steps, from) => {
        const one = await agreed();
        const other = tickWorld(one.store, 'q');
        let time = at('2026-06-10T07:00') + from * HOUR;
        const shown: number[] = [];
        for (const { after, skew, who, shows } of steps) {
          time += after * HOUR;
          const now = time + skew * 60_000;
          const at = who === 'one' ? [one] : who === 'other' ? [other] : [one, other];
          await Promise.all(at.map((world) => world.plan(now)));
          if (!shows) continue;
          // The channel's account is held by one process at a time.
          const said = await one.show(now);
          for (const text of said) {
            shown.push(now);
            expect(text).not.toMatch(/已过|-\d+天/);
          }
          expect(new Set(said.map((text) => /】(.*?)：/.exec(text)?.[1])).size).toBe(said.length);
        }
        const doc = await one.store.read('a');
        const all = [...(doc?.ledger ?? []), ...(doc?.outbox ?? [])].map(({ source }) => source);
        expect(new Set(all).size).toBe(all.length);
        for (const now of shown) {
          const hour = new Date(now + 8 * HOUR).getUTCHours();
          expect(hour >= 8 && hour < 21).toBe(true);
          expect(now).toBeLessThanOrEqual(at('2026-07-15T17:00'));
        }
        // Whoever then looks by day finds the nearest lead said, or waiting, or nothing ahead.
        const noon = at('2026-07-14T12:00');
        if (time + 10 * 60_000 < noon) {
          await one.plan(noon);
          await one.show(noon);
          expect(await sources(one)).toContain('sent shanxi-2026/sx_enterprise_deadline/1');
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a process that died while it showed something: told as perhaps shown twice, once in the ledger', async () => {
  const first = await agreed();
  await first.plan(at('2026-06-15T09:00'));
  await first.store.update('a', (doc) => ({
    doc: doc && { ...doc, outbox: doc.outbox.map((entry) => ({ ...entry, sending: true as const })) },
    result: undefined,
  }));
  const second = tickWorld(first.store, 'q');
  expect(await second.tick(at('2026-06-15T09:01'))).toHaveLength(1);
  const ledger = (await first.store.read('a'))?.ledger;
  expect(ledger).toMatchObject([{ outcome: 'sent', repeated: true }]);
});

describe('the buttons of a reminder', () => {
  const progress = async ({ store }: TickWorld): Promise<string | undefined> =>
    (await store.read('a'))?.state.enterprises[0]?.dossiers['shanxi-2026']?.progress;

  async function reminded(...said: readonly string[]): Promise<TickWorld> {
    const world = await agreed();
    for (const text of said) await world.say('a', text, '2026-06-14');
    expect(await world.tick(at('2026-06-15T09:00'))).toHaveLength(1);
    return world;
  }

  test('are meant by their number', async () => {
    expect((await (await reminded()).say('a', '2', '2026-06-15T09:05')).join()).toContain('已退订');
    const world = await reminded();
    await world.say('a', '1', '2026-06-15T09:05');
    expect(await progress(world)).toBe('filed_offline');
  });

  test.each(['没提交', '还没提交', '未提交', '没有交', '提交了吗'])('%s is neither of them', async (text) => {
    const world = await reminded();
    expect((await world.say('a', text, '2026-06-15T09:05')).join()).not.toContain('已退订');
    expect(await progress(world)).toBeUndefined();
  });

  test('are not there while a question waits: a number is its answer', async () => {
    const world = await reminded('资格自测');
    await world.say('a', '2', '2026-06-15T09:05');
    expect((await world.store.read('a'))?.state.stopped).toBeUndefined();
    expect(await progress(world)).toBeUndefined();
  });
});
