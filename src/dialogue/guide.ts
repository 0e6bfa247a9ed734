import type { BundleItem, Programme, ProgrammeFiles, Question, Scalar, Facts } from '../policy/index.ts';
import { civilDateOf, factAt, placeOf, vocabularyPath } from '../policy/index.ts';
import type { StepRef } from './state.ts';

export type Bundle = ProgrammeFiles['questions']['bundles'][number];

/** A programme with its questions at hand. Compiled when something is first asked of it: a start names programmes only. */
export interface Guide {
  readonly files: ProgrammeFiles;
  readonly programme: Programme;
  readonly questions: ReadonlyMap<string, Question>;
  readonly bundles: ReadonlyMap<string, Bundle>;
}

class LazyGuide implements Guide {
  readonly files: ProgrammeFiles;
  private readonly compile: (files: ProgrammeFiles) => Programme;
  private compiled: Programme | undefined;
  private byFact: ReadonlyMap<string, Question> | undefined;
  private byId: ReadonlyMap<string, Bundle> | undefined;

  constructor(files: ProgrammeFiles, compile: (files: ProgrammeFiles) => Programme) {
    this.files = files;
    this.compile = compile;
  }

  get programme(): Programme {
    this.compiled ??= this.compile(this.files);
    return this.compiled;
  }

  get questions(): ReadonlyMap<string, Question> {
    this.byFact ??= new Map(
      this.files.questions.questions.flatMap((question) => question.facts.map((fact) => [fact, question] as const)),
    );
    return this.byFact;
  }

  get bundles(): ReadonlyMap<string, Bundle> {
    this.byId ??= new Map(this.files.questions.bundles.map((bundle) => [bundle.id, bundle]));
    return this.byId;
  }
}

/** Indexes the questions of a programme by the facts they ask for. */
export function buildGuide(files: ProgrammeFiles, compile: (files: ProgrammeFiles) => Programme): Guide {
  return new LazyGuide(files, compile);
}

/** The concrete path of a vocabulary path: `services[].x` of service 1 is `services[1].x`. */
export function concrete(path: string, service: number | undefined): string {
  return service === undefined ? path : placeOf(path, service);
}

/** The items of a bundle, or of one of its parts. */
export function itemsOf(bundle: Bundle, part: number | undefined): readonly BundleItem[] {
  if (part !== undefined) return bundle.parts[part] ?? [];
  const known = flattened.get(bundle);
  if (known) return known;
  const items = bundle.parts.flat();
  flattened.set(bundle, items);
  return items;
}

const flattened = new WeakMap<Bundle, readonly BundleItem[]>();

/** The value that "all true" gives to an item; undefined while the fact it follows is not known. */
export function itemValue(
  guide: Guide,
  item: BundleItem,
  facts: Facts,
  service: number | undefined,
  now: number,
): Scalar | undefined {
  if (item.same_as === undefined) return literalValue(guide, item.fact, item.value ?? null);
  const source = guide.programme.vocabulary.derived.find((entry) => entry.path === item.same_as);
  if (!source) return factAt(facts, concrete(item.same_as, service)) ?? undefined;
  for (const path of source.of) {
    if (path === 'now') return datePart(civilDateOf(now), source.part);
    const value = factAt(facts, concrete(path, service));
    if (typeof value === 'string') return datePart(value, source.part);
  }
  return undefined;
}

function datePart(date: string, part: 'year' | 'month'): number {
  return Number(part === 'year' ? date.slice(0, 4) : date.slice(5, 7));
}

/** A literal of the data files as a stored value: yuan become fen. */
export function literalValue(guide: Guide, path: string, literal: Scalar): Scalar {
  const spec = guide.programme.vocabulary.facts.get(vocabularyPath(path));
  return spec?.type === 'money' && typeof literal === 'number' ? Math.round(literal * 100) : literal;
}

/** The name of a step, as `ask.step` shows it. */
export function stepName(step: StepRef): string {
  if (step.kind === 'more') return 'services.more';
  const at = step.service === undefined ? '' : `services[${String(step.service)}].`;
  if (step.kind === 'bundle') return `${at}${step.id}${step.part === undefined ? '' : `.${String(step.part + 1)}`}`;
  return concrete(step.fact, step.service) + (step.unsure ? '.unsure' : '');
}

/** The key under which an opened bundle is remembered. */
export function bundleKey(step: { id: string; part?: number; service?: number }): string {
  return stepName({ kind: 'bundle', ...step });
}

export function sameStep(a: StepRef | undefined, b: StepRef | undefined): boolean {
  return a !== undefined && b !== undefined && stepName(a) === stepName(b) && a.service === b.service;
}
