import { assess, factAt, type Facts } from '../policy/index.ts';
import type { Flow, Guard, Section } from './flow.ts';
import { concrete, type Guide } from './guide.ts';
import { situationOf } from './situation.ts';
import type { Interview, StepRef } from './state.ts';
import { Scan } from './scan.ts';

const NONE = (): ReadonlySet<string> => new Set();

/** More steps than any real interview takes: a loop in a flow fails visibly instead of hanging. */
const STEP_CAP = 1000;

/**
 * The next question of a flow, by need: the first in the programme's order whose answer the verdict or the amount still
 * depends on. A fact that was asked and is not known is not asked again. Undefined when nothing is left to ask.
 * @throws Error when a flow loops without end.
 */
export function nextStep(
  guide: Guide,
  flow: Flow,
  given: Facts,
  interview: Interview,
  now: number,
): StepRef | undefined {
  const { programme } = guide;
  const { facts, assessment: strict, needs: wanted } = situationOf(guide, given, now);
  const scan = new Scan(guide, facts, interview, now);
  const { order } = programme.files.questions;
  let service = 0;

  const ask = (section: Section): StepRef | undefined => {
    switch (section) {
      case 'applicant':
        return scan.section(order.applicant, wanted.applicant, () => wanted.amount, undefined);
      case 'service':
        if (service >= facts.services.length) return scan.firstOfService(order.service, service);
        return scan.section(order.service, wanted.service(service), () => wanted.amount, service);
      case 'more':
        if (service < facts.services.length - 1 || interview.more[service] !== undefined) return undefined;
        return { kind: 'more', service };
      case 'amount':
        return scan.section(order.amount, wanted.amount, NONE, undefined);
      case 'sums':
        return scan.section(order.service, baseFacts(guide, facts, service), NONE, service);
    }
  };
  // What fails over all services named so far may hold with one that was not named yet.
  const mayBeMended = (): boolean =>
    strict.applicant === -1 &&
    facts.services.length > 0 &&
    interview.more[facts.services.length - 1] !== 'no' &&
    assess(programme, { ...facts, services: [...facts.services, {}] }, now).applicant !== -1;
  const holds = (guard: Guard | undefined): boolean => {
    switch (guard) {
      case undefined:
        return true;
      case 'applicant_fails':
        return strict.applicant === -1 && !mayBeMended();
      case 'no_service_needed':
        return !strict.serviceNeeded && !mayBeMended();
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
  return new Set(
    wanted.map((base) => concrete(base.fact, service)).filter((path) => factAt(facts, path) === undefined),
  );
}
