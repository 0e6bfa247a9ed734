import { compileProgramme, type Programme } from './compile.ts';
import type { Condition } from './condition.ts';

/** A condition without `sure`: the same for complete facts, but unknown where more facts could still change it. */
function unsure(condition: Condition): Condition {
  if ('sure' in condition) return unsure(condition.sure);
  if ('all' in condition) return { all: condition.all.map(unsure) };
  if ('any' in condition) return { any: condition.any.map(unsure) };
  if ('not' in condition) return { not: unsure(condition.not) };
  if ('some' in condition) return { some: unsure(condition.some) };
  if ('every' in condition) return { every: unsure(condition.every) };
  return condition;
}

type Definitions = Record<string, Condition>;

const definitions = (all: Definitions): Definitions =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, unsure(one)]));

/** The entry with its guard made unsure; an absent guard stays absent. */
const guarded = <T extends { when?: Condition | undefined }>(entry: T): T =>
  entry.when ? { ...entry, when: unsure(entry.when) } : entry;

function relax(programme: Programme): Programme {
  const { conditions, services, subsidy } = programme.files;
  const rules = <T extends { when?: Condition | undefined; require: Condition }>(list: readonly T[]): T[] =>
    list.map((rule) => ({ ...guarded(rule), require: unsure(rule.require) }));
  return compileProgramme({
    ...programme.files,
    conditions: { ...conditions, define: definitions(conditions.define), rules: rules(conditions.rules) },
    services: {
      ...services,
      define: definitions(services.define),
      needed: { ...services.needed, when: unsure(services.needed.when) },
      rules: rules(services.rules),
    },
    subsidy: {
      ...subsidy,
      define: definitions(subsidy.define),
      lines: subsidy.lines.map((line) => ({
        ...guarded(line),
        ...(line.where ? { where: unsure(line.where) } : {}),
        rates: line.rates.map(guarded),
      })),
      caps: subsidy.caps.map(guarded),
      receipts: subsidy.receipts.map(guarded),
      ...(subsidy.limit ? { limit: guarded(subsidy.limit) } : {}),
    },
  });
}

const relaxations = new WeakMap<Programme, Programme>();

/**
 * The programme as it has to be read while facts are missing: an outcome that is yes or no stays so however the rest is
 * answered. (`sure` takes unknown for no, which an answer can turn over.) Made once per compiled programme.
 */
export function relaxed(programme: Programme): Programme {
  const known = relaxations.get(programme);
  if (known) return known;
  const made = relax(programme);
  relaxations.set(programme, made);
  return made;
}
