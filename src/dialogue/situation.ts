import {
  assess,
  civilDateOf,
  estimate,
  judge,
  needs,
  type Assessment,
  type Facts,
  type Needs,
  type Verdict,
} from '../policy/index.ts';
import type { Guide } from './guide.ts';

/** Where an interview stands: the strict assessment, in which negative events still have to be asked for. */
export interface Situation {
  /** With a first service to ask about, when none is named. */
  readonly facts: Facts;
  readonly assessment: Assessment;
  readonly needs: Needs;
}

// One message looks at the same facts several times; remembering more than the last would only feed the collector.
let last:
  { readonly given: Facts; readonly guide: Guide; readonly today: string; readonly situation: Situation } | undefined;

/** Works out what the facts still leave open. The same facts are looked at once a day: no rule turns on the hour. */
export function situationOf(guide: Guide, given: Facts, now: number): Situation {
  const today = civilDateOf(now);
  if (last?.given === given && last.guide === guide && last.today === today) return last.situation;
  const facts = given.services.length === 0 ? { ...given, services: [{}], servicesGiven: true } : given;
  const assessment = assess(guide.programme, facts, now, { askEvents: true });
  const situation = {
    facts,
    assessment,
    needs: needs(guide.programme, facts, now, assessment, () => estimate(guide.programme, facts, now, assessment), {
      askEvents: true,
    }),
  };
  last = { given, guide, today, situation };
  return situation;
}

// Several answers of one message look at the verdict.
let lastVerdict:
  { readonly facts: Facts; readonly guide: Guide; readonly now: number; readonly verdict: Verdict } | undefined;

/** The verdict on the facts at an instant (UTC ms). */
export function verdictOf(guide: Guide, facts: Facts, now: number): Verdict {
  if (lastVerdict?.facts === facts && lastVerdict.guide === guide && lastVerdict.now === now)
    return lastVerdict.verdict;
  const verdict = judge(guide.programme, facts, now);
  lastVerdict = { facts, guide, now, verdict };
  return verdict;
}
