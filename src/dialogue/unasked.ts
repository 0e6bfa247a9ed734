import { repeatQuestion } from './asking.ts';
import { wordCommand } from './commands.ts';
import { keepConsent, stopAll } from './consent.ts';
import { setConsent } from './consented.ts';
import { listOwn, takeOwn } from './own.ts';
import type { Turn } from './turn.ts';

/** Commands and sentences about what is said unasked. */

export function unasked(
  turn: Turn,
  id: 'remind' | 'unsubscribe' | 'share' | 'reminders' | 'calendar',
  argument: string,
): void {
  switch (id) {
    case 'remind':
      // A plain no at the question; 退订 is more than that.
      if (argument === 'no') setConsent(turn, 'remind', false);
      else if (argument === 'off') stop(turn);
      else setConsent(turn, 'remind', true);
      return;
    case 'unsubscribe':
      stop(turn);
      return;
    case 'share':
      if (argument === 'withdraw') withdraw(turn);
      else setConsent(turn, 'share', argument !== 'off');
      return;
    case 'reminders':
      listOwn(turn);
      return;
    case 'calendar':
      calendar(turn);
      return;
  }
}

/** 撤回同意: both agreements; reminders set by hand were asked for and stay. */
function withdraw(turn: Turn): void {
  const { say } = turn.kit.script;
  for (const which of ['remind', 'share'] as const) {
    const said = say.consentSaid(which, false, turn.view());
    keepConsent(turn, which, { given: false, at: turn.now, wording: said.text });
    turn.say(said);
  }
  turn.state = { ...turn.state, remind: false };
  repeatQuestion(turn);
}

function stop(turn: Turn): void {
  turn.say({ text: stopAll(turn) });
  repeatQuestion(turn);
}

function calendar(turn: Turn): void {
  const { say } = turn.kit.script;
  const view = turn.view();
  const path = view && turn.kit.calendarPath?.(view.guide.programme.id);
  if (!view) turn.say(say.chooseProgramme(turn.guides()));
  else turn.say(path === undefined ? say.calendarNone() : say.calendar(view, path));
  repeatQuestion(turn);
}

/**
 * What must not be taken for an answer to the pending question: the wish to be left alone, and reminders of one's own.
 * False for everything else.
 */
export function saidOfUnasked(turn: Turn, text: string): boolean {
  const { expecting } = turn.state;
  // A name or an agreement to deletion is asked for: every word counts there.
  if (expecting === 'forget' || expecting === 'enterprise') return false;
  if (wordCommand(text, turn.kit.script.commands)?.id === 'unsubscribe') {
    stop(turn);
    return true;
  }
  return takeOwn(turn, text);
}
