import { FaultyDocument } from '../ports.ts';
import type { BroadcastRecord, Recipient } from '../records/kinds.ts';
import type { BroadcastDeps } from './deps.ts';
import { pageId, sourceOf } from './report.ts';

/** Documents read side by side. */
const READS = 64;

async function waits(deps: BroadcastDeps, id: string, recipient: Recipient): Promise<boolean> {
  try {
    const source = sourceOf(id, recipient);
    return (await deps.chats.read(recipient.chat))?.outbox.some((entry) => entry.source === source) === true;
  } catch (error) {
    if (error instanceof FaultyDocument) return false;
    throw error;
  }
}

/**
 * Whether the message still lies in somebody's outbox. Looked for from the end, because it leaves in the order of the
 * pages: while a broadcast is under way a few documents tell, and only its end is worth counting everybody.
 */
export async function someoneWaits(deps: BroadcastDeps, { id, expanded }: BroadcastRecord): Promise<boolean> {
  for (let page = expanded - 1; page >= 0; page -= 1) {
    const found = (await deps.records.read('page', pageId(id, page)))?.recipients ?? [];
    for (let end = found.length; end > 0; end -= READS) {
      const part = found.slice(Math.max(0, end - READS), end);
      const waiting = await Promise.all(part.map((recipient) => waits(deps, id, recipient)));
      if (waiting.includes(true)) return true;
    }
  }
  return false;
}
