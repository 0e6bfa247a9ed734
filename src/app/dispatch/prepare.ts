import type { ChatDoc } from '../chatdoc.ts';
import type { Leave } from '../outports.ts';
import type { Change } from '../ports.ts';
import type { DispatchDeps, Go } from './deps.ts';
import type { OutboxEntry, UnaskedEntry } from './entry.ts';
import { closeEntry, closeUnreachable, isUnasked, nextEntry, patchEntry, type KeepSource } from './outbox.ts';

/** An unasked message waits so long (ms) when it could not be found out whether it may go. */
const UNDECIDED_MS = 60_000;

export interface PrepareDeps extends Pick<DispatchDeps, 'store' | 'clock' | 'log'> {
  /** Whether the entry is wanted, and the account may still send it. */
  readonly mayGo: (entry: UnaskedEntry, chat: string, doc: ChatDoc) => Promise<Go | Leave>;
  readonly keepSource: KeepSource;
  /** After so many attempts that ended with the process, an unasked entry is let go of. */
  readonly tries: number;
  /** Closed without being sent. */
  readonly closed: (entry: UnaskedEntry, ending: Closing) => void;
}

/** Why an entry was closed before it left: not wanted any more, nobody there, or the process died with it each time. */
export type Closing = 'cancelled' | 'unreachable' | 'exhausted';

type Marked =
  { readonly kind: 'go'; readonly entry: OutboxEntry } | { readonly kind: 'look-again'; readonly closing?: Closing };

/**
 * The next entry of a chat, ready to leave: an unasked one was allowed to go and is durably marked as leaving.
 * Undefined when nothing is to be sent now. @throws FaultyDocument; the store's error.
 */
export async function prepare(deps: PrepareDeps, chat: string): Promise<OutboxEntry | undefined> {
  for (;;) {
    const doc = await deps.store.read(chat);
    const entry = doc && nextEntry(doc, deps.clock.now());
    if (!entry || !isUnasked(entry)) return entry;
    const go = doc.reach ? true : await mayGo(deps, entry, chat, doc);
    const marked = await deps.store.update(chat, (stored) => mark(deps, doc, stored, entry, go));
    if (marked.kind === 'go') return marked.entry;
    if (marked.closing) deps.closed(entry, marked.closing);
  }
}

async function mayGo(deps: PrepareDeps, entry: UnaskedEntry, chat: string, doc: ChatDoc): Promise<Go | Leave> {
  try {
    return await deps.mayGo(entry, chat, doc);
  } catch (error) {
    deps.log.error('dispatch.may-go-failed', { chat, error: error instanceof Error ? error.name : typeof error });
    return { notBefore: deps.clock.now() + UNDECIDED_MS };
  }
}

/** Decides with the document as it is now; a chat that has moved on since it was asked about is asked about again. */
function mark(
  { clock, keepSource, tries }: PrepareDeps,
  asked: ChatDoc,
  doc: ChatDoc | undefined,
  { id }: UnaskedEntry,
  go: Go | Leave,
): Change<ChatDoc, Marked> {
  const entry = doc?.outbox.find((one) => one.id === id);
  if (!doc || !entry || hasMovedOn(asked, doc)) return { result: { kind: 'look-again' } };
  const now = clock.now();
  const close = (closing: Closing, changed: ChatDoc): Change<ChatDoc, Marked> => ({
    doc: changed,
    result: { kind: 'look-again', closing },
  });
  if (doc.reach) return close('unreachable', closeUnreachable(doc, doc.reach.reason, doc.reach.at, keepSource));
  // Found as leaving, it was in the hands of a process that died: perhaps it was shown.
  const crashed = entry.sending === true;
  if (go === false)
    return close('cancelled', closeEntry(doc, id, crashed ? 'ambiguous' : 'cancelled', now, keepSource));
  if (go !== true && 'unreachable' in go) {
    const left = crashed ? closeEntry(doc, id, 'ambiguous', now, keepSource) : doc;
    return close('unreachable', closeUnreachable(left, go.unreachable, now, keepSource));
  }
  if (go !== true) {
    // An instant that has passed would only ask the same question for ever.
    const notBefore = Math.max(go.notBefore, now + 1);
    return { doc: patchEntry(doc, id, { notBefore }), result: { kind: 'look-again' } };
  }
  const attempts = (entry.tries ?? 0) + (crashed ? 1 : 0);
  if (attempts >= tries && crashed) return close('exhausted', closeEntry(doc, id, 'ambiguous', now, keepSource));
  const repeat = crashed ? ({ repeat: true, tries: attempts } as const) : {};
  const marked = patchEntry(doc, id, { sending: true, ...repeat });
  const leaving = marked.outbox.find((one) => one.id === id) ?? entry;
  return { doc: marked, result: { kind: 'go', entry: leaving } };
}

/** Whether a message was handled or the chat became unreachable meanwhile. Sending itself leaves these alone. */
function hasMovedOn(before: ChatDoc, after: ChatDoc): boolean {
  return (
    before.updatedAt !== after.updatedAt ||
    before.handled.at(-1) !== after.handled.at(-1) ||
    before.reach?.at !== after.reach?.at
  );
}
