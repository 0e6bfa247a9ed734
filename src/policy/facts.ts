import type { Vocabulary } from './vocabulary.ts';

/**
 * What is known of one enterprise under one programme. Money is fen, dates are Beijing calendar dates, instants are UTC
 * milliseconds. `null` is "asked, and not known"; an absent key was never given. `false` on a fact that is not a yes/no
 * is "there is none" (a sanction date of nobody who was ever sanctioned).
 */
export type Scalar = string | number | boolean | null;

export type FactRecord = Readonly<Record<string, Scalar | undefined>>;

export interface Facts {
  readonly top: FactRecord;
  /** One record per service, keyed by the full path `services[].category`. */
  readonly services: readonly FactRecord[];
  /** Whether the list of services is complete: false while nobody named any. */
  readonly servicesGiven: boolean;
}

export const NO_FACTS: Facts = { top: {}, services: [], servicesGiven: false };

/** One fact at its concrete place: `applicant.size`, or `services[1].category`. */
export interface Assignment {
  readonly path: string;
  readonly value: Scalar;
}

const SERVICE = /^services\[(\d{1,3})\]\.(.+)$/;
const EACH_SERVICE = 'services[]';

/** A fact of one service: `services[1].category` is `{ index: 1, key: 'services[].category' }`. */
export interface ServicePath {
  readonly index: number;
  readonly key: string;
}

// The same few hundred paths are named in every message. One text per path also lets sets compare them by identity.
const REMEMBERED = 4096;
const splits = new Map<string, ServicePath>();
const places = new Map<string, string[]>();
let placed = 0;

/** Splits `services[1].category` into its index and the path of the vocabulary; undefined for any other path. */
export function servicePath(path: string): ServicePath | undefined {
  if (!path.startsWith('services[')) return undefined;
  const known = splits.get(path);
  if (known) return known;
  const parts = SERVICE.exec(path);
  if (!parts) return undefined;
  const made = { index: Number(parts[1]), key: `services[].${parts[2] ?? ''}` };
  if (splits.size >= REMEMBERED) splits.clear();
  splits.set(path, made);
  return made;
}

/** The concrete path of a vocabulary path: `services[].x` of service 1 is `services[1].x`; others stay as they are. */
export function placeOf(path: string, service: number): string {
  const known = places.get(path);
  const at = known?.[service];
  if (at !== undefined) return at;
  if (!path.startsWith(EACH_SERVICE)) return path;
  const made = `services[${String(service)}]${path.slice(EACH_SERVICE.length)}`;
  if (placed >= REMEMBERED) {
    places.clear();
    placed = 0;
  }
  placed += 1;
  const own = places.get(path) ?? [];
  own[service] = made;
  places.set(path, own);
  return made;
}

/** The vocabulary's path of a concrete path. */
export function vocabularyPath(path: string): string {
  return servicePath(path)?.key ?? path;
}

/** The value at a concrete path; undefined when nobody gave it. */
export function factAt(facts: Facts, path: string): Scalar | undefined {
  const service = servicePath(path);
  return service ? facts.services[service.index]?.[service.key] : facts.top[path];
}

/** Facts with these values set. Naming an attribute of a list member with any value but none means that it is held. */
export function withFacts(facts: Facts, assignments: readonly Assignment[], vocabulary: Vocabulary): Facts {
  const top: Record<string, Scalar | undefined> = { ...facts.top };
  const services = facts.services.map((service) => ({ ...service }));
  let servicesGiven = facts.servicesGiven;
  for (const { path, value } of assignments) {
    const service = servicePath(path);
    if (service) {
      while (services.length <= service.index) services.push({});
      servicesGiven = true;
      (services[service.index] as Record<string, Scalar>)[service.key] = value;
      continue;
    }
    top[path] = value;
    const member = vocabulary.facts.get(path)?.member;
    if (member !== undefined && value !== null && value !== false) top[member] = true;
  }
  return { top, services, servicesGiven };
}

/** Facts without the values at these concrete paths, as if they had never been given. */
export function withoutFacts(facts: Facts, paths: readonly string[]): Facts {
  const gone = new Set(paths);
  const keep = (record: FactRecord, concrete: (path: string) => string): FactRecord =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !gone.has(concrete(path))));
  return {
    top: keep(facts.top, (path) => path),
    services: facts.services.map((service, i) => keep(service, (path) => placeOf(path, i))),
    servicesGiven: facts.servicesGiven,
  };
}
