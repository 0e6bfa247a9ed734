import { factAt, servicePath, type BundleItem, type Facts } from '../policy/index.ts';
import { bundleKey, concrete, itemsOf, itemValue, stepName, type Guide } from './guide.ts';
import { entriesOf, type Entry } from './order.ts';
import { situationOf } from './situation.ts';
import { NEW_INTERVIEW, type Interview, type StepRef } from './state.ts';

/** An item of a bundle with its concrete path. */
export interface WantedItem {
  readonly item: BundleItem;
  readonly fact: string;
  readonly path: string;
}

/** Looks through the questions of a programme for one that is still needed. */
export class Scan {
  private readonly guide: Guide;
  private readonly facts: Facts;
  private readonly interview: Interview;
  private readonly now: number;

  constructor(guide: Guide, facts: Facts, interview: Interview, now: number) {
    this.guide = guide;
    this.facts = facts;
    this.interview = interview;
    this.now = now;
  }

  /** The first step of the order that is needed; then whatever is needed and has a question, order or not. */
  section(
    order: readonly string[],
    needed: ReadonlySet<string>,
    also: () => ReadonlySet<string>,
    service: number | undefined,
  ): StepRef | undefined {
    const open = new Set<string>();
    for (const path of needed) if (this.unasked(path)) open.add(path);
    if (open.size === 0) return undefined;
    let wide: Set<string> | undefined;
    const inBundle = (): Set<string> => {
      if (wide) return wide;
      wide = new Set(open);
      for (const path of also()) if (this.unasked(path)) wide.add(path);
      return wide;
    };
    const look = (entry: Entry): StepRef | undefined => {
      if (entry.bundle !== undefined) return this.bundle(entry.bundle, open, inBundle, service);
      for (const fact of entry.facts)
        if (open.has(concrete(fact, service))) return this.question(entry.name, open, service);
      return undefined;
    };
    const entries = entriesOf(this.guide, order);
    // A list of which something is known already comes last: what is known may be enough.
    const later: Entry[] = [];
    for (const entry of entries) {
      if (entry.multi && entry.facts.some((fact) => factAt(this.facts, fact) === true)) later.push(entry);
      else {
        const step = look(entry);
        if (step) return step;
      }
    }
    for (const entry of later) {
      const step = look(entry);
      if (step) return step;
    }
    for (const path of open) {
      const found = servicePath(path);
      const first = this.guide.questions.get(found?.key ?? path)?.facts[0];
      const step = first === undefined ? undefined : this.question(first, open, found?.index);
      if (step) return step;
    }
    return undefined;
  }

  /** The first question about a service that nobody has said anything about. */
  firstOfService(order: readonly string[], service: number): StepRef | undefined {
    const fact = order.find((entry) => !entry.startsWith('bundle:'));
    return fact === undefined ? undefined : { kind: 'question', fact, service };
  }

  /** Whether anything was said about a member of a list, if only that it is not known. */
  private touched(member: string): boolean {
    const within = `${member}.`;
    return Object.keys(this.facts.top).some((path) => path === member || path.startsWith(within));
  }

  private unasked(path: string): boolean {
    return factAt(this.facts, path) === undefined;
  }

  private question(entry: string, open: ReadonlySet<string>, service: number | undefined): StepRef | undefined {
    const question = this.guide.questions.get(entry);
    if (!question?.facts.some((fact) => open.has(concrete(fact, service)))) return undefined;
    // The level of a place nobody named is not asked for: the list comes first.
    const member = this.guide.programme.vocabulary.facts.get(entry)?.member;
    if (member !== undefined && question.kind !== 'multi' && !this.touched(member)) return undefined;
    const step = questionStep(entry, service);
    if (this.interview.opened.length === 0) return step;
    return this.interview.opened.includes(stepName({ ...step, unsure: true })) ? { ...step, unsure: true } : step;
  }

  private bundle(
    id: string,
    open: ReadonlySet<string>,
    wide: () => ReadonlySet<string>,
    service: number | undefined,
  ): StepRef | undefined {
    const bundle = this.guide.bundles.get(id);
    // What only the amount needs is worked out when the bundle has something that matters at all.
    if (!bundle || !itemsOf(bundle, undefined).some((item) => open.has(concrete(item.fact, service)))) return undefined;
    const inBundle = wide();
    const items = this.wantedItems(id, undefined, inBundle, service);
    if (!items.some((fact) => open.has(fact.path))) return undefined;
    const at = service === undefined ? {} : { service };
    if (!this.interview.opened.includes(bundleKey({ id, ...at }))) {
      if (items.length > 1) return { kind: 'bundle', id, ...at };
      return this.single(items[0]?.fact, service);
    }
    const parts = bundle.parts.map((_, part) => this.wantedItems(id, part, inBundle, service));
    for (const [part, wanted] of parts.entries()) {
      const needed = wanted.filter((fact) => open.has(fact.path));
      if (needed.length === 0) continue;
      // The last part is not asked as a whole: the person said that something is not so.
      const later = parts.slice(part + 1).some((rest) => rest.length > 1);
      const untouched = wanted.length === itemsOf(bundle, part).length;
      if (wanted.length > 1 && later && untouched && !this.interview.opened.includes(bundleKey({ id, part, ...at })))
        return { kind: 'bundle', id, part, ...at };
      return this.single(needed[0]?.fact, service);
    }
    return undefined;
  }

  private single(fact: string | undefined, service: number | undefined): StepRef | undefined {
    const first = fact === undefined ? undefined : this.guide.questions.get(fact)?.facts[0];
    return first === undefined ? undefined : questionStep(first, service);
  }

  /** The items of a bundle (part) that are still to be asked and have a value that can be affirmed. */
  wantedItems(
    id: string,
    part: number | undefined,
    wanted: ReadonlySet<string>,
    service: number | undefined,
  ): WantedItem[] {
    const bundle = this.guide.bundles.get(id);
    if (!bundle) return [];
    const found: WantedItem[] = [];
    for (const item of itemsOf(bundle, part)) {
      const path = concrete(item.fact, service);
      if (wanted.has(path) && itemValue(this.guide, item, this.facts, service, this.now) !== undefined)
        found.push({ item, fact: item.fact, path });
    }
    return found;
  }
}

function questionStep(fact: string, service: number | undefined): StepRef & { kind: 'question' } {
  return service === undefined ? { kind: 'question', fact } : { kind: 'question', fact, service };
}

/**
 * The items of a bundle that a question about it shows: those that matter and nobody answered yet; for a changed answer,
 * those it was about (all of them when it opened the bundle).
 */
export function bundleItems(
  guide: Guide,
  step: StepRef & { kind: 'bundle' },
  given: Facts,
  now: number,
  changing: readonly string[] | undefined,
): WantedItem[] {
  const bundle = guide.bundles.get(step.id);
  if (!bundle) return [];
  const { facts: wide, needs: all } = situationOf(guide, given, now);
  const own = step.service === undefined ? all.applicant : all.service(step.service);
  const wanted = new Set<string>();
  if (changing === undefined) {
    for (const path of own) if (factAt(wide, path) === undefined) wanted.add(path);
    for (const path of all.amount) if (factAt(wide, path) === undefined) wanted.add(path);
  } else {
    const paths = itemsOf(bundle, step.part).map((item) => concrete(item.fact, step.service));
    for (const path of changing.length === 0 ? paths : changing) wanted.add(path);
  }
  return new Scan(guide, wide, NEW_INTERVIEW, now).wantedItems(step.id, step.part, wanted, step.service);
}
