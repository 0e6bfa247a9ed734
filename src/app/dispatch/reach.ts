import type { DispatchDeps } from './deps.ts';
import { closeUnreachable } from './outbox.ts';

/**
 * Stores what the platform itself says about a chat: that the person has blocked the account, so that nothing unasked is
 * tried any more, or has opened it again. Of a chat that nothing is known of nothing is stored.
 * @throws FaultyDocument; the store's error.
 */
export async function noteReach(
  { store, clock, keepSource = () => false }: Pick<DispatchDeps, 'store' | 'clock' | 'keepSource'>,
  chat: string,
  reachable: boolean,
): Promise<void> {
  await store.update(chat, (doc) => {
    if (!doc || (doc.reach === undefined) === reachable) return { result: undefined };
    if (!reachable) return { doc: closeUnreachable(doc, 'blocked', clock.now(), keepSource), result: undefined };
    const { reach: _reach, ...open } = doc;
    return { doc: open, result: undefined };
  });
}
