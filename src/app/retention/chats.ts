import { chatCodec, TOUCHED_MS } from '../chatcodec.ts';
import type { ChatDoc } from '../chatdoc.ts';
import { FaultyDocument, type Change, type Store, type Touched } from '../ports.ts';
import { chatsOf } from '../records/documents.ts';
import type { RetentionRecord } from '../records/kinds.ts';
import type { Counts, Run } from './deps.ts';
import { fateOf, type Fate } from './fate.ts';
import { daysBefore } from './limits.ts';

/** Going through the chats that nobody has written to for long: page by page, each decided on with what is stored. */

export interface ChatsRun extends Run {
  /** Keys of the chats that are staff. */
  readonly staff: ReadonlySet<string>;
}

/** Begins behind everything before that instant: no key sorts before the empty one. */
const from = (touched: number): Touched => ({ touched, key: '' });

/** Goes through all chats; where they are found by age, `note` is told how far it has come. */
export async function sweepChats(
  run: ChatsRun,
  before: Pick<RetentionRecord, 'through' | 'after'>,
  note: (after: Touched) => Promise<void>,
): Promise<void> {
  const { deps, now } = run;
  const store = chatsOf(deps.store);
  const { touched } = deps;
  if (!touched) {
    for await (const page of pagesOf(store.keys(), deps.limits.page)) {
      await sweepPage(
        run,
        store,
        page.map((key) => ({ key })),
      );
      await run.between();
    }
    return;
  }
  const { chats, handled } = deps.limits;
  const old = daysBefore(now, chats.days);
  // What lies before was gone through by an earlier run, and has not changed since: nobody has written there.
  const fresh = from(Math.max(old, before.through ?? 0));
  for (const [start, until] of [
    [from(-1), old],
    [fresh, throughOf(handled.days, now)],
  ] as const) {
    let after = later(start, before.after ?? start);
    for (;;) {
      const page = await touched(until, after, deps.limits.page);
      await sweepPage(
        run,
        store,
        page.filter(({ key }) => !key.startsWith('@')),
      );
      const last = page.at(-1);
      if (last) await note((after = last));
      await run.between();
      if (page.length < deps.limits.page) break;
    }
  }
}

/** Up to where (UTC ms) everything is so old, however the marks are rounded, that one look is enough. */
export function throughOf(days: number, now: number): number {
  return daysBefore(now, days) - TOUCHED_MS;
}

function later(one: Touched, other: Touched): Touched {
  return other.touched > one.touched || (other.touched === one.touched && other.key > one.key) ? other : one;
}

async function* pagesOf<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let page: Item[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  yield page;
}

interface Found {
  readonly key: string;
  /** As the store has it marked. */
  readonly touched?: number;
}

/** Documents read side by side: a document may be large, and nothing else runs while it is taken apart. */
const READS = 8;

async function sweepPage(run: ChatsRun, store: Store<ChatDoc>, found: readonly Found[]): Promise<void> {
  for (let at = 0; at < found.length; at += READS)
    await Promise.all(found.slice(at, at + READS).map((one) => sweepOne(run, store, one)));
}

async function sweepOne(run: ChatsRun, store: Store<ChatDoc>, { key, touched }: Found): Promise<void> {
  const { apply, counts, deps } = run;
  const decide = (doc: ChatDoc | undefined): Change<ChatDoc, Partial<Counts>> => {
    if (!doc) return { result: {} };
    const fate = fateOf(deps, doc, run.staff.has(key), run.now);
    const result = countsOf(doc, fate);
    if (fate.kind === 'remove') return { doc: null, result };
    const isMarked = touched === undefined || chatCodec.marks(fate.doc).touched === touched;
    return fate.doc === doc && isMarked ? { result } : { doc: fate.doc, result };
  };
  try {
    // Nearly all stay as they are: reading costs less than a turn among the writes.
    const seen = decide(await store.read(key));
    if (seen.doc === undefined) return;
    const result = apply ? await store.update(key, decide) : seen.result;
    for (const [what, count] of Object.entries(result)) counts[what as keyof Counts] += count;
  } catch (error) {
    // Nothing is known of what cannot be read: it stays, for the operator to look at.
    if (!(error instanceof FaultyDocument)) throw error;
    deps.log.warn('retention.faulty-document', { chat: key });
  }
}

function countsOf(doc: ChatDoc, fate: Fate): Partial<Counts> {
  if (fate.kind === 'remove') return fate.why === 'empty' ? { empty_chats: 1 } : { chats: 1 };
  const { handled, ledger } = fate.doc;
  return { handled: doc.handled.length - handled.length, ledger: (doc.ledger?.length ?? 0) - (ledger?.length ?? 0) };
}
