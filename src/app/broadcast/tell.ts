import type { Reply } from '../../dialogue/reply.ts';
import { isStopped } from '../../outreach/audience.ts';
import { enqueue } from '../dispatch/outbox.ts';
import type { UnaskedEntry } from '../dispatch/entry.ts';
import type { BroadcastDeps } from './deps.ts';

/**
 * Puts something unasked into a chat, once for each source. @returns whether the chat will have it: not one that is
 * unknown, a group, or wants nothing unasked.
 */
export function tellOnce(
  { chats, ids }: Pick<BroadcastDeps, 'chats' | 'ids'>,
  chat: string,
  source: string,
  reply: Reply,
  now: number,
): Promise<boolean> {
  return chats.update(chat, (doc) => {
    if (!doc || doc.group || isStopped(doc.state)) return { result: false };
    const entry: UnaskedEntry = { id: ids(), reply, at: now, kind: 'broadcast', source };
    const filled = enqueue(doc, [entry]);
    return { doc: filled === doc ? undefined : filled, result: true };
  });
}
