import fc from 'fast-check';
import type { Programme } from '../../src/policy/compile.ts';
import { valuesOf } from '../../src/policy/domains.ts';
import { NO_FACTS, type Facts, type Scalar } from '../../src/policy/facts.ts';
import { analysisOf } from '../../src/policy/leaves.ts';
import type { FactSpec } from '../../src/policy/vocabulary.ts';

type Values = Record<string, Scalar | undefined>;

export interface FactsShape {
  readonly minServices?: number;
  readonly maxServices?: number;
  /** Of a hundred facts, how many stay unknown. */
  readonly unknown?: number;
  /** Of a hundred known facts, how many take any value at all; the others take one that tends to pass. */
  readonly odd?: number;
  /** Documents in hand and other facts that no rule turns on are given as well. */
  readonly all?: boolean;
}

/** Facts with every fact at a value that suits the programme, so that few of them decide: the ground of the others. */
function suitable(spec: FactSpec): Scalar | undefined {
  if (spec.type === 'bool')
    return spec.change ? (spec.change.to[0] ?? true) : SUITABLE_NO.test(spec.path) ? false : true;
  return undefined;
}

/** Facts whose yes speaks against an application; only a help to make eligible applications likely. */
const SUITABLE_NO =
  /dishonest|affiliated|in_st_plan|fiscal|prior_|red_invoice|bad_|_funded|same_project|transferred|already_used|reused|exception/;

function valueArb(programme: Programme, spec: FactSpec, now: number, odd: number): fc.Arbitrary<Scalar> {
  const every = valuesOf(programme, spec.path.replace('[]', '[0]'), NO_FACTS, now);
  const extra: fc.Arbitrary<Scalar>[] = [];
  if (spec.type === 'money') extra.push(fc.integer({ min: 0, max: 300_000_000 }), fc.constantFrom(0, 1, 99));
  if (spec.type === 'count') extra.push(fc.nat(5));
  if (spec.negativeEvent && spec.type !== 'bool') extra.push(fc.constant(false));
  if (spec.type === 'texts' || spec.type === 'text') extra.push(fc.constantFrom<Scalar>('说法', false));
  const any = fc.oneof(...(every.length > 0 ? [fc.constantFrom(...every)] : []), ...extra);
  const good = suitable(spec) ?? (spec.negativeEvent ? false : (every[0] ?? 0));
  return fc.oneof({ weight: odd, arbitrary: any }, { weight: 100 - odd, arbitrary: fc.constant(good) });
}

/**
 * Random facts in the vocabulary of a programme: for each fact that a rule or sum turns on unknown, or a value, among
 * them every choice and both sides of every boundary. Kept to one record so that a failing case shrinks well.
 */
export function factsArb(programme: Programme, now: number, shape: FactsShape = {}): fc.Arbitrary<Facts> {
  const { minServices = 0, maxServices = 3, unknown = 25, odd = 30, all = false } = shape;
  const analysis = analysisOf(programme);
  const used = new Set<string>();
  for (const leaves of [...analysis.rules.values(), analysis.needed, analysis.sums])
    for (const { settable, path } of leaves.facts)
      for (const one of [path, ...settable])
        for (const own of [one, programme.vocabulary.facts.get(one)?.member]) if (own) used.add(own);
  for (const line of programme.lines) for (const { fact } of line.file.base) used.add(fact);
  for (const receipt of programme.receipts) used.add(receipt.value);
  if (programme.limit) used.add(programme.limit.fact);

  const specs = [...programme.vocabulary.facts.values()].filter(
    (spec) => !spec.computed && (all || used.has(spec.path)),
  );
  const record = (perService: boolean): fc.Arbitrary<Values> => {
    const entries = specs
      .filter((spec) => spec.perService === perService && !programme.vocabulary.facts.has(`${spec.path}.valid`))
      .map((spec): [string, fc.Arbitrary<Scalar | undefined>] => {
        const absent = fc.constantFrom<Scalar | undefined>(undefined, null);
        const value = valueArb(programme, spec, now, odd);
        return [
          spec.path,
          fc.oneof({ weight: unknown, arbitrary: absent }, { weight: 100 - unknown, arbitrary: value }),
        ];
      });
    return fc.record(Object.fromEntries(entries)).map((given) => {
      const kept: Values = {};
      for (const [path, value] of Object.entries(given)) if (value !== undefined) kept[path] = value;
      return kept;
    });
  };
  const members = specs.filter((spec) => programme.vocabulary.facts.has(`${spec.path}.valid`)).map((spec) => spec.path);
  const held = fc.record(
    Object.fromEntries(members.map((path) => [path, fc.constantFrom(true, true, false, false, undefined)])),
  );
  return fc
    .tuple(record(false), held, fc.array(record(true), { minLength: minServices, maxLength: maxServices }))
    .map(([top, holds, services]) => {
      // An attribute stands only on something that is held.
      const stands = ([path]: [string, unknown]): boolean => {
        const member = programme.vocabulary.facts.get(path)?.member;
        return member === undefined || holds[member] === true;
      };
      const joined: Values = Object.fromEntries(Object.entries(top).filter(stands));
      for (const [member, yes] of Object.entries(holds)) if (yes !== undefined) joined[member] = yes;
      return { top: joined, services, servicesGiven: services.length > 0 };
    });
}

/** Concrete paths of every fact given, with its value. */
export function givenPaths(facts: Facts): { path: string; value: Scalar }[] {
  const flat = (values: Readonly<Values>, at: (path: string) => string): { path: string; value: Scalar }[] =>
    Object.entries(values).flatMap(([path, value]) => (value === undefined ? [] : [{ path: at(path), value }]));
  return [
    ...flat(facts.top, (path) => path),
    ...facts.services.flatMap((service, i) => flat(service, (path) => path.replace('[]', `[${String(i)}]`))),
  ];
}
