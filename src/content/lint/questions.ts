import type { BundleItem } from '../../policy/programme.ts';
import type { FactSpec } from '../../policy/vocabulary.ts';
import { readGiven } from './examples.ts';
import type { FileName, Scope } from './scope.ts';
import { comparedFacts, deepNodesOf, isTest } from './tree.ts';

const BUNDLE = 'bundle:';

/**
 * What is asked fits the vocabulary, and whatever an answer turns on is asked somewhere.
 * @throws DataFault at the first fault.
 */
export function checkQuestions(scope: Scope): void {
  const { questions } = scope.files;
  const asked = new Set(Object.keys(questions.not_asked));
  for (const path of asked) known(scope, path, `not_asked.${path}`);

  for (const question of questions.questions) {
    const at = `questions[${question.facts[0] ?? ''}]`;
    for (const path of question.facts) known(scope, path, `${at}.facts`);
    const ids = question.choices.map((choice) => choice.id);
    for (const choice of question.choices) {
      if (ids.indexOf(choice.id) !== ids.lastIndexOf(choice.id))
        fault(scope, `${at}.choices[${choice.id}]`, 'is given twice');
      checkSets(scope, choice.sets, `${at}.choices[${choice.id}].sets`);
    }
    for (const path of [...question.facts, ...question.choices.flatMap((choice) => Object.keys(choice.sets))])
      asked.add(path);
  }
  for (const bundle of questions.bundles)
    bundle.parts.forEach((part, i) =>
      part.forEach((item, k) => {
        checkItem(scope, item, `bundles[${bundle.id}].parts[${i}][${k}]`);
        asked.add(item.fact);
      }),
    );
  questions.lexicon.forEach((entry, i) => checkSets(scope, entry.sets, `lexicon[${i}].sets`));
  questions.ask_when.forEach((one, i) => known(scope, one.fact, `ask_when[${i}].fact`));
  checkFree(scope);
  for (const path of questions.same_provider?.facts ?? []) known(scope, path, 'same_provider.facts');
  checkOrder(scope);
  checkAsked(scope, asked);
}

function fault(scope: Scope, path: string, message: string): never {
  return scope.fault('questions', path, message);
}

function known(scope: Scope, path: string, at: string): FactSpec {
  const spec = scope.programme.vocabulary.facts.get(path);
  if (!spec || spec.computed) return fault(scope, at, `unknown fact ${path}`);
  return spec;
}

function checkSets(scope: Scope, sets: Readonly<Record<string, string | number | boolean | null>>, at: string): void {
  for (const [path, value] of Object.entries(sets)) checkValue(scope, known(scope, path, at), value, at);
}

function checkValue(scope: Scope, spec: FactSpec, value: string | number | boolean | null, at: string): void {
  if (readGiven(value, spec) !== undefined) return;
  const allowed = spec.values ? ` (allowed: ${Object.keys(spec.values).join(', ')})` : '';
  fault(scope, at, `${String(value)} is no value of ${spec.path}${allowed}`);
}

function checkItem(scope: Scope, item: BundleItem, at: string): void {
  const spec = known(scope, item.fact, `${at}.fact`);
  if (item.same_as !== undefined) {
    const other = scope.programme.vocabulary.facts.get(item.same_as);
    if (!other) fault(scope, `${at}.same_as`, `unknown fact ${item.same_as}`);
    else if (other.type !== spec.type)
      fault(scope, `${at}.same_as`, `${item.same_as} is of another type than ${item.fact}`);
    return;
  }
  if (item.value === undefined) fault(scope, at, 'has neither value nor same_as');
  else checkValue(scope, spec, item.value, `${at}.value`);
}

/** What a free sentence is taken for must be able to hold it. */
function checkFree(scope: Scope): void {
  const { free } = scope.files.questions;
  for (const type of ['money', 'date'] as const)
    if (known(scope, free[type], `free.${type}`).type !== type)
      fault(scope, `free.${type}`, `${free[type]} is no fact of the type ${type}`);
  free.place.forEach((place, i) => {
    const spec = known(scope, place.fact, `free.place[${i}].fact`);
    if (place.value !== undefined) checkValue(scope, spec, place.value, `free.place[${i}].value`);
  });
}

function checkOrder(scope: Scope): void {
  const { questions, bundles, order } = scope.files.questions;
  const names = new Set([...questions.map((one) => one.facts[0]), ...bundles.map((one) => BUNDLE + one.id)]);
  for (const [part, list] of Object.entries(order))
    list.forEach((name, i) => {
      if (!names.has(name)) fault(scope, `order.${part}[${i}]`, `${name} is no question and no bundle`);
    });
}

/** Events by type: contradictions are found by the dialogue, instants are reported, not asked in an interview. */
const NEVER_ASKED = new Set(['texts', 'instant']);

function checkAsked(scope: Scope, asked: ReadonlySet<string>): void {
  const { vocabulary } = scope.programme;
  const derived = new Map(vocabulary.derived.map((one) => [one.path, one]));
  const need = (path: string, file: FileName, at: string): void => {
    const source = derived.get(path);
    if (source) {
      for (const inner of source.of) need(inner, file, at);
      return;
    }
    const spec = vocabulary.facts.get(path);
    if (!spec) return scope.fault(file, at, `unknown fact ${path}`);
    if (spec.computed || NEVER_ASKED.has(spec.type) || asked.has(path)) return;
    // Whoever is asked whether a membership is valid has been asked for the membership.
    if (isAskedByAttribute(path, asked)) return;
    scope.fault(file, at, `there is no question for ${path}`);
  };
  for (const { condition, definitions, file, path } of scope.conditions) {
    if (!/^(conditions|services|subsidy)$/.test(file) || path.startsWith('define.')) continue;
    for (const node of deepNodesOf(condition, definitions))
      if (isTest(node)) for (const fact of [node.fact, ...comparedFacts(node)]) need(fact, file, path);
  }
  const { lines, limit, receipts } = scope.files.subsidy;
  lines.forEach((line, i) => {
    line.base.forEach((base, k) => need(base.fact, 'subsidy', `lines[${i}].base[${k}]`));
  });
  if (limit) need(limit.fact, 'subsidy', 'limit');
  receipts.forEach((receipt, i) => need(receipt.fact, 'subsidy', `receipts[${i}]`));
}

function isAskedByAttribute(path: string, asked: ReadonlySet<string>): boolean {
  return path.endsWith(']') && [...asked].some((one) => one.startsWith(`${path}.`));
}
