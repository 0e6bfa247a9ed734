import { assess, estimate, needs, type Assessment, type Facts, type Needs } from '../policy/index.ts';
import type { Guide } from './guide.ts';

/** Where an interview stands: the strict assessment, in which negative events still have to be asked for. */
export interface Situation {
  /** With a first service to ask about, when none is named. */
  readonly facts: Facts;
  readonly assessment: Assessment;
  readonly needs: Needs;
}

const known = new WeakMap<Facts, { readonly guide: Guide; readonly now: number; readonly situation: Situation }>();

/** Works out what the facts still leave open. The same facts at the same instant are looked at once per message. */
export function situationOf(guide: Guide, given: Facts, now: number): Situation {
  const before = known.get(given);
  if (before?.guide === guide && before.now === now) return before.situation;
  const facts = given.services.length === 0 ? { ...given, services: [{}], servicesGiven: true } : given;
  const assessment = assess(guide.programme, facts, now, { askEvents: true });
  const sums = estimate(guide.programme, facts, now, assessment);
  const situation = {
    facts,
    assessment,
    needs: needs(guide.programme, facts, now, assessment, sums, { askEvents: true }),
  };
  known.set(given, { guide, now, situation });
  return situation;
}
