import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatCodec } from '../../../src/app/chatcodec.ts';
import { planOf } from '../../../src/app/tickplan.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { at, tickWorld, type TickWorld } from '../tick-world.ts';
import { DAY, HOUR, LIMITS, retentionWorld } from './world.ts';

/** As short as they may be, and shorter: everything that can go goes soon. */
const SHORT = {
  ...LIMITS,
  handled: { ids: 1, days: 1 },
  ledger: { days: 1 },
  chats: { days: 2, agreed_days: 400 },
};

const BEGIN = at('2026-05-01');

type Step =
  | { readonly kind: 'say'; readonly chat: string; readonly text: string }
  | { readonly kind: 'wait'; readonly hours: number }
  /** What is due is put into outboxes and stays there for a while. */
  | { readonly kind: 'plan' };

const chats = ['s:a', 's:b', 's:c'];
const words = [
  ...['/programme shanxi-2026', '/programme luoyang', '/remind on', '退订', '/remind off', '菜单', '已提交'],
  ...['7月10号下午3点提醒我盖章', '删除我的数据', '确认删除', '我们是太原的科小', '不申请了'],
];
const stepOf = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      chat: fc.constantFrom(...chats),
      text: fc.constantFrom(...words),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'plan' as const }) },
);

/** Two chats that agreed, one of them perhaps with more, and one that only looked around. */
const openingsOf = fc
  .tuple(
    fc.constantFrom('shanxi-2026', 'luoyang'),
    fc.constantFrom('菜单', '7月10号下午3点提醒我盖章', '我们是太原的科小'),
  )
  .map(([programme, more]): Step[] => [
    { kind: 'say', chat: 's:a', text: '/programme shanxi-2026' },
    { kind: 'say', chat: 's:a', text: '/remind on' },
    { kind: 'say', chat: 's:b', text: `/programme ${programme}` },
    { kind: 'say', chat: 's:b', text: '/remind on' },
    { kind: 'say', chat: 's:b', text: more },
    { kind: 'say', chat: 's:c', text: more },
  ]);

interface Played {
  /** What was shown unasked, by chat. */
  readonly shown: ReadonlyMap<string, readonly string[]>;
  /** The sources of what was in the outboxes, as they came. */
  readonly sources: readonly string[];
}

/** Plays a history to the end of the year; `between` is done every day. */
async function play(
  world: TickWorld,
  steps: readonly Step[],
  between: (now: number) => Promise<void>,
): Promise<Played> {
  const shown = new Map<string, string[]>(chats.map((chat) => [chat, []]));
  const sources: string[] = [];
  const entries = new Set<string>();
  let now = BEGIN;
  const plan = async (): Promise<void> => {
    await world.plan(now);
    for (const chat of chats)
      for (const { id, source } of (await world.store.read(chat))?.outbox ?? []) {
        if (source === undefined || entries.has(id)) continue;
        entries.add(id);
        sources.push(`${chat} ${source}`);
      }
  };
  const pass = async (hours: number): Promise<void> => {
    for (const end = now + hours * HOUR; now < end;) {
      now = Math.min(end, now + DAY);
      await plan();
      for (const text of await world.show(now)) shown.get(text.slice(0, 3))?.push(`${now} ${text}`);
      await between(now);
    }
  };
  for (const step of steps) {
    if (step.kind === 'wait') await pass(step.hours);
    else if (step.kind === 'plan') await plan();
    else await world.say(step.chat, step.text, new Date(now + 8 * HOUR).toISOString().slice(0, 19));
  }
  await pass(3_000);
  return { shown, sources };
}

test('with removal every day nothing is sent twice, and who is wanted is told the same as without it', async () => {
  const removed = { chats: 0, ledger: 0 };
  await fc.assert(
    fc.asyncProperty(openingsOf, fc.array(stepOf, { minLength: 4, maxLength: 24 }), async (openings, further) => {
      const steps = [...openings, ...further];
      const plain = await play(tickWorld(), steps, async () => undefined);
      const store = memoryStore(chatCodec);
      const world = tickWorld(store);
      const { retention } = retentionWorld({ limits: SHORT }, store);
      const gone = new Set<string>();
      const played = await play(world, steps, async (now) => {
        const before = await Promise.all(chats.map((chat) => store.read(chat)));
        const counts = await retention.force(now, true);
        for (const what of ['chats', 'ledger'] as const) removed[what] += counts?.[what] ?? 0;
        for (const [index, chat] of chats.entries()) {
          const doc = before[index];
          if (!doc || (await store.read(chat))) continue;
          gone.add(chat);
          // Nothing waited there, and nothing was going to be said.
          expect([chat, doc.outbox, planOf(world.deps, doc, now).next]).toEqual([chat, [], undefined]);
        }
      });
      expect(new Set(played.sources).size).toBe(played.sources.length);
      for (const chat of chats) if (!gone.has(chat)) expect(played.shown.get(chat)).toEqual(plain.shown.get(chat));
    }),
    { numRuns: 40 },
  );
  expect(Math.min(removed.chats, removed.ledger)).toBeGreaterThan(20);
});
