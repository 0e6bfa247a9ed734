import type { Rule } from './compile.ts';
import type { CivilDate } from './dates.ts';

/**
 * The rules to apply on a date. A rule without a period is in force as long as its programme. Of several versions of
 * one id only the one whose period holds the date applies; outside all of them the rule is not in force.
 */
export function inForce(rules: readonly Rule[], today: CivilDate): readonly Rule[] {
  // Nearly every programme has no dated versions: then nothing is copied.
  if (!isDated(rules)) return rules;
  return rules.filter((rule) => {
    const period = rule.file.in_force;
    return !period || ((period.from ?? today) <= today && today <= (period.to ?? today));
  });
}

const dated = new WeakMap<readonly Rule[], boolean>();

function isDated(rules: readonly Rule[]): boolean {
  const known = dated.get(rules);
  if (known !== undefined) return known;
  const made = rules.some((rule) => rule.file.in_force !== undefined);
  dated.set(rules, made);
  return made;
}
