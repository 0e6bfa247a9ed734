import { setTimeout as pause } from 'node:timers/promises';
import { newChatDoc } from '../../../src/app/chatdoc.ts';
import { enqueue } from '../../../src/app/dispatch/outbox.ts';
import type { ChannelLimits } from '../../../src/outreach/pacing-limits.ts';
import { planReach, type ReachPlan, type Recipient } from '../../../src/outreach/reach-plan.ts';
import { openWindow, type WindowRule } from '../../../src/outreach/reach-window.ts';
import { openAccount, QUICK, type Running } from './account.ts';
import { figuresOf, judge, judgeTalks, type HostileFigures } from './hostile-judge.ts';
import { dayOf, FATES, GAP_MS, Hostile, IN_FLIGHT, NOTICE, RATE } from './hostile-platform.ts';

const HOUR_MS = 3_600_000;
const RULES: readonly WindowRule[] = [{ after: 'message', openMs: 48 * HOUR_MS, messages: 5 }];
const LIMITS: ChannelLimits = {
  rates: { account: RATE, further: [{ messages: 1, perMs: GAP_MS }], chat: { messages: 1, perMs: 10 } },
  retry: { firstMs: 20, capMs: 200, tries: 6, jitter: 0 },
  ...{ inFlight: IN_FLIGHT, ahead: 2, queue: 1_000, sendTimeoutMs: 60_000, alarmHoldMs: 60_000 },
};

/**
 * Sends a broadcast of several days to so many people, while others talk: the account silences, drops, turns away, hangs,
 * twice only looks alive, closes windows, and reports messages twice and in another order. @returns what was not as it
 * has to be, and figures.
 */
export async function hostileRun(people: number, seed: number): Promise<{ faults: string[]; figures: HostileFigures }> {
  const perDay = Math.floor(people / 3);
  const host = new Hostile(perDay, seed);
  const running = await openAccount({
    ...{ world: host.world, store: host.store, people: host.people, limits: LIMITS, now: () => host.now() },
    deps: {
      pace: {
        reach: host.limits,
        windowOf: (acts, sent, now) => openWindow(acts, sent, RULES, now),
        ...{ asidesPerMinute: 1_000, friendGapMs: 1, partGapMs: 0 },
      },
      times: { ...QUICK, probeEvery: 60_000, probeWithin: 700, settle: 100 },
    },
  });
  try {
    const recipients = await invite(host, people);
    const plan = planReach(recipients, host.limits, { now: host.now(), usedToday: 0, messages: 1 });
    await put(host, plan);
    running.dispatcher.nudge();
    const talks = talk(host, Math.ceil(people / 8));
    await play(host, running, plan);
    await talks.done;
    await running.channel.settled();
    await quiet(host, running);
    const faults = [...(await judge(host, running, plan)), ...judgeTalks(host, talks.said)];
    return { faults, figures: await figuresOf(host, plan, talks.said.length) };
  } finally {
    await running.stop();
  }
}

/** People who wrote at different times, some of whom the platform keeps from being written to. */
async function invite(host: Hostile, count: number): Promise<Recipient[]> {
  const now = host.now();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const id = `id-${index}`;
      const chat = `wechat:${index}`;
      host.fate.set(id, FATES[Math.floor(host.random() * FATES.length)] ?? 'takes');
      host.world.person(`人${index}`, undefined, id);
      // In turn: closed long ago, closing this evening, tomorrow evening, in almost two days.
      const leftMs = [-HOUR_MS, 8 * HOUR_MS, 32 * HOUR_MS, 47 * HOUR_MS, 47 * HOUR_MS][index % 5] ?? 0;
      const act = now + leftMs - 48 * HOUR_MS;
      await host.people.update(`window:${chat}`, () => ({ doc: { v: 1, acts: { message: act } }, result: undefined }));
      await host.people.update(`chat:${chat}`, () => ({ doc: { v: 1, id }, result: undefined }));
      const window = openWindow([{ kind: 'message', at: act }], [], RULES, now);
      return { chat, ...(window && { window }) };
    }),
  );
}

/** As a broadcast is put into outboxes. */
async function put({ store }: Hostile, plan: ReachPlan): Promise<void> {
  const instants = [...plan.sends, ...plan.unreachable.map(({ chat, until: at }) => ({ chat, at }))];
  for (const { chat, at } of instants)
    await store.update(chat, () => ({
      doc: enqueue(newChatDoc(chat), [
        {
          ...{ id: `b1!${chat}`, reply: { text: NOTICE }, at: 0, kind: 'broadcast', source: 'broadcast:b1' },
          ...(at !== undefined && { notBefore: at }),
        },
      ]),
      result: undefined,
    }));
}

/** Others write meanwhile: three messages each, reported twice and the last first. */
function talk(host: Hostile, count: number): { readonly said: string[]; readonly done: Promise<void> } {
  const said: string[] = [];
  const done = (async () => {
    for (let index = 0; index < count; index += 1) {
      const person = host.world.person(`客${index}`, `guest-${index}`);
      said.push(person.name);
      const at = host.now();
      const ids = ['甲', '乙', '丙'].map((text, nth) => host.world.say(person, text, { at: at + nth, held: true }));
      for (const id of [...ids].reverse()) host.world.deliver(id);
      for (const id of ids) host.world.repeat(id);
      await pause(20);
    }
  })();
  return { said, done };
}

/** Lets the days of the plan pass, each begun when the one before has nothing left to send; deadness comes in between. */
async function play(host: Hostile, running: Running, plan: ReachPlan): Promise<void> {
  const instants = [...plan.sends.map(({ at }) => at), ...plan.unreachable.flatMap(({ until }) => until ?? [])];
  const days = [...new Set(instants.map(dayOf))].sort((a, b) => a - b);
  let numbAt = host.arrived.length + 10;
  for (const day of days) {
    host.leap(Math.min(...instants.filter((at) => dayOf(at) === day)));
    running.dispatcher.nudge();
    for (let waiting = true; waiting;) {
      if (host.spells < 2 && host.arrived.length >= numbAt) {
        host.numb();
        numbAt = host.arrived.length + Math.ceil(plan.sends.length / 2);
      }
      await pause(5);
      waiting = await waits(host, plan, day);
      // Of the day nothing is left but windows that close in the evening.
      const rest = instants.filter((at) => dayOf(at) === day && at > host.now());
      if (waiting && rest.length > 0 && !(await waits(host, plan, day, host.now()))) host.leap(Math.min(...rest));
    }
  }
}

/** Whether something planned for the day, or only up to an instant, still stands in an outbox. */
async function waits({ store }: Hostile, plan: ReachPlan, day: number, until = Infinity): Promise<boolean> {
  const all = [...plan.sends, ...plan.unreachable.map(({ chat, until: at = 0 }) => ({ chat, at }))];
  for (const { chat, at } of all)
    if ((at === 0 || dayOf(at) === day) && at <= until && ((await store.read(chat))?.outbox.length ?? 0) > 0)
      return true;
  return false;
}

async function quiet(host: Hostile, { dispatcher }: Running): Promise<void> {
  while (dispatcher.figures().queued > 0 || (await host.store.pending(1)).length > 0) await pause(5);
}
