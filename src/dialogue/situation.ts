import { assess, civilDateOf, estimate, needs, type Assessment, type Facts, type Needs } from '../policy/index.ts';
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
