import { advance, type Advanced } from '../advance.ts';
import type { Kit } from '../kit.ts';
import type { Event } from '../reply.ts';
import type { ChatState } from '../state.ts';
import { NeedsDesk, NO_ASIDE, type Aside, type DeskCall } from './desk.ts';

/** A step that went through, or what has to be asked before it can. */
export type Stepped = Advanced | { readonly needs: DeskCall };

/**
 * One step of a conversation that may ask the desk: run again with the answer in `aside` until it goes through. It
 * changes nothing but its own result, so that a run broken off has left no trace. Otherwise as `advance`.
 */
export function stepWithDesk(
  kit: Kit,
  state: ChatState,
  event: Event,
  now: number,
  newId: string,
  aside: Aside = NO_ASIDE,
): Stepped {
  try {
    return advance(kit, state, event, now, newId, aside);
  } catch (error) {
    if (error instanceof NeedsDesk) return { needs: error.call };
    throw error;
  }
}
