import type { FileName, Scope } from './scope.ts';
import { isTest, literalsOf, nodesOf } from './tree.ts';

/** The list of the vocabulary that holds the papers somebody has. */
const IN_HAND = 'documents_in_hand';
/** The open point of answers that contradict one another: no reading of the text. */
const CONTRADICTORY = 'CONTRADICTION';

/**
 * Names that lead nowhere: readings, groups of the directory, papers, states; and ids given twice.
 * @throws DataFault at the first one.
 */
export function checkReferences(scope: Scope): void {
  checkReadings(scope);
  checkGroups(scope);
  checkPapers(scope);
  checkProcedure(scope);
  checkIds(scope);
}

function checkReadings(scope: Scope): void {
  const { files, fault } = scope;
  const check = (code: string | undefined, file: FileName, path: string): void => {
    if (code !== undefined && !Object.hasOwn(files.programme.readings, code))
      fault(file, path, `reading ${code} is not listed in programme.yaml`);
  };
  for (const file of ['conditions', 'services'] as const)
    for (const rule of files[file].rules) check(rule.reading, file, `rules[${rule.id}].reading`);
  for (const warning of files.warnings.warnings)
    check(warning.reading, 'warnings', `warnings[${warning.code}].reading`);
  for (const { condition, file, path } of scope.conditions)
    for (const { node, path: at } of nodesOf(condition, path))
      if ('open' in node && node.open !== CONTRADICTORY) check(node.open, file, `${at}.open`);
}

function checkGroups(scope: Scope): void {
  const { files, fault } = scope;
  const check = (group: string | undefined, file: FileName, path: string): void => {
    if (group !== undefined && !Object.hasOwn(files.contacts.groups, group))
      fault(file, path, `group ${group} is not listed in contacts.yaml`);
  };
  for (const file of ['conditions', 'services'] as const)
    for (const rule of files[file].rules) check(rule.refer, file, `rules[${rule.id}].refer`);
  for (const [code, { refer }] of Object.entries(files.programme.readings))
    check(refer, 'programme', `readings.${code}.refer`);
  for (const entry of files.contacts.entries) check(entry.group, 'contacts', `entries[${entry.id}].group`);
  check(files.contacts.hand_in.group, 'contacts', 'hand_in.group');
  for (const { id, remind } of files.timeline.entries) check(remind?.group, 'timeline', `entries[${id}].remind.group`);
}

/** States and machines that the procedure and the reminders name. */
function checkProcedure({ files, fault }: Scope): void {
  const { machines } = files.procedure;
  const states = new Set(machines.flatMap((machine) => Object.keys(machine.states)));
  for (const { id, then, filed, states: own } of machines) {
    if (then !== undefined && !machines.some((one) => one.id === then))
      fault('procedure', `machines[${id}].then`, `${then} is no machine of this file`);
    if (filed !== undefined && !Object.hasOwn(own, filed))
      fault('procedure', `machines[${id}].filed`, `${filed} is no state of this machine`);
  }
  for (const { id, remind } of files.timeline.entries)
    for (const state of remind?.states ?? [])
      if (!states.has(state))
        fault('timeline', `entries[${id}].remind.states`, `${state} is no state of procedure.yaml`);
}

function checkPapers(scope: Scope): void {
  const members = scope.programme.vocabulary.lists.get(IN_HAND)?.members ?? {};
  const check = (id: string, path: string): void => {
    if (!Object.hasOwn(members, id)) scope.fault('documents', path, `${id} is no member of ${IN_HAND} in facts.yaml`);
  };
  for (const set of scope.files.documents.sets.filter((one) => one.checked))
    // What is only advised is never counted as missing, so nobody needs to say that it is there.
    for (const item of set.items.filter((one) => !one.advised)) {
      const at = `sets[${set.id}].items[${item.id}]`;
      if (!item.any_of) check(item.id, at);
      for (const one of item.any_of ?? []) check(one.id, `${at}.any_of[${one.id}]`);
    }
}

function checkIds(scope: Scope): void {
  const { files } = scope;
  const unique = (file: FileName, list: string, ids: readonly string[]): void => {
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined) scope.fault(file, `${list}[${twice}]`, 'is given twice');
  };
  const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map((one) => one.id);
  unique('programme', 'clauses', files.programme.clauses);
  unique('programme', 'statements', idsOf(files.programme.statements));
  unique('subsidy', 'lines', idsOf(files.subsidy.lines));
  unique('documents', 'sets', idsOf(files.documents.sets));
  for (const set of files.documents.sets) unique('documents', `sets[${set.id}].items`, idsOf(set.items));
  unique('timeline', 'entries', idsOf(files.timeline.entries));
  unique('procedure', 'machines', idsOf(files.procedure.machines));
  unique('contacts', 'entries', idsOf(files.contacts.entries));
  unique('questions', 'bundles', idsOf(files.questions.bundles));
  unique(
    'warnings',
    'warnings',
    files.warnings.warnings.map((one) => one.code),
  );
}

/** Tests of the deadline state against a state that no table leads to. @throws DataFault at the first one. */
export function checkStateNames(scope: Scope): void {
  const states = new Set(scope.files.timeline.states.flatMap((table) => table.rows.map((row) => row.state)));
  for (const state of scope.files.timeline.closed)
    if (!states.has(state)) scope.fault('timeline', 'closed', `${state} is no state of the tables`);
  for (const { condition, file, path } of scope.conditions)
    for (const { node, path: at } of nodesOf(condition, path)) {
      if (!isTest(node) || node.fact !== 'result.deadline_state') continue;
      const wrong = literalsOf(node).find((literal) => !states.has(String(literal)));
      if (wrong !== undefined) scope.fault(file, at, `${String(wrong)} is no state of timeline.yaml`);
    }
}
