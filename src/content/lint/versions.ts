import { addDays, type CivilDate } from '../../policy/dates.ts';
import type { RuleFile } from '../../policy/programme.ts';
import type { FileName, Scope } from './scope.ts';

interface Version {
  readonly rule: RuleFile;
  readonly file: FileName;
}

/**
 * Rules of one id must be versions that follow one another day by day; everything else that has an id has it alone.
 * @throws DataFault for an id given twice, a gap or an overlap.
 */
export function checkVersions(scope: Scope): void {
  const versions = new Map<string, Version[]>();
  for (const file of ['conditions', 'services'] as const)
    for (const rule of scope.files[file].rules)
      versions.set(rule.id, [...(versions.get(rule.id) ?? []), { rule, file }]);
  for (const list of versions.values()) checkPeriods(scope, list);
}

const starts = (rule: RuleFile): CivilDate => rule.in_force?.from ?? '';
const at = (rule: RuleFile): string => `rules[${rule.id}].in_force`;

function checkPeriods(scope: Scope, list: readonly Version[]): void {
  for (const { rule, file } of list) {
    const { from, to } = rule.in_force ?? { from: null, to: null };
    if (from !== null && to !== null && to < from) scope.fault(file, at(rule), 'ends before it begins');
  }
  const sorted = [...list].sort((a, b) => (starts(a.rule) < starts(b.rule) ? -1 : 1));
  sorted.forEach(({ rule, file }, i) => {
    const earlier = sorted[i - 1]?.rule;
    if (!earlier) return;
    if (!rule.in_force || !earlier.in_force) scope.fault(file, `rules[${rule.id}]`, 'the id is given twice');
    const end = earlier.in_force.to;
    if (end === null || end >= starts(rule)) scope.fault(file, at(rule), 'overlaps with the version before it');
    else if (addDays(end, 1) !== starts(rule)) scope.fault(file, at(rule), `leaves a gap after ${end}`);
  });
}
