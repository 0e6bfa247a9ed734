import type { Apply, Demand, Variable } from './advice-search.ts';
import { contextOf } from './assess.ts';
import type { Programme, Rule } from './compile.ts';
import { valuesOf } from './domains.ts';
import { ofService, type Context } from './context.ts';
import { isServicePath } from './evaluate.ts';
import { factAt, servicePath, vocabularyPath, type Facts, type Scalar } from './facts.ts';
import { analysisOf, type LeafFact, type Leaves } from './leaves.ts';
import type { FactSpec } from './vocabulary.ts';
import { inForce } from './versions.ts';

type Values = Record<string, Scalar | undefined>;

/** Which values a search may give a fact: those a firm can bring about or has yet to confirm, or any at all. */
export type Freedom = 'changeable' | 'any';

/** The demands on an application, evaluated against working facts that `apply` changes. */
export interface Workbench {
  readonly apply: Apply;
  readonly applicant: (freedom: Freedom) => Demand[];
  /** The demands on one service. */
  readonly service: (index: number, freedom: Freedom) => Demand[];
  /** That no service is needed. */
  readonly noneNeeded: (freedom: Freedom) => Demand;
  readonly serviceNeeded: boolean;
  /** Whether a fact at this path may be changed or confirmed. */
  readonly isOpen: (path: string) => boolean;
}

/** Sets up the working facts and the demands of a programme at an instant; the given facts stay as they are. */
export function workbench(programme: Programme, facts: Facts, now: number): Workbench {
  const analysis = analysisOf(programme);
  const { vocabulary } = programme;
  const top: Values = { ...facts.top };
  const services: Values[] = facts.services.map((service) => ({ ...service }));
  const context = contextOf({ top, services, servicesGiven: facts.servicesGiven }, now);
  const made = { changeable: new Map<string, Variable | undefined>(), any: new Map<string, Variable | undefined>() };

  const put = (values: Values, key: string, value: Scalar): (() => void) => {
    const before = values[key];
    values[key] = value;
    return () => {
      values[key] = before;
    };
  };
  const apply: Apply = (path, value) => {
    const service = servicePath(path);
    if (service) return put(services[service.index] ?? {}, service.key, value);
    const undo = put(top, path, value);
    const member = vocabulary.facts.get(path)?.member;
    if (member === undefined || value === null || value === false) return undo;
    const undoMember = put(top, member, true);
    return () => {
      undoMember();
      undo();
    };
  };

  function variable(path: string, freedom: Freedom): Variable | undefined {
    const cache = made[freedom];
    if (cache.has(path)) return cache.get(path);
    const spec = vocabulary.facts.get(vocabularyPath(path));
    const values = spec && !spec.computed ? choices(path, spec, freedom) : undefined;
    const member = spec?.member;
    // The level of something not held says nothing; a yes to its validity is what makes it held.
    const ready = (): boolean => member === undefined || spec?.type === 'bool' || top[member] !== false;
    const result = values && { path, values, ready };
    cache.set(path, result);
    return result;
  }

  /** Values other than the present one that the fact may be given; undefined when there can be none. */
  function choices(path: string, spec: FactSpec, freedom: Freedom): (() => readonly Scalar[]) | undefined {
    const present = factAt(facts, path);
    const absent = present === undefined || present === null;
    const none = spec.member !== undefined && facts.top[spec.member] === false;
    const every = (): readonly Scalar[] => valuesOf(programme, path, facts, now);
    if (freedom === 'any') {
      const others = (): readonly Scalar[] => every().filter((value) => value !== present || none);
      // What happened is thought away.
      return spec.negativeEvent && !absent && typeof present !== 'boolean' ? () => [false, ...others()] : others;
    }
    if (absent && !none && !spec.negativeEvent) return every;
    const to = (spec.change?.to ?? []).filter((value) => value !== present || none);
    if (to.length > 0) return () => to;
    return absent && none && spec.type !== 'bool' ? every : undefined;
  }

  /** The concrete paths at which a leaf can be changed. */
  function paths(leaf: LeafFact, index: number | undefined): readonly string[] {
    if (!isServicePath(leaf.path)) return leaf.settable;
    const at = leaf.everyService ? services.map((_, i) => i) : index === undefined ? [] : [index];
    return at.map((i) => leaf.path.replace('[]', `[${String(i)}]`));
  }

  function variables(leaves: Leaves, index: number | undefined, freedom: Freedom): Variable[] {
    const all = new Set(leaves.facts.flatMap((leaf) => paths(leaf, index)));
    return [...all].flatMap((path) => variable(path, freedom) ?? []);
  }

  function demand(rule: Rule, index: number | undefined, at: Context, freedom: Freedom): Demand {
    const leaves = analysis.rules.get(rule) ?? { facts: [], codes: [] };
    return {
      id: index === undefined ? rule.id : `${rule.id} ${String(index)}`,
      clause: rule.clause,
      says: rule.file.says.fail,
      holds: () => rule.test.eval(at) === 1,
      variables: variables(leaves, index, freedom),
    };
  }

  const own = inForce(programme.applicantRules, context.today);
  const each = inForce(programme.serviceRules, context.today);
  const { needed } = programme.files.services;
  return {
    apply,
    applicant: (freedom) => own.map((rule) => demand(rule, undefined, context, freedom)),
    service: (index, freedom) => {
      const at = ofService(context, services[index]);
      return each.map((rule) => demand(rule, index, at, freedom));
    },
    noneNeeded: (freedom) => ({
      id: 'needed',
      clause: needed.clause,
      says: needed.says,
      holds: () => programme.serviceNeeded.eval(context) === -1,
      variables: variables(analysis.needed, undefined, freedom),
    }),
    serviceNeeded: programme.serviceNeeded.eval(context) !== -1,
    isOpen: (path) => variable(path, 'changeable') !== undefined,
  };
}
