import { FactsFault, isNumberText, readValue } from './border-value.ts';
import type { Facts, Scalar } from './facts.ts';
import { SERVICE_PREFIX, type ListSpec, type Vocabulary } from './vocabulary.ts';

type Json = unknown;

const MAX_SERVICES = 200;

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumberText(value);
}

/**
 * Reads facts in their outside form (nested, lists of typed things, money in yuan).
 * A present list is complete: a type that is not in it is not held; an absent list is unknown.
 * @throws FactsFault naming the path for an unknown key, a wrong type or a value that is not allowed.
 */
export function readFacts(input: Json, vocabulary: Vocabulary): Facts {
  if (!isObject(input)) throw new FactsFault('', '应为一个对象');
  const top: Record<string, Scalar | undefined> = {};
  let services: Record<string, Scalar | undefined>[] = [];
  let servicesGiven = false;
  const known = prefixes(vocabulary);

  function walk(
    value: Record<string, Json>,
    path: string,
    into: Record<string, Scalar | undefined>,
    shown: string,
  ): void {
    for (const [key, inner] of Object.entries(value)) {
      // A key is one name: `applicant.kind` in one piece is none.
      if (/[.[\]]/.test(key))
        throw new FactsFault(shown === '' ? key : `${shown}.${key}`, '字段名里不能有 . 或 [ ]，请分层填写');
      const full = path === '' || path.endsWith('.') ? path + key : `${path}.${key}`;
      const shownFull = shown === '' ? key : `${shown}.${key}`;
      const list = path === '' ? vocabulary.lists.get(full) : undefined;
      if (list) {
        if (inner !== null) readList(inner, list, into);
        continue;
      }
      if (path === '' && key === 'services') {
        if (inner !== null) readServices(inner);
        continue;
      }
      const spec = vocabulary.facts.get(full);
      if (spec && !spec.computed && spec.member === undefined) {
        if (inner !== null) into[full] = readValue(inner, spec, shownFull);
        else into[full] = null;
        continue;
      }
      if (known.has(full)) {
        if (inner === null) continue;
        if (!isObject(inner)) throw new FactsFault(shownFull, '应为一个对象');
        walk(inner, full, into, shownFull);
        continue;
      }
      throw new FactsFault(shownFull, `不认识的字段。这里可以用：${siblings(path, known, vocabulary)}`);
    }
  }

  function readServices(value: Json): void {
    if (!Array.isArray(value)) throw new FactsFault('services', '应为一个列表');
    if (value.length > MAX_SERVICES) throw new FactsFault('services', `最多${String(MAX_SERVICES)}项`);
    servicesGiven = true;
    services = value.map((item: Json, index) => {
      const shown = `services[${String(index)}]`;
      if (!isObject(item)) throw new FactsFault(shown, '应为一个对象');
      const record: Record<string, Scalar | undefined> = {};
      walk(item, SERVICE_PREFIX, record, shown);
      return record;
    });
  }

  function readList(value: Json, list: ListSpec, into: Record<string, Scalar | undefined>): void {
    if (!Array.isArray(value)) throw new FactsFault(list.name, '应为一个列表');
    const seen = new Set<string>();
    value.forEach((item: Json, index) => {
      const shown = `${list.name}[${String(index)}]`;
      const id = list.key === undefined ? item : isObject(item) ? item[list.key] : undefined;
      if (typeof id !== 'string' || !Object.hasOwn(list.members, id)) {
        const where = list.key === undefined ? shown : `${shown}.${list.key}`;
        throw new FactsFault(where, `可以是：${Object.keys(list.members).join('、')}`);
      }
      const again = seen.has(id);
      seen.add(id);
      const member = `${list.name}[${id}]`;
      into[member] = true;
      if (list.key === undefined || !isObject(item)) return;
      const read: Record<string, Scalar> = {};
      for (const [key, inner] of Object.entries(item)) {
        if (key === list.key) continue;
        const spec = vocabulary.facts.get(`${member}.${key}`);
        if (!spec)
          throw new FactsFault(
            `${shown}.${key}`,
            `不认识的字段。这里可以用：${[list.key, ...list.attributes].join('、')}`,
          );
        read[spec.path] = inner === null ? null : readValue(inner, spec, `${shown}.${key}`);
      }
      // Two entries of one kind (two incubators): one of them suffices, so the stronger one speaks.
      const paths = list.attributes.map((name) => `${member}.${name}`);
      if (!again || strength(read, paths, vocabulary) > strength(into, paths, vocabulary))
        for (const path of paths) into[path] = read[path];
    });
    for (const id of Object.keys(list.members)) if (!seen.has(id)) into[`${list.name}[${id}]`] = false;
  }

  walk(input, '', top, '');
  return { top, services, servicesGiven };
}

/** How much an entry of a list can show for itself: holding beats not holding, a value listed earlier beats a later one. */
function strength(
  record: Readonly<Record<string, Scalar | undefined>>,
  paths: readonly string[],
  vocabulary: Vocabulary,
): number {
  let sum = 0;
  for (const path of paths) {
    const value = record[path];
    const values = Object.keys(vocabulary.facts.get(path)?.values ?? {});
    if (typeof value === 'boolean') sum += value ? 2000 : 0;
    else if (typeof value === 'string') sum += 100 - values.indexOf(value);
    else sum += vocabulary.facts.get(path)?.type === 'bool' ? 1000 : 50;
  }
  return sum;
}

const prefixesOf = new WeakMap<Vocabulary, ReadonlySet<string>>();

/** Every path that has facts below it. Worked out once per vocabulary: thousands of cases are read against it. */
function prefixes(vocabulary: Vocabulary): ReadonlySet<string> {
  const before = prefixesOf.get(vocabulary);
  if (before) return before;
  const all = new Set<string>();
  prefixesOf.set(vocabulary, all);
  for (const [path, spec] of vocabulary.facts) {
    if (spec.computed) continue;
    for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) all.add(path.slice(0, dot));
  }
  return all;
}

function siblings(path: string, known: ReadonlySet<string>, vocabulary: Vocabulary): string {
  const prefix = path === '' || path.endsWith('.') ? path : `${path}.`;
  const names = new Set<string>();
  for (const [full, spec] of vocabulary.facts) {
    if (spec.computed || spec.member !== undefined || !full.startsWith(prefix)) continue;
    names.add(full.slice(prefix.length).split(/[.[]/)[0] ?? '');
  }
  if (path === '') names.add('services');
  return [...names].filter((name) => name !== '' || known.size === 0).join('、');
}

export { FactsFault, type NumberText } from './border-value.ts';
