import type { Condition } from './condition.ts';
import type { Programme, ProgrammeFiles, Rule } from './compiled.ts';
import { addDays, readInstant, startOfDay } from './dates.ts';
import { ConditionFault, conditionCompiler, type Compiled } from './evaluate.ts';
import { DataFault } from './fault.ts';
import { readRate, type Rate } from './money.ts';
import type { RuleFile } from './programme.ts';
import { buildVocabulary } from './vocabulary.ts';

export type { Guarded, Line, Programme, ProgrammeFiles, Rule, StateTable } from './compiled.ts';
export { DataFault } from './fault.ts';

/** The clause under which contradictory answers are told; always last. */
export const CONTRADICTION = 'contradiction';

/**
 * Compiles validated files into a programme.
 * @throws DataFault naming file and path for an unknown fact, a literal outside a fact's values, a missing definition.
 */
export function compileProgramme(files: ProgrammeFiles): Programme {
  const vocabulary = buildVocabulary(files.facts);
  const clauses = [...files.programme.clauses, CONTRADICTION];
  const clauseOrder = new Map(clauses.map((clause, index) => [clause, index]));
  // Definitions of the conditions are seen by all files; a file's own come on top.
  const shared = { ...files.conditions.define, ...files.services.define };
  const base = files.programme.id;

  function scope(file: string, own: Record<string, Condition> = {}) {
    const compiler = conditionCompiler(vocabulary, { ...shared, ...own });
    const name = `programmes/${base}/${file}`;
    function at<T>(path: string, make: () => T): T {
      try {
        return make();
      } catch (error) {
        if (error instanceof ConditionFault) throw new DataFault(name, path, error.message);
        throw error;
      }
    }
    const one = (condition: Condition, path: string): Compiled => at(path, () => compiler.compile(condition));
    const maybe = (condition: Condition | undefined, path: string): Compiled | undefined =>
      condition === undefined ? undefined : one(condition, path);
    const clause = (value: string, path: string): number => {
      const order = clauseOrder.get(value);
      if (order === undefined) throw new DataFault(name, path, `clause ${value} is not listed in programme.yaml`);
      return order;
    };
    return { name, one, maybe, clause };
  }

  function rules(file: string, list: readonly RuleFile[], own: Record<string, Condition>, perService: boolean): Rule[] {
    const { one, maybe, clause } = scope(file, own);
    return list.map((rule) => {
      const at = `rules[${rule.id}]`;
      const guard = maybe(rule.when, `${at}.when`);
      const require = one(rule.require, `${at}.require`);
      const test = guard ? implies(guard, require) : require;
      return {
        id: rule.id,
        clause: rule.clause,
        order: clause(rule.clause, `${at}.clause`),
        perService,
        test,
        file: rule,
      };
    });
  }

  const subsidy = scope('subsidy.yaml', files.subsidy.define);
  const documents = scope('documents.yaml', files.documents.define);
  const timeline = scope('timeline.yaml', files.timeline.define);
  const procedure = scope('procedure.yaml');
  const questions = scope('questions.yaml');
  const warnings = scope('warnings.yaml', files.warnings.define);
  const services = scope('services.yaml', files.services.define);
  services.clause(files.services.needed.clause, 'needed.clause');

  return {
    id: files.programme.id,
    files,
    vocabulary,
    clauseOrder,
    applicantRules: rules('conditions.yaml', files.conditions.rules, files.conditions.define, false),
    serviceRules: rules('services.yaml', files.services.rules, files.services.define, true),
    serviceNeeded: services.one(files.services.needed.when, 'needed.when'),
    lines: files.subsidy.lines.map((line, i) => ({
      when: subsidy.maybe(line.when, `lines[${i}].when`),
      where: subsidy.maybe(line.where, `lines[${i}].where`),
      rates: line.rates.map((entry, k) => ({
        when: subsidy.maybe(entry.when, `lines[${i}].rates[${k}].when`),
        value: rateOf(entry.rate),
      })),
      brackets: line.brackets.map((bracket) => ({ upTo: bracket.up_to, rate: rateOf(bracket.rate) })),
      file: line,
    })),
    caps: files.subsidy.caps.map((cap, i) => ({ when: subsidy.maybe(cap.when, `caps[${i}].when`), value: cap.amount })),
    limit: files.subsidy.limit && {
      when: subsidy.maybe(files.subsidy.limit.when, 'limit.when'),
      fact: files.subsidy.limit.fact,
    },
    receipts: files.subsidy.receipts.map((receipt, i) => ({
      when: subsidy.maybe(receipt.when, `receipts[${i}].when`),
      value: receipt.fact,
    })),
    split: subsidy.maybe(files.subsidy.split?.when, 'split.when'),
    documents: files.documents.sets.map((set) => ({
      when: documents.maybe(set.when, `sets[${set.id}].when`),
      set,
      items: set.items.map((item) => ({
        when: documents.maybe(item.when, `sets[${set.id}].items[${item.id}].when`),
        anyOf: (item.any_of ?? []).map((one) => ({
          id: one.id,
          when: documents.one(one.when, `sets[${set.id}].items[${item.id}].any_of[${one.id}].when`),
        })),
        item,
      })),
    })),
    states: files.timeline.states.map((table, i) => ({
      when: timeline.maybe(table.when, `states[${i}].when`),
      rows: table.rows.map((row, k) => ({
        state: row.state,
        when: timeline.maybe(row.when, `states[${i}].rows[${k}].when`),
        until: boundary(row),
        label: row.label,
        clause: row.clause,
      })),
    })),
    reminders: files.timeline.entries.flatMap((entry) => {
      const at = `entries[${entry.id}].remind`;
      const { remind } = entry;
      if (!remind) return [];
      const last = entry.at === undefined ? undefined : readInstant(entry.at);
      if (last === undefined && entry.to === undefined)
        throw new DataFault(timeline.name, at, 'there is neither `at` nor `to` to remind of');
      return {
        entry,
        remind,
        at: last ?? startOfDay(addDays(entry.to ?? '', 1)) - 1_000,
        when: timeline.maybe(remind.when, `${at}.when`),
        unless: timeline.maybe(remind.unless, `${at}.unless`),
      };
    }),
    machines: files.procedure.machines.flatMap(({ id, when }) =>
      when === undefined ? [] : { id, when: procedure.one(when, `machines[${id}].when`) },
    ),
    warnings: files.warnings.warnings.map((file) => ({
      when: warnings.one(file.when, `warnings[${file.code}].when`),
      file,
    })),
    askWhen: files.questions.ask_when.map((entry, i) => ({
      fact: entry.fact,
      when: questions.one(entry.when, `ask_when[${String(i)}].when`),
    })),
  };
}

function rateOf(text: string): Rate {
  return readRate(text) ?? { numerator: 0n, denominator: 1n, text };
}

/** The last millisecond of the row; `until` belongs to it, `before` does not. Without either the row never ends. */
function boundary(row: { until?: string | undefined; before?: string | undefined }): number {
  if (row.until !== undefined) return readInstant(row.until) ?? 0;
  if (row.before !== undefined) return (readInstant(row.before) ?? 0) - 1;
  return Number.POSITIVE_INFINITY;
}

function implies(guard: Compiled, require: Compiled): Compiled {
  return {
    source: { any: [{ not: guard.source }, require.source] },
    eval: (c) => {
      const applies = guard.eval(c);
      if (applies === -1) return 1;
      const outcome = require.eval(c);
      return applies === 1 || outcome === 1 ? outcome : 0;
    },
    missing: (c, index, into) => {
      if (guard.eval(c) === 0) guard.missing(c, index, into);
      if (require.eval(c) === 0) require.missing(c, index, into);
    },
  };
}
