/**
 * An interview as data: which section is asked, and where to go next. Sections come from the programme's own order of
 * questions; a flow says only how they follow one another, so that it can be read, drawn and checked without running.
 */
export interface Flow {
  readonly id: string;
  readonly title: string;
  readonly start: string;
  readonly steps: Readonly<Record<string, FlowStep>>;
}

/** What is asked in a step: facts about the applicant, a service, the amount, the sums alone, or whether more follows. */
export type Section = 'applicant' | 'service' | 'more' | 'amount' | 'sums';

export type Guard =
  | 'applicant_fails'
  | 'no_service_needed'
  /** Another service is named, or announced. */
  | 'another_service';

export interface FlowStep {
  readonly asks?: Section;
  /** The end: what is told. */
  readonly tells?: 'verdict' | 'estimate';
  readonly then?: readonly { readonly when?: Guard; readonly go: string; readonly nextService?: true }[];
}

/** Faults of a flow: unknown steps, steps without way out, loops without a service to move on to. */
export function flowFaults(flow: Flow): string[] {
  const faults: string[] = [];
  const known = new Set(Object.keys(flow.steps));
  if (!known.has(flow.start)) faults.push(`${flow.id}: unknown start ${flow.start}`);
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const step = flow.steps[name];
    if (!step) return;
    if (step.tells === undefined && !(step.then ?? []).some((edge) => edge.when === undefined))
      faults.push(`${flow.id}.${name}: there is no way out for every case`);
    for (const edge of step.then ?? []) {
      if (!known.has(edge.go)) faults.push(`${flow.id}.${name}: unknown step ${edge.go}`);
      visit(edge.go);
    }
  };
  visit(flow.start);
  for (const name of known) if (!reached.has(name)) faults.push(`${flow.id}.${name}: is never reached`);
  return faults;
}
