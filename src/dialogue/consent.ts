import { ownDates } from './progress.ts';
import type { ConsentKind } from './script.ts';
import type { Consent } from './state.ts';
import type { Turn } from './turn.ts';

/*
 * Two agreements, apart from one another: to be reminded, and to be seen by the office that the programme names. Each
 * is asked for once, after a verdict; who does not answer is not asked again.
 */

/** Puts an agreement, or the question for it, on record. */
export function keepConsent(turn: Turn, which: ConsentKind, consent: Consent): void {
  turn.state = { ...turn.state, consents: { ...turn.state.consents, [which]: consent } };
}

/** Asks for the next agreement that was not asked for yet and that there is a use for; false when there is none. */
export function askConsent(turn: Turn): boolean {
  const view = turn.view();
  if (!view || turn.state.stopped !== undefined) return false;
  const { consents = {} } = turn.state;
  // Nothing is asked that there will be no use for.
  if (view.verdict.assessment.eligibility === 'ineligible' || ownDates(turn).length === 0) return false;
  const shares = view.guide.files.programme.share_with !== undefined;
  const which = consents.remind === undefined ? 'remind' : consents.share === undefined && shares ? 'share' : undefined;
  if (which === undefined) return false;
  const ask = turn.kit.script.say.consentAsk(which, view);
  keepConsent(turn, which, { at: turn.now, wording: ask.text });
  turn.state = { ...turn.state, expecting: which };
  turn.say(ask);
  return true;
}

/** 退订: nothing unasked from now on, neither reminders nor anything else; what was set by hand goes as well. */
export function stopAll(turn: Turn): string {
  const { own = [], consents = {} } = turn.state;
  const said = turn.kit.script.say.stopped(own.length);
  const { own: _own, expecting: _expecting, ...rest } = turn.state;
  turn.state = {
    ...rest,
    remind: false,
    stopped: turn.now,
    consents: { ...consents, remind: { given: false, at: turn.now, wording: said.text } },
  };
  return said.text;
}
