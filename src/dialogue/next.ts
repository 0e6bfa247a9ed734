import { assess, estimate, factAt, needs, servicePath, withFacts, type Facts } from '../policy/index.ts';
import type { Flow, Guard, Section } from './flow.ts';
import { bundleKey, concrete, itemsOf, itemValue, type Guide } from './guide.ts';
import { NEW_INTERVIEW, type Interview, type StepRef } from './state.ts';

/** More steps than any real interview takes: a loop in a flow fails visibly instead of hanging. */
const STEP_CAP = 1000;

/**
 * The next question of a flow, by need: the first in the programme's order whose answer the verdict or the amount still
 * depends on. A fact that was asked and is not known is not asked again. Undefined when nothing is left to ask.
 * @throws Error when a flow loops without end.
 */
export function nextStep(guide: Guide, flow: Flow, given: Facts, interview: Interview, now: number): StepRef | undefined {
  const { programme } = guide;
  // The first service is asked for before it exists.
  const facts = given.services.length === 0 ? { ...given, services: [{}], servicesGiven: true } : given;
  const strict = assess(programme, facts, now, { askEvents: true });
  const sums = estimate(programme, facts, now, strict);
  const wanted = needs(programme, facts, now, strict, sums, { askEvents: true });
  const scan = new Scan(guide, facts, interview, now);
  const { order } = programme.files.questions;
  let service = 0;

  const ask = (section: Section): StepRef | undefined => {
    switch (section) {
      case 'applicant':
        return scan.section(order.applicant, wanted.applicant, wanted.amount, undefined);
      case 'service':
        if (service >= facts.services.length) return scan.firstOfService(order.service, service);
        return scan.section(order.service, wanted.services[service] ?? new Set(), wanted.amount, service);
      case 'more':
        if (service < facts.services.length - 1 || interview.more[service] !== undefined) return undefined;
        return { kind: 'more', service };
      case 'amount':
        return scan.section(order.amount, wanted.amount, new Set(), undefined);
      case 'sums':
        return scan.section(order.service, baseFacts(guide, facts, service), new Set(), service);
    }
  };
  const holds = (guard: Guard | undefined): boolean => {
    switch (guard) {
      case undefined:
        return true;
      case 'applicant_fails':
        return strict.applicant === -1;
      case 'no_service_needed':
        return !strict.serviceNeeded;
      case 'another_service':
        return service < facts.services.length - 1 || interview.more[service] === 'yes';
    }
  };

  let at = flow.start;
  for (let count = 0; count < STEP_CAP; count += 1) {
    const step = flow.steps[at];
    if (!step || step.tells !== undefined) return undefined;
    const found = step.asks && ask(step.asks);
    if (found) return found;
    const edge = step.then?.find((one) => holds(one.when));
    if (!edge) return undefined;
    if (edge.nextService) service += 1;
    at = edge.go;
  }
  throw new Error(`flow ${flow.id} does not come to an end at step ${at}`);
}

/** The amounts that the sums are made of, of one service. */
function baseFacts(guide: Guide, facts: Facts, service: number): Set<string> {
  const wanted = guide.programme.lines.flatMap((line) => line.file.base.filter((base) => !base.optional));
  return new Set(wanted.map((base) => concrete(base.fact, service)).filter((path) => factAt(facts, path) === undefined));
}

class Scan {
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
    also: ReadonlySet<string>,
    service: number | undefined,
  ): StepRef | undefined {
    const open = new Set([...needed].filter((path) => this.unasked(path)));
    if (open.size === 0) return undefined;
    const inBundle = new Set([...open, ...[...also].filter((path) => this.unasked(path))]);
    for (const entry of order) {
      const step = entry.startsWith('bundle:')
        ? this.bundle(entry.slice('bundle:'.length), open, inBundle, service)
        : this.question(entry, open, service);
      if (step) return step;
    }
    for (const path of open) {
      const found = servicePath(path);
      const key = found?.key ?? path;
      if (this.guide.questions.has(key))
        return { kind: 'question', fact: this.guide.questions.get(key)?.facts[0] ?? key, ...(found ? { service: found.index } : {}) };
    }
    return undefined;
  }

  /** The first question about a service that nobody has said anything about. */
  firstOfService(order: readonly string[], service: number): StepRef | undefined {
    const fact = order.find((entry) => !entry.startsWith('bundle:'));
    return fact === undefined ? undefined : { kind: 'question', fact, service };
  }

  private unasked(path: string): boolean {
    return factAt(this.facts, path) === undefined;
  }

  private question(entry: string, open: ReadonlySet<string>, service: number | undefined): StepRef | undefined {
    const question = this.guide.questions.get(entry);
    if (!question?.facts.some((fact) => open.has(concrete(fact, service)))) return undefined;
    return { kind: 'question', fact: entry, ...(service === undefined ? {} : { service }) };
  }

  private bundle(
    id: string,
    open: ReadonlySet<string>,
    inBundle: ReadonlySet<string>,
    service: number | undefined,
  ): StepRef | undefined {
    const bundle = this.guide.bundles.get(id);
    if (!bundle) return undefined;
    const at = service === undefined ? {} : { service };
    const items = this.wantedItems(id, undefined, inBundle, service);
    if (!items.some((fact) => open.has(fact.path))) return undefined;
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
    if (fact === undefined) return undefined;
    const first = this.guide.questions.get(fact)?.facts[0];
    return first === undefined ? undefined : { kind: 'question', fact: first, ...(service === undefined ? {} : { service }) };
  }

  /** The items of a bundle (part) that are still to be asked and have a value that can be affirmed. */
  wantedItems(id: string, part: number | undefined, wanted: ReadonlySet<string>, service: number | undefined) {
    const bundle = this.guide.bundles.get(id);
    if (!bundle) return [];
    return itemsOf(bundle, part)
      .map((item) => ({ item, fact: item.fact, path: concrete(item.fact, service) }))
      .filter(({ item, path }) => wanted.has(path) && itemValue(this.guide, item, this.facts, service, this.now) !== undefined);
  }
}

/** The items of a bundle that a question about it shows: those nobody answered yet. */
export function bundleItems(guide: Guide, step: StepRef & { kind: 'bundle' }, given: Facts, now: number) {
  const virtual = step.service !== undefined && given.services[step.service] === undefined;
  const facts = virtual ? withFacts(given, [], guide.programme.vocabulary) : given;
  const wide = step.service !== undefined && facts.services.length === 0 ? { ...facts, services: [{}], servicesGiven: true } : facts;
  const strict = assess(guide.programme, wide, now, { askEvents: true });
  const sums = estimate(guide.programme, wide, now, strict);
  const all = needs(guide.programme, wide, now, strict, sums, { askEvents: true });
  const own = step.service === undefined ? all.applicant : (all.services[step.service] ?? new Set<string>());
  const wanted = new Set([...own, ...all.amount].filter((path) => factAt(wide, path) === undefined));
  return new Scan(guide, wide, NO_POSITION, now).wantedItems(step.id, step.part, wanted, step.service);
}

const NO_POSITION = NEW_INTERVIEW;
