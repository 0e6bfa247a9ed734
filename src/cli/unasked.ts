import { createHash } from 'node:crypto';
import { replan, settlePlan, tick, type TickDeps } from '../app/tick.ts';
import { pullUnasked, type PullDeps, type PulledChat } from '../app/tickpull.ts';
import type { Content } from '../content/content.ts';

/** What is said without being asked. Instants are UTC ms; all of it rejects with the store's error. */
export interface Unasked {
  /** Puts what is due into the outboxes. @returns the chats that got something. */
  readonly tick: (now: number) => Promise<readonly string[]>;
  /** Plans all chats with the prefix anew. */
  readonly replan: (now: number, prefix?: string) => Promise<readonly string[]>;
  /** What may be shown now to chats of a channel that has to ask. */
  readonly pull: (prefix: string, now: number) => Promise<readonly PulledChat[]>;
  /** Plans all chats anew if the dates are other ones than before. @returns whether they are. */
  readonly settle: (now: number) => Promise<boolean>;
}

export function openUnasked(
  deps: TickDeps & Omit<PullDeps, 'mayGo'>,
  content: Pick<Content, 'programmes' | 'calendar'>,
  mayGo: PullDeps['mayGo'],
): Unasked {
  return {
    tick: (now) => tick(deps, now),
    replan: (now, prefix) => replan(deps, now, prefix),
    pull: (prefix, now) => pullUnasked({ ...deps, mayGo }, prefix, now),
    settle: (now) => settlePlan(deps, datesText(content), now),
  };
}

/** A text that is different when other dates are to be reminded of, or on other days. */
function datesText({ programmes, calendar }: Pick<Content, 'programmes' | 'calendar'>): string {
  const dates = programmes.map(({ programme, timeline, procedure }) => [
    programme.id,
    timeline.define,
    timeline.entries.filter(({ remind }) => remind !== undefined),
    procedure.machines,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([dates, calendar]))
    .digest('hex');
}
