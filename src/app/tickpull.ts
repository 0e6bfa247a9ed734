import type { ChatDoc } from './chatdoc.ts';
import type { Go } from './dispatch/deps.ts';
import { closeEntry, isUnasked, patchEntry } from './dispatch/outbox.ts';
import type { Handover } from './handover.ts';
import { FaultyDocument, type Change, type Log, type Outgoing, type Store } from './ports.ts';

/** The way out of a channel that is written to only while it asks: standard input. */

export interface PullDeps {
  readonly store: Store<ChatDoc>;
  readonly handover: Handover;
  readonly log: Log;
  readonly mayGo: (source: string, chat: string, doc: ChatDoc, now: number) => Go;
}

export interface PulledChat {
  readonly chat: string;
  readonly outgoing: readonly Outgoing[];
}

const MOST = 1_000_000;

/**
 * Everything unasked that may be shown at `now` (UTC ms) to chats with the prefix, marked as leaving. To be reported as
 * delivered once it is shown. @throws the store's error.
 */
export async function pullUnasked(deps: PullDeps, prefix: string, now: number): Promise<readonly PulledChat[]> {
  const keys = new Set([...(await deps.store.pending(MOST)), ...(await deps.store.due(now, MOST))]);
  const found: PulledChat[] = [];
  for (const chat of [...keys].filter((key) => key.startsWith(prefix)).sort()) {
    try {
      const outgoing = await deps.store.update(chat, (doc) => (doc ? pulled(deps, chat, doc, now) : { result: [] }));
      deps.handover.take(outgoing.map(({ id }) => id));
      if (outgoing.length > 0) found.push({ chat, outgoing });
    } catch (error) {
      if (!(error instanceof FaultyDocument)) throw error;
      deps.log.error('tick.faulty-document', { chat });
    }
  }
  return found;
}

function pulled(deps: PullDeps, chat: string, doc: ChatDoc, now: number): Change<ChatDoc, Outgoing[]> {
  let after = doc;
  const outgoing: Outgoing[] = [];
  for (const entry of doc.outbox.filter(isUnasked)) {
    const { id, reply, source, notBefore = now } = entry;
    if (notBefore > now || deps.handover.isHeld(id)) continue;
    const go = deps.mayGo(source, chat, doc, now);
    if (go === false) after = closeEntry(after, id, entry.sending ? 'ambiguous' : 'cancelled', now, () => false);
    else if (go !== true) after = patchEntry(after, id, { notBefore: go.notBefore });
    else {
      // Found as leaving, it was in the hands of a process that died: perhaps it was shown.
      after = patchEntry(after, id, { sending: true, ...(entry.sending ? { repeat: true } : {}) });
      outgoing.push({ id, reply });
    }
  }
  return after === doc ? { result: outgoing } : { doc: after, result: outgoing };
}
