import { expect, test } from 'vitest';
import { keepTicking, lineScheduler } from '../../src/cli/ticking.ts';
import type { Unasked } from '../../src/cli/unasked.ts';
import { keptLog } from '../app/support.ts';
import { FakeTime, settle } from '../app/dispatch/time.ts';

type Watched = Unasked & { readonly calls: string[] };

function watched(fields: Partial<Unasked> = {}): Watched {
  const calls: string[] = [];
  const note = (name: string) => async (): Promise<never[]> => {
    calls.push(name);
    return [];
  };
  const own = { tick: note('tick'), replan: note('replan'), pull: note('pull') };
  return { calls, ...own, settle: async () => false, ...fields };
}

/** What the scheduler of a process with channels needs, besides what it calls. */
function parts(time: FakeTime, unasked: Unasked) {
  let nudges = 0;
  const log = keptLog();
  const dispatcher = { nudge: () => void (nudges += 1) };
  const given = { unasked, timer: time, log, dispatcher, bureau: { carry: async () => false } };
  return { log, nudges: () => nudges, given: given as unknown as Parameters<typeof keepTicking>[0] };
}

test('looks at once and every 30 seconds, and wakes the way out when something was due', async () => {
  const time = new FakeTime();
  let ticks = 0;
  const { given, nudges } = parts(time, watched({ tick: async () => ((ticks += 1) === 2 ? ['a'] : []) }));
  const stop = keepTicking(given, time.clock.now);
  await settle();
  expect([ticks, nudges()]).toEqual([1, 0]);
  await time.run(30_000);
  expect([ticks, nudges()]).toEqual([2, 1]);
  await time.run(300_000);
  expect(ticks).toBe(12);
  await stop();
  await time.run(300_000);
  expect(ticks).toBe(12);
});

test('a store that is away costs a look, not the scheduler', async () => {
  const time = new FakeTime();
  let ticks = 0;
  const fail = async (): Promise<never> => {
    ticks += 1;
    throw new Error('away');
  };
  const { given, log } = parts(time, watched({ tick: fail, settle: fail }));
  const stop = keepTicking(given, time.clock.now);
  await time.run(61_000);
  await stop();
  expect(ticks).toBe(4);
  expect(log.lines.join()).not.toContain('away');
});

test('lines that set the clock back have everything planned anew, lines that set it forward do not', async () => {
  const unasked = watched();
  const assistant = { handle: async () => [], delivered: async () => undefined, settled: async () => undefined };
  const given = { unasked, assistant, bureau: { carry: async () => false } };
  const { tick, assistant: seen } = lineScheduler(given as unknown as Parameters<typeof lineScheduler>[0], () => 50);
  await tick(10);
  await tick(20);
  await seen.handle({ chat: 'stdio:a', event: { kind: 'text', text: '' }, at: 30 });
  await tick(25);
  await tick(26);
  // Without an instant of its own a message is of the system's time.
  await seen.handle({ chat: 'stdio:a', event: { kind: 'text', text: '' } });
  await tick(40);
  expect(unasked.calls.filter((name) => name === 'replan')).toHaveLength(3);
  expect(unasked.calls.filter((name) => name === 'tick')).toHaveLength(5);
});
