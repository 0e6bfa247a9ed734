import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import type { Programme } from '../../src/policy/compile.ts';
import type { FactSpec } from '../../src/policy/vocabulary.ts';
import type { Persona } from './walker.ts';

type Json = Record<string, unknown>;

const CASES = resolve(import.meta.dirname, '../policy/cases.jsonl');

/** A case in which everything is in order, to be changed fact by fact. */
function baseline(id: string): Json {
  const line =
    readFileSync(CASES, 'utf8')
      .split('\n')
      .find((one) => one.includes(`"id": "${id}"`)) ?? '{}';
  return (JSON.parse(line) as { facts: Json }).facts;
}

const BASELINES: Readonly<Record<string, string>> = { 'shanxi-2026': 'SX-001', luoyang: 'LY-001' };

/** Never told by a person in an interview: found by the dialogue, or without weight for the verdict. */
const NOT_TOLD =
  /^(?:contradictions|role|policy_issued_on|forwarded_to_centre_at|submitted_|paper_dossier)|contract_id$|\.name$/;

function anyValue(spec: FactSpec): fc.Arbitrary<unknown> {
  const own = ((): fc.Arbitrary<unknown> => {
    switch (spec.type) {
      case 'bool':
        return fc.boolean();
      case 'choice':
        return fc.constantFrom(...Object.keys(spec.values ?? { x: 'x' }));
      case 'money':
        return fc.constantFrom(0, 1, 100000, 333333.33, 1200000, 99999.99, 60000);
      case 'count':
        return fc.constantFrom(2025, 2026, 2027);
      case 'date':
        return fc.constantFrom(
          '2025-06-30',
          '2025-07-01',
          '2026-06-30',
          '2026-07-01',
          '2023-07-01',
          '2026-05-06',
          '2025-12-31',
        );
      case 'instant':
      case 'text':
      case 'texts':
        return fc.constant(null);
    }
  })();
  return spec.negativeEvent && spec.type !== 'bool'
    ? fc.oneof(own, fc.constant(null))
    : fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: fc.constant(null) });
}

function put(target: Json, path: string, value: unknown): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let at = target;
  for (const part of parts) {
    const next = at[part];
    at[part] = typeof next === 'object' && next !== null ? { ...(next as Json) } : {};
    at = at[part] as Json;
  }
  at[last] = value;
}

/** Personas of a programme: a sound case with some facts changed, up to three services, any set of identities. */
export function personaArb(programme: Programme): fc.Arbitrary<Persona> {
  const base = baseline(BASELINES[programme.id] ?? '');
  const specs = [...programme.vocabulary.facts.values()].filter(
    (spec) =>
      !spec.computed && spec.member === undefined && !/\[[a-z_]+\]$/.test(spec.path) && !NOT_TOLD.test(spec.path),
  );
  const changes = (perService: boolean): fc.Arbitrary<[string, unknown][]> => {
    const own = specs.filter((spec) => spec.perService === perService);
    const one = fc
      .constantFrom(...own)
      .chain((spec) => anyValue(spec).map((value): [string, unknown] => [spec.path.replace('services[].', ''), value]));
    return fc.array(one, { maxLength: 3 });
  };
  const list = programme.vocabulary.lists.get('identities');
  const attribute = (member: string, name: string): fc.Arbitrary<unknown> => {
    const spec = programme.vocabulary.facts.get(`identities[${member}].${name}`);
    return spec ? anyValue(spec) : fc.constant(null);
  };
  const identity = fc.constantFrom(...Object.keys(list?.members ?? {})).chain((type) =>
    fc.record({
      type: fc.constant(type),
      ...Object.fromEntries((list?.attributes ?? []).map((name) => [name, attribute(type, name)])),
    }),
  );
  const identities = fc.uniqueArray(identity, { selector: (one) => one.type, maxLength: 3 });
  const service = changes(true).map((list_) => {
    const made: Json = structuredClone((base['services'] as Json[])[0] ?? {});
    for (const [path, value] of list_) put(made, path, value);
    return made;
  });
  return fc
    .record({
      top: changes(false),
      identities: fc.option(identities, { nil: undefined }),
      services: fc.array(service, { minLength: 1, maxLength: 3 }),
    })
    .map(({ top, identities: own, services }) => {
      const made: Json = structuredClone(base);
      for (const [path, value] of top) put(made, path, value);
      if (own) made['identities'] = own;
      made['services'] = services;
      return consistent(made);
    });
}

/**
 * A person does not say in one interview that she is, and is not, a resident of the same place; and whoever no longer
 * lives there does not pick it, which an interview cannot tell from never having lived there.
 */
function consistent(persona: Json): Persona {
  const applicant = (persona['applicant'] ?? {}) as Json;
  const identities = (persona['identities'] ?? []) as Json[];
  const inside = ['resident', 'moved_in_during_year'].includes(String(applicant['jinchuanggu_status']));
  const kept = identities.filter((one) => one['type'] !== 'resident_jinchuanggu' || (one['valid'] === true && inside));
  return { ...persona, identities: kept };
}
