import type { Marks } from '../ports.ts';
import type { LedgerEntry, Mailbox, OutboxEntry, Outcome, UnaskedEntry, UnreachableReason } from './entry.ts';

/** Some years of reminders and broadcasts for one chat. */
const LEDGER_KEPT = 200;

/** Whether the ledger has to keep the line of a source, however old: a broadcast that still runs. */
export type KeepSource = (source: string) => boolean;

/** Whether nobody asked for the entry. */
export function isUnasked(entry: OutboxEntry): entry is UnaskedEntry {
  return entry.kind !== undefined && entry.kind !== 'reply' && entry.source !== undefined;
}

/** The document with the entries added whose source is neither waiting nor closed yet; itself when there are none. */
export function enqueue<Box extends Mailbox>(box: Box, entries: readonly UnaskedEntry[]): Box {
  const known = new Set(box.ledger?.map(({ source }) => source));
  for (const { source } of box.outbox) if (source !== undefined) known.add(source);
  const fresh = entries.filter(({ source }) => {
    if (known.has(source)) return false;
    known.add(source);
    return true;
  });
  return fresh.length === 0 ? box : { ...box, outbox: [...box.outbox, ...fresh] };
}

/**
 * The entry to send now (UTC ms), if there is one: replies before everything unasked, each in its order. A reply that
 * has to wait keeps back all of the chat, so that nothing overtakes it.
 */
export function nextEntry(box: Mailbox, now: number): OutboxEntry | undefined {
  const reply = box.outbox.find((entry) => !isUnasked(entry));
  if (reply) return isReady(reply, now) ? reply : undefined;
  return box.outbox.find((entry) => isReady(entry, now));
}

/** Whether and when the document wants to be looked at because of its outbox. */
export function outboxMarks({ outbox }: Mailbox): Marks {
  const reply = outbox.find((entry) => !isUnasked(entry));
  const heads = reply ? [reply] : outbox;
  const dues = heads.flatMap(({ notBefore }) => notBefore ?? []);
  const pending = dues.length < heads.length;
  return dues.length === 0 ? { pending } : { pending, due: Math.min(...dues) };
}

/** The document with the entry changed in these fields; fields that are undefined are taken away. */
export function patchEntry<Box extends Mailbox>(box: Box, id: string, fields: EntryFields): Box {
  const outbox = box.outbox.map((entry) => {
    if (entry.id !== id) return entry;
    const changed = Object.entries({ ...entry, ...fields }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(changed) as unknown as OutboxEntry;
  });
  return { ...box, outbox };
}

/** What sending changes in an entry. */
export type EntryFields = {
  readonly [Field in 'tries' | 'notBefore' | 'part' | 'sending' | 'repeat']?: OutboxEntry[Field] | undefined;
};

/** The document without the entry; of an unasked one the ledger keeps what became of it at `at` (UTC ms). */
export function closeEntry<Box extends Mailbox>(
  box: Box,
  id: string,
  outcome: Outcome,
  at: number,
  keep: KeepSource,
): Box {
  const entry = box.outbox.find((one) => one.id === id);
  if (!entry) return box;
  const outbox = box.outbox.filter((one) => one !== entry);
  return isUnasked(entry)
    ? { ...box, outbox, ledger: noted(box.ledger ?? [], [lineOf(entry, outcome, at)], keep) }
    : { ...box, outbox };
}

/** The document without the entries that were shown, whoever showed them. */
export function closeSent<Box extends Mailbox>(box: Box, ids: readonly string[], at: number, keep: KeepSource): Box {
  return ids.reduce((left, id) => closeEntry(left, id, 'sent', at, keep), box);
}

/**
 * The document of a chat that cannot be reached: everything unasked is closed with that, replies are let go of, and
 * the reason is kept until the chat writes again.
 */
export function closeUnreachable<Box extends Mailbox>(
  box: Box,
  reason: UnreachableReason,
  at: number,
  keep: KeepSource,
): Box {
  const lines = box.outbox.filter(isUnasked).map((entry) => lineOf(entry, 'unreachable', at));
  const closed = { ...box, outbox: [], reach: { state: 'unreachable', reason, at } as const };
  return lines.length === 0 ? closed : { ...closed, ledger: noted(box.ledger ?? [], lines, keep) };
}

function isReady({ notBefore }: OutboxEntry, now: number): boolean {
  return notBefore === undefined || notBefore <= now;
}

function lineOf({ source, repeat }: UnaskedEntry, outcome: Outcome, at: number): LedgerEntry {
  return repeat === undefined ? { source, at, outcome } : { source, at, outcome, repeated: true };
}

/** The newest lines, and older ones that are still needed. */
function noted(ledger: readonly LedgerEntry[], lines: readonly LedgerEntry[], keep: KeepSource): LedgerEntry[] {
  const all = [...ledger, ...lines];
  let excess = all.length - LEDGER_KEPT;
  return all.filter(({ source }) => {
    if (excess <= 0 || keep(source)) return true;
    excess -= 1;
    return false;
  });
}
