import type { Forecast } from '../../dialogue/staff/desk.ts';
import type { Reply } from '../../dialogue/reply.ts';
import { planReach, type ReachPlan, type Recipient as Planned } from '../../outreach/reach-plan.ts';
import { civilDateOf } from '../../policy/dates.ts';
import { isUnasked } from '../dispatch/outbox.ts';
import type { Account } from '../outports.ts';
import type { Recipient } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { recipientKey, type Meant, type Members } from './members.ts';
import { pageId } from './report.ts';

/** When the recipients are reached whose platform bounds how many a day, or when, an account may write to. */

/** How an audience is reached on the accounts that are bounded. */
export interface Outlook {
  readonly forecasts: readonly Forecast[];
  /** The recipients with the instants at which they are written to, where windows make that matter. */
  readonly timed: (recipients: readonly Recipient[]) => Recipient[];
}

export interface Leaving {
  readonly reply: Reply;
  /** UTC ms. */
  readonly startsAt: number;
}

const DAY_MS = 86_400_000;
/** Chats whose waiting messages are counted; behind so many the day's count is used up in any case. */
const LOOKED_AT = 20_000;

/** Plans for the accounts of this process; for what is sent by others nothing is forecast. @throws the store's error. */
export async function outlookOf(
  deps: BroadcastDeps,
  { members }: Members,
  leaving: Leaving,
  now: number,
): Promise<Outlook> {
  const byChannel = new Map<string, Meant[]>();
  for (const one of members) {
    const channel = channelOf(one.chat);
    const theirs = byChannel.get(channel) ?? [];
    theirs.push(one);
    byChannel.set(channel, theirs);
  }
  const forecasts: Forecast[] = [];
  const instants = new Map<string, number>();
  for (const [channel, theirs] of byChannel) {
    const account = deps.account?.(channel);
    if (!account) continue;
    const { sends, days, unreachable } = await planFor(deps, channel, account, theirs, leaving, now);
    // Whose window closes first is written to first, also after a restart; without windows nothing speaks for waiting.
    if (account.limits.windowed) for (const { chat, at } of sends) instants.set(chat, at);
    // Nobody takes a place from those it was planned for.
    for (const { chat, until } of unreachable) if (until !== undefined) instants.set(chat, until);
    const today = civilDateOf(now);
    forecasts.push({
      ...{ channel, unreachable: unreachable.length },
      today: days.find(({ date }) => date === today)?.count ?? 0,
      later: days.filter(({ date }) => date !== today),
    });
  }
  const timed = (one: Recipient): Recipient => {
    const at = instants.get(recipientKey(one));
    return at === undefined ? one : { ...one, at };
  };
  return { forecasts, timed: (recipients) => (instants.size === 0 ? [...recipients] : recipients.map(timed)) };
}

async function planFor(
  deps: BroadcastDeps,
  channel: string,
  account: Account,
  members: readonly Meant[],
  { reply, startsAt }: Leaving,
  now: number,
): Promise<ReachPlan> {
  const { limits } = account;
  const messages = Math.min(account.messagesOf(reply), limits.perDay);
  const earlier = new Map<string, number>();
  const planned: Planned[] = [];
  for (const one of members) {
    const { chat, reach } = one;
    const before = earlier.get(chat) ?? 0;
    earlier.set(chat, before + messages);
    const open = limits.windowed && !reach ? await account.windowOf(chat) : undefined;
    planned.push({
      chat: recipientKey(one),
      ...(reach && { unreachable: reach }),
      ...(open && { window: { until: open.until, left: open.left - before } }),
    });
  }
  const isToday = civilDateOf(startsAt) === civilDateOf(now);
  return planReach(planned, limits, {
    now: startsAt,
    usedToday: isToday ? await account.usedToday() : 0,
    // What waits now will have left by a later day.
    ahead: isToday ? await waitingOn(deps, channel, startsAt) : 0,
    messages,
  });
}

/** Messages that nobody waits for and that will leave before, by what stands in outboxes and pages. */
async function waitingOn({ chats, records }: BroadcastDeps, channel: string, until: number): Promise<number> {
  let count = 0;
  const keys = [...(await chats.pending(LOOKED_AT)), ...(await chats.due(until + DAY_MS, LOOKED_AT))];
  for (const chat of new Set(keys.filter((key) => channelOf(key) === channel)))
    count += (await chats.read(chat).catch(() => undefined))?.outbox.filter(isUnasked).length ?? 0;
  for (const { doc } of await records.all('broadcast')) {
    if (doc.state !== 'open' || doc.stopped || (doc.needsApproval && !doc.approved)) continue;
    for (let page = doc.expanded; page < doc.pages; page += 1) {
      const found = await records.read('page', pageId(doc.id, page));
      count += found?.recipients.filter(({ chat }) => channelOf(chat) === channel).length ?? 0;
    }
  }
  return count;
}

function channelOf(chat: string): string {
  return chat.slice(0, chat.indexOf(':'));
}
