import { newChatDoc, type ChatDoc } from './chatdoc.ts';
import type { UnaskedEntry } from './dispatch/entry.ts';
import { enqueue } from './dispatch/outbox.ts';
import { FaultyDocument, type Change, type Log, type Store } from './ports.ts';
import { planOf, withButtons, withoutOwn, type Plan, type PlanDeps, type Planned } from './tickplan.ts';

export interface TickDeps extends PlanDeps {
  readonly store: Store<ChatDoc>;
  /** A new id at every call. */
  readonly ids: () => string;
  readonly log: Log;
}

const PAGE = 500;
const AT_ONCE = 50;
const FAULT_MS = 3_600_000;

/**
 * Puts everything that is due at `now` (UTC ms) into the outboxes, each once whoever else does the same at the same
 * time, and notes when to look next. @returns the chats that got something. @throws the store's error.
 */
export async function tick(deps: TickDeps, now: number): Promise<readonly string[]> {
  const seen = new Set<string>();
  const filled: string[] = [];
  for (let limit = PAGE; ;) {
    const keys = await deps.store.due(now, limit);
    const fresh = keys.filter((key) => !seen.has(key));
    for (const key of fresh) seen.add(key);
    filled.push(...(await planAll(deps, fresh, now, planDue)));
    if (keys.length < limit) return filled;
    // What is due for another reason, such as an entry that waits, stays at the head: so many more are asked for.
    limit = keys.length - fresh.length + PAGE;
  }
}

/**
 * Plans every chat anew, as is needed once after the dates have changed, or when the clock was set back: what stored
 * documents say of the next time was worked out before. @returns the chats that got something.
 * @throws the store's error.
 */
export async function replan(deps: TickDeps, now: number, prefix = ''): Promise<readonly string[]> {
  const filled: string[] = [];
  let keys: string[] = [];
  for await (const key of deps.store.keys(prefix)) {
    keys.push(key);
    if (keys.length < AT_ONCE) continue;
    filled.push(...(await planAll(deps, keys, now, planAnew)));
    keys = [];
  }
  filled.push(...(await planAll(deps, keys, now, planAnew)));
  return filled;
}

/** The document under which it is noted which dates the chats were planned by; no chat of any channel. */
const PLAN_KEY = 'schedule:plan';

/**
 * Plans every chat anew if the dates are other ones than those of the last time; `dates` is a text that stands for
 * them. A crash before the end begins anew. @returns whether they are. @throws the store's error.
 */
export async function settlePlan(deps: TickDeps, dates: string, now: number): Promise<boolean> {
  const noted = await deps.store.read(PLAN_KEY);
  if (noted?.handled[0] === dates) return false;
  await replan(deps, now);
  await deps.store.update(PLAN_KEY, () => ({ doc: { ...newChatDoc(PLAN_KEY), handled: [dates] }, result: undefined }));
  return true;
}

type PlanOne = (deps: TickDeps, key: string, now: number) => Promise<boolean>;

async function planAll(deps: TickDeps, keys: readonly string[], now: number, one: PlanOne): Promise<string[]> {
  const filled: string[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const part = keys.slice(from, from + AT_ONCE);
    const results = await Promise.all(part.map((key) => planSound(deps, key, now, one)));
    filled.push(...part.filter((_, index) => results[index]));
  }
  return filled;
}

async function planSound(deps: TickDeps, key: string, now: number, one: PlanOne): Promise<boolean> {
  try {
    return await one(deps, key, now);
  } catch (error) {
    if (!(error instanceof FaultyDocument)) throw error;
    deps.log.error('tick.faulty-document', { chat: key });
    return false;
  }
}

/** A chat that the store gave as due mostly wants something. */
const planDue: PlanOne = (deps, key, now) =>
  deps.store.update(key, (doc) => (doc ? planned(deps, doc, now) : { result: false }));

/** Most chats that are looked at anew want nothing: reading costs less than a turn among the writes. */
const planAnew: PlanOne = async (deps, key, now) => {
  const stored = await deps.store.read(key);
  if (!stored || isAsPlanned(stored, planSafely(deps, stored, now))) return false;
  return planDue(deps, key, now);
};

/** A fault in the plan of one chat keeps nobody else from being reminded; the chat is looked at again later. */
function planSafely(deps: TickDeps, doc: ChatDoc, now: number): Plan {
  try {
    return planOf(deps, doc, now);
  } catch (error) {
    deps.log.error('tick.plan-failed', { chat: doc.chat, error: error instanceof Error ? error.name : typeof error });
    return { due: [], next: now + FAULT_MS };
  }
}

function isAsPlanned(doc: ChatDoc, { due, next }: Plan): boolean {
  return due.length === 0 && doc.due === next;
}

function planned(deps: TickDeps, doc: ChatDoc, now: number): Change<ChatDoc, boolean> {
  const plan = planSafely(deps, doc, now);
  if (isAsPlanned(doc, plan)) return { result: false };
  const entries = plan.due.flatMap((one) => entryOf(deps, doc, one, now));
  const filled = enqueue(doc, entries);
  const shown = filled === doc ? [] : entries.map(({ reply }) => reply);
  const state = withButtons(withoutOwn(doc.state, new Set(entries.map(({ source }) => source))), shown);
  const { due: _due, ...rest } = { ...filled, state };
  const { next } = planSafely(deps, rest, now);
  if (next === undefined) return { doc: rest, result: filled !== doc };
  // What could not be put into words is not tried again at once.
  const due = entries.length < plan.due.length ? now + FAULT_MS : next;
  return { doc: { ...rest, due }, result: filled !== doc };
}

function entryOf({ ids, log }: TickDeps, { chat }: ChatDoc, { source, reply }: Planned, now: number): UnaskedEntry[] {
  try {
    return [{ id: ids(), reply: reply(), at: now, kind: 'reminder', source }];
  } catch (error) {
    log.error('tick.words-failed', { chat, source, error: error instanceof Error ? error.name : typeof error });
    return [];
  }
}
