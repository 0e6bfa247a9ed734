import { isNewChat, type ChatDoc } from './chatdoc.ts';
import type { Store } from './ports.ts';

/**
 * Lets a conversation go on under another key, with everything said, handled and still to be sent; the old document is
 * gone afterwards. Done twice, or begun again after a crash, it changes nothing more.
 * @throws the store's error.
 */
export async function migrateChat(store: Store<ChatDoc>, from: string, to: string): Promise<void> {
  const old = await store.read(from);
  if (!old || from === to) return;
  await store.update(to, (there) => ({
    doc: isMoved(old, there) ? undefined : moved(old, there, to),
    result: undefined,
  }));
  await store.update(from, () => ({ doc: null, result: undefined }));
}

/** What was moved before a crash has gone on since. */
function isMoved(old: ChatDoc, there: ChatDoc | undefined): boolean {
  const last = old.handled.at(-1);
  return there !== undefined && last !== undefined && there.handled.includes(last);
}

function moved(old: ChatDoc, there: ChatDoc | undefined, to: string): ChatDoc {
  // The first words in the new place may have come before the news that it is the old one.
  return {
    ...old,
    chat: to,
    state: there && isNewChat(old.state) ? there.state : old.state,
    handled: [...old.handled, ...(there?.handled ?? [])],
    outbox: [...old.outbox, ...(there?.outbox ?? [])],
    updatedAt: Math.max(old.updatedAt, there?.updatedAt ?? 0),
  };
}
