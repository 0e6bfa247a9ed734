import { DataFault, type Programme, type ProgrammeFiles } from '../../policy/compile.ts';
import type { Condition } from '../../policy/condition.ts';

/** The data file of a programme that a fault lies in. */
export type FileName = keyof ProgrammeFiles;

/** A condition with the place it stands at and the definitions it may use. */
export interface Located {
  readonly condition: Condition;
  readonly file: FileName;
  readonly path: string;
  readonly definitions: Readonly<Record<string, Condition>>;
}

/** What every check looks at. */
export interface Scope {
  readonly programme: Programme;
  readonly files: ProgrammeFiles;
  readonly notice: string;
  readonly conditions: readonly Located[];
  /** @throws DataFault always. */
  readonly fault: (file: FileName, path: string, message: string) => never;
}

/** A programme as the checks see it. `notice` is the text of notice.md. */
export function scopeOf(programme: Programme, notice: string): Scope {
  const { files } = programme;
  const fault = (file: FileName, path: string, message: string): never => {
    throw new DataFault(`programmes/${files.programme.id}/${file}.yaml`, path, message);
  };
  return { programme, files, notice, conditions: conditionsOf(files), fault };
}

/** Every condition of a programme, in the order of its files. */
function conditionsOf(files: ProgrammeFiles): Located[] {
  const shared = { ...files.conditions.define, ...files.services.define };
  const found: Located[] = [];

  function inFile(file: FileName, own: Readonly<Record<string, Condition>>) {
    const definitions = { ...shared, ...own };
    const add = (path: string, condition: Condition | undefined): void => {
      if (condition !== undefined) found.push({ condition, file, path, definitions });
    };
    for (const [name, condition] of Object.entries(own)) add(`define.${name}`, condition);
    return add;
  }

  for (const file of ['conditions', 'services'] as const) {
    const add = inFile(file, files[file].define);
    if (file === 'services') add('needed.when', files.services.needed.when);
    for (const rule of files[file].rules) {
      add(`rules[${rule.id}].when`, rule.when);
      add(`rules[${rule.id}].require`, rule.require);
    }
  }
  const subsidy = inFile('subsidy', files.subsidy.define);
  files.subsidy.lines.forEach((line, i) => {
    subsidy(`lines[${i}].when`, line.when);
    subsidy(`lines[${i}].where`, line.where);
    line.rates.forEach((rate, k) => subsidy(`lines[${i}].rates[${k}].when`, rate.when));
  });
  files.subsidy.caps.forEach((cap, i) => subsidy(`caps[${i}].when`, cap.when));
  subsidy('limit.when', files.subsidy.limit?.when);
  files.subsidy.receipts.forEach((receipt, i) => subsidy(`receipts[${i}].when`, receipt.when));
  subsidy('split.when', files.subsidy.split?.when);
  const documents = inFile('documents', files.documents.define);
  for (const set of files.documents.sets) {
    documents(`sets[${set.id}].when`, set.when);
    for (const item of set.items) {
      const at = `sets[${set.id}].items[${item.id}]`;
      documents(`${at}.when`, item.when);
      for (const one of item.any_of ?? []) documents(`${at}.any_of[${one.id}].when`, one.when);
    }
  }
  const timeline = inFile('timeline', files.timeline.define);
  files.timeline.states.forEach((table, i) => {
    timeline(`states[${i}].when`, table.when);
    table.rows.forEach((row, k) => timeline(`states[${i}].rows[${k}].when`, row.when));
  });
  for (const { id, remind } of files.timeline.entries) {
    timeline(`entries[${id}].remind.when`, remind?.when);
    timeline(`entries[${id}].remind.unless`, remind?.unless);
  }
  const procedure = inFile('procedure', {});
  for (const { id, when } of files.procedure.machines) procedure(`machines[${id}].when`, when);
  const warnings = inFile('warnings', files.warnings.define);
  for (const warning of files.warnings.warnings) warnings(`warnings[${warning.code}].when`, warning.when);
  const questions = inFile('questions', {});
  files.questions.ask_when.forEach((one, i) => questions(`ask_when[${i}].when`, one.when));
  return found;
}
