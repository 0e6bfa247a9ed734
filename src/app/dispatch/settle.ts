import { retryAfterMs, type Retry } from '../../outreach/pacing-retry.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Sent } from '../outports.ts';
import type { Outcome, OutboxEntry, UnreachableReason } from './entry.ts';
import { closeEntry, closeUnreachable, isUnasked, patchEntry, type EntryFields, type KeepSource } from './outbox.ts';

/** What becomes of an entry after an attempt. */
export type Settlement =
  | { readonly kind: 'closed'; readonly outcome: Outcome }
  | { readonly kind: 'unreachable'; readonly reason: UnreachableReason }
  /** It stays. `holdMs`: nothing is sent to this chat for so long. */
  | { readonly kind: 'stays'; readonly fields: EntryFields; readonly holdMs?: number };

/** It was marked as leaving and did not leave. */
export const PUT_BACK: Settlement = { kind: 'stays', fields: { sending: undefined } };

/**
 * What an outcome means for an entry. What somebody asked for is said again once when it is not known whether it was
 * shown; what nobody asked for is not. `now` is UTC ms, `random` from 0 to 1 (exclusive).
 */
export function settlementOf(entry: OutboxEntry, sent: Sent, retry: Retry, now: number, random: number): Settlement {
  switch (sent.kind) {
    case 'sent':
      return { kind: 'closed', outcome: 'sent' };
    case 'refused':
      return { kind: 'closed', outcome: 'refused' };
    case 'unreachable':
      return sent;
    case 'ambiguous': {
      if (isUnasked(entry) || entry.repeat) return { kind: 'closed', outcome: 'ambiguous' };
      const notBefore = now + retryAfterMs(retry, 1, random);
      return { kind: 'stays', fields: { repeat: true, notBefore, ...partOf(entry, sent) } };
    }
    case 'later': {
      const fields = { sending: undefined, ...partOf(entry, sent) };
      // A stop of the whole account says nothing about this entry: it does not count against it.
      if (sent.scope === 'channel') return { kind: 'stays', fields };
      const tries = (entry.tries ?? 0) + 1;
      if (tries >= retry.tries) return { kind: 'closed', outcome: 'gave-up' };
      const holdMs = retryAfterMs(retry, tries, random, sent.afterMs);
      return { kind: 'stays', fields: { ...fields, tries, notBefore: now + holdMs }, holdMs };
    }
  }
}

/** The document after it; the same one when nothing changes, or the entry is gone. `now` is UTC ms. */
export function settled(doc: ChatDoc, id: string, settlement: Settlement, now: number, keep: KeepSource): ChatDoc {
  const entry = doc.outbox.find((one) => one.id === id);
  if (!entry) return doc;
  switch (settlement.kind) {
    case 'closed':
      return closeEntry(doc, id, settlement.outcome, now, keep);
    case 'unreachable':
      return closeUnreachable(doc, settlement.reason, now, keep);
    case 'stays': {
      const changes = Object.entries(settlement.fields).some(
        ([field, value]) => entry[field as keyof EntryFields] !== value,
      );
      return changes ? patchEntry(doc, id, settlement.fields) : doc;
    }
  }
}

function partOf(entry: OutboxEntry, { partsSent }: { readonly partsSent?: number }): { readonly part?: number } {
  return partsSent === undefined || partsSent === (entry.part ?? 0) ? {} : { part: partsSent };
}
