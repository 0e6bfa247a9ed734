import type { Stage } from '../../dialogue/staff/desk.ts';
import { awake } from '../../outreach/quiet.ts';
import type { BroadcastRecord } from '../records/kinds.ts';

/** The instant (UTC ms) at which it may begin to leave: nobody is woken up for it. */
export function startOf({ undoUntil, startsAt = 0 }: Pick<BroadcastRecord, 'undoUntil' | 'startsAt'>): number {
  return awake(Math.max(undoUntil, startsAt));
}

/** Where a broadcast stands at `now` (UTC ms). */
export function stageOf(broadcast: BroadcastRecord, now: number): Stage {
  const { state, stopped, needsApproval, approved, begun, undoUntil } = broadcast;
  if (state !== 'open') return state;
  if (stopped) return 'stopped';
  if (begun !== undefined) return 'sending';
  if (needsApproval && !approved) return 'approval';
  if (now < undoUntil) return 'undo';
  return now < startOf(broadcast) ? 'scheduled' : 'sending';
}
