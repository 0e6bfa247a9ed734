import type { FactBody, FactChange, FactsFile, FactType } from './schema/facts.ts';

export type { FactChange, FactsFile, FactType } from './schema/facts.ts';

/**
 * The vocabulary of a programme: every fact that a condition may name or a user may give, with its type, its values and
 * the words for it. A fact outside the vocabulary is an error wherever it occurs.
 */

/** One fact of the vocabulary. */
export interface FactSpec {
  readonly path: string;
  readonly type: FactType;
  readonly label: string;
  readonly values: Readonly<Record<string, string>> | undefined;
  readonly open: boolean;
  readonly negativeEvent: boolean;
  readonly sensitive: boolean;
  readonly shared: boolean;
  readonly change: FactChange | undefined;
  readonly fixed: string | undefined;
  /** The fact belongs to each service. */
  readonly perService: boolean;
  /** `identities[hnte]` for `identities[hnte].valid`: when that is no, this fact is none. */
  readonly member: string | undefined;
  /** Not given by anybody: computed, or set by the assessment itself. */
  readonly computed: boolean;
}

/** A list of typed members, such as identities or documents in hand. */
export interface ListSpec {
  readonly name: string;
  readonly label: string;
  readonly key: string | undefined;
  readonly members: Readonly<Record<string, string>>;
  readonly attributes: readonly string[];
}

export interface Derived {
  readonly path: string;
  readonly part: 'year' | 'month';
  readonly of: readonly string[];
}

export interface Vocabulary {
  readonly facts: ReadonlyMap<string, FactSpec>;
  readonly lists: ReadonlyMap<string, ListSpec>;
  readonly derived: readonly Derived[];
}

export const SERVICE_PREFIX = 'services[].';

/** Facts that the assessment itself provides: the clock, and results for warnings and documents. */
const BUILT_IN: Record<string, [FactType, string, string[]?]> = {
  now: ['instant', '现在'],
  today: ['date', '今天'],
  'result.eligibility': ['choice', '结论', ['eligible', 'ineligible', 'undetermined']],
  'result.deadline_state': ['text', '期限状态'],
  'result.estimate_yuan': ['money', '测算金额'],
  'result.conditional_estimate_yuan': ['money', '待定项有利时的测算金额'],
  'result.cap_applied': ['bool', '上限起作用'],
  'result.cap_exhausted': ['bool', '额度已用完'],
  'result.limit_binds': ['bool', '个别限额起作用'],
  'result.odd_fen': ['bool', '分位为奇数'],
  'services[].status': ['choice', '该项服务的结论', ['included', 'open', 'excluded']],
  'services[].base_yuan': ['money', '该项服务的计算基数'],
};

function spec(path: string, body: FactBody, more: Partial<FactSpec> = {}): FactSpec {
  return {
    path,
    type: body.type,
    label: body.label,
    values: body.values,
    open: body.open,
    negativeEvent: body.negative_event,
    sensitive: body.sensitive,
    shared: body.shared,
    change: body.change,
    fixed: body.fixed,
    perService: path.startsWith(SERVICE_PREFIX),
    member: undefined,
    computed: false,
    ...more,
  };
}

function plain(type: FactType, name: string): FactBody {
  return { type, label: name, open: false, negative_event: false, sensitive: false, shared: false };
}

/** Expands facts.yaml into the flat vocabulary: `identities[hnte]`, `identities[hnte].valid`, `services[].category` … */
export function buildVocabulary(file: FactsFile): Vocabulary {
  const facts = new Map<string, FactSpec>();
  for (const [path, body] of Object.entries(file.facts)) facts.set(path, spec(path, body));
  const lists = new Map<string, ListSpec>();
  for (const [name, list] of Object.entries(file.lists)) {
    const { key, members } = list;
    lists.set(name, { name, label: list.label, key, members, attributes: Object.keys(list.attributes) });
    for (const [member, memberLabel] of Object.entries(members)) {
      const path = `${name}[${member}]`;
      const change = list.change[member];
      facts.set(path, spec(path, plain('bool', memberLabel), { shared: list.shared, change }));
      for (const [attribute, body] of Object.entries(list.attributes)) {
        const full = `${path}.${attribute}`;
        const more = { member: path, shared: list.shared, ...(body.type === 'bool' ? { change } : {}) };
        facts.set(full, spec(full, { ...body, label: `${memberLabel}：${body.label}` }, more));
      }
    }
  }
  const derived: Derived[] = [];
  for (const [path, body] of Object.entries(file.derived)) {
    facts.set(path, spec(path, plain('count', body.label), { computed: true }));
    derived.push({ path, part: body.year_of ? 'year' : 'month', of: body.year_of ?? body.month_of ?? [] });
  }
  for (const [path, [type, name, values]] of Object.entries(BUILT_IN)) {
    const body = plain(type, name);
    const named = values && Object.fromEntries(values.map((value) => [value, value]));
    facts.set(path, spec(path, named ? { ...body, values: named } : body, { computed: true }));
  }
  return { facts, lists, derived };
}
