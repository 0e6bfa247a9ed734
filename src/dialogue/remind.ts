import type { Kit } from './kit.ts';
import { dateOf } from './progress.ts';
import type { ReminderRule } from '../policy/index.ts';
import type { Reply } from './reply.ts';
import { openInterview, type View } from './script.ts';
import type { ChatState } from './state.ts';
import { Turn } from './turn.ts';

/** What is said unasked, made when it is said: of the enterprise as it stands then. */

/** The view of one enterprise of a chat under one programme, whichever is chosen now; undefined for unknown ones. */
export function viewOf(kit: Kit, state: ChatState, programme: string, index: number, now: number): View | undefined {
  return new Turn(kit, { ...state, programme, current: index }, now, '').view();
}

/** Whether nothing of the chat waits for a number or a word, so that the buttons of what is said unasked can be meant. */
export function takesButtons({ expecting, staff, programme, enterprises, current }: ChatState): boolean {
  const dossier = enterprises[current]?.dossiers[programme ?? ''];
  return expecting === undefined && staff === undefined && openInterview(dossier)?.pending === undefined;
}

export interface ReminderPlace {
  readonly programme: string;
  /** Which enterprise of the chat. */
  readonly index: number;
  /** UTC instant (ms). */
  readonly now: number;
  /** Several people read in the chat. */
  readonly group: boolean;
}

/** The reminder of a date for an enterprise. It changes nothing: a question that waits goes on waiting. */
export function reminderReply(
  kit: Kit,
  state: ChatState,
  { programme, index, now, group }: ReminderPlace,
  rule: ReminderRule,
): Reply {
  const view = viewOf(kit, state, programme, index, now);
  if (!view) throw new Error(`there is no programme ${programme}`);
  const asking = openInterview(new Turn(kit, state, now, '').dossier())?.pending !== undefined;
  const buttons = takesButtons(state);
  const named = state.enterprises.length > 1;
  return kit.script.say.reminder(view, { ...dateOf(rule), asking, buttons, named: named && !group, group });
}
