import type { Outcome } from '../../../src/app/dispatch/entry.ts';
import type { ReachPlan } from '../../../src/outreach/reach-plan.ts';
import type { Running } from './account.ts';
import { dayOf, GAP_MS, IN_FLIGHT, NOTICE, RATE, type Arrived, type Fate, type Hostile } from './hostile-platform.ts';

const ENDS: Readonly<Record<Fate, Outcome>> = {
  ...{ takes: 'sent', drops: 'sent', hangs: 'ambiguous' },
  ...{ blocked: 'unreachable', gone: 'unreachable', closed: 'unreachable' },
};

/** What a run came to; `ends` counts recipients by what became of their message. */
export interface HostileFigures {
  readonly recipients: number;
  readonly days: number;
  readonly ends: Readonly<Record<string, number>>;
  readonly swallowed: number;
  readonly tooFrequent: number;
  readonly spells: number;
  readonly answered: number;
}

/** What is not as it has to be after a run, in words. */
export async function judge(host: Hostile, running: Running, plan: ReachPlan): Promise<string[]> {
  const { arrived, limits, world } = host;
  const faults: string[] = [];
  const say = (fault: string): void => void faults.push(fault);
  const notices = arrived.filter(({ text }) => text === NOTICE);
  const swallowed = new Set(notices.flatMap(({ id, said }) => (said === 'swallowed' ? id : [])));
  const idOf = (chat: string): string => `id-${chat.slice('wechat:'.length)}`;
  // One known end each, and what was planned is what happened.
  for (const { chat, at } of plan.sends) {
    const doc = await host.store.read(chat);
    const [line, ...more] = doc?.ledger ?? [];
    const id = idOf(chat);
    const end = swallowed.has(id) ? 'ambiguous' : ENDS[host.fate.get(id) ?? 'takes'];
    if (line?.outcome !== end || more.length > 0 || doc?.outbox.length !== 0)
      say(`${chat} ended as ${line?.outcome ?? 'nothing'}, not ${end}`);
    const theirs = notices.filter((one) => one.id === id && one.said !== 'too-frequent');
    if (theirs.length !== 1 || dayOf(theirs[0]?.at ?? 0) !== dayOf(at)) say(`${chat} was not written to as planned`);
  }
  for (const { chat } of plan.unreachable) {
    const doc = await host.store.read(chat);
    if (doc?.ledger?.[0]?.outcome !== 'unreachable' || doc.reach?.reason !== 'window-closed')
      say(`${chat} has no end, or another`);
    if (notices.some(({ id }) => id === idOf(chat))) say(`${chat} was written to outside of its window`);
  }
  // No limit exceeded, whatever was said in answer.
  for (const [index, { tick }] of arrived.entries()) {
    const before = arrived[index - 1];
    if (before && tick - before.tick < GAP_MS) say(`only ${tick - before.tick} ms between two messages`);
    const first = arrived[index - RATE.messages];
    if (first && tick - first.tick < RATE.perMs) say(`more than ${RATE.messages} messages in ${RATE.perMs} ms`);
  }
  const perDay = new Map<number, number>();
  for (const { at, said } of notices)
    if (said !== 'too-frequent') perDay.set(dayOf(at), (perDay.get(dayOf(at)) ?? 0) + 1);
  for (const [day, count] of perDay) if (count > limits.perDay) say(`${count} on day ${day}`);
  // A dead account was found each time, by what was under way alone; one session at a time.
  const dead = running.alarms.filter((trouble) => trouble === 'dead').length;
  if (dead < host.spells || dead > host.spells + deafRuns(arrived))
    say(`${host.spells} times dead, ${deafRuns(arrived)} times without an answer for long, ${dead} alarms`);
  const lost = arrived.filter(({ said }) => said === 'swallowed').length;
  if (lost > host.spells * IN_FLIGHT) say(`${lost} messages were sent to a dead account`);
  if (world.mostLive > 1) say('two sessions at a time');
  return faults;
}

/** How often three messages in a row went without an answer, which is a sign of death as well. */
function deafRuns(arrived: readonly Arrived[]): number {
  let unanswered = 0;
  let runs = 0;
  for (const { said } of arrived) {
    if (said === 'no-answer') unanswered += 1;
    else if (said !== 'too-frequent') unanswered = 0;
    if (unanswered === 3) {
      runs += 1;
      unanswered = 0;
    }
  }
  return runs;
}

/** Those whose messages were not each answered once and in their order. */
export function judgeTalks({ world }: Hostile, said: readonly string[]): string[] {
  return said.flatMap((name) => {
    const shown = world.to(name).join(' ');
    return shown === '1 甲 2 乙 3 丙' ? [] : `${name} was answered: ${shown}`;
  });
}

/** What the run came to. */
export async function figuresOf(host: Hostile, plan: ReachPlan, talks: number): Promise<HostileFigures> {
  const ends: Record<string, number> = {};
  for (const { chat } of [...plan.sends, ...plan.unreachable]) {
    const end = (await host.store.read(chat))?.ledger?.[0]?.outcome ?? 'none';
    ends[end] = (ends[end] ?? 0) + 1;
  }
  const count = (wanted: Arrived['said']): number => host.arrived.filter(({ said }) => said === wanted).length;
  return {
    ...{ recipients: plan.sends.length + plan.unreachable.length, days: plan.days.length, ends, spells: host.spells },
    ...{ swallowed: count('swallowed'), tooFrequent: count('too-frequent'), answered: 3 * talks },
  };
}
