import {
  factAt,
  vocabularyPath,
  withFacts,
  withoutFacts,
  type Assignment,
  type Facts,
  type Scalar,
} from '../policy/index.ts';
import { concrete, sameStep, stepName, type Guide } from './guide.ts';
import type { Answered, Before, Dossier, Interview, StepRef } from './state.ts';

/** Steps of an interview over a dossier; every function returns a new dossier and touches nothing else. */

/** Records an answer to the pending question. A changed answer takes back what depended on it. */
export function give(guide: Guide, dossier: Dossier, interview: Interview, gives: readonly Assignment[]): Dossier {
  const step = interview.pending;
  if (!step) return { ...dossier, facts: withFacts(dossier.facts, gives, guide.programme.vocabulary) };
  const editing = interview.editing === undefined ? undefined : interview.asked[interview.editing];
  let facts = dossier.facts;
  if (editing) facts = withoutFacts(facts, staleAfter(guide, facts, editing, gives));
  const paths = touched(guide, gives);
  const before = paths.map((path) => remembered(facts, path));
  facts = trim(withFacts(facts, gives, guide.programme.vocabulary));
  const entry: Answered = { step, before: editing ? merge(editing.before, before) : before };
  return settle(dossier, facts, interview, entry);
}

/** Opens the pending question: a bundle part by part, a multiple choice by asking which items are not known. */
export function open(guide: Guide, dossier: Dossier, interview: Interview, gives: readonly Assignment[] = []): Dossier {
  const step = interview.pending;
  if (!step || step.kind === 'more') return dossier;
  const key = stepName(step.kind === 'bundle' ? step : { ...step, unsure: true });
  const opened = interview.opened.includes(key) ? interview.opened : [...interview.opened, key];
  const given = give(guide, dossier, { ...interview, opened }, gives);
  if (!given.interview) return given;
  const at = interview.editing ?? given.interview.asked.length - 1;
  const asked = given.interview.asked.map((entry, index) => (index === at ? { ...entry, opened: key } : entry));
  return { ...given, interview: { ...given.interview, asked } };
}

/** Answers "any other services?"; "no" on a changed answer drops the services after it. */
export function answerMore(dossier: Dossier, interview: Interview, more: 'yes' | 'no'): Dossier {
  const step = interview.pending;
  if (step?.kind !== 'more') return dossier;
  // Services from a pasted list were never asked about one by one: whatever precedes the last had a successor.
  const list = [...Array.from({ length: step.service }, (_, i) => interview.more[i] ?? ('yes' as const)), more];
  const services = more === 'no' ? dossier.facts.services.slice(0, step.service + 1) : dossier.facts.services;
  return settle(dossier, { ...dossier.facts, services }, { ...interview, more: list }, { step, before: [] });
}

function settle(dossier: Dossier, facts: Facts, interview: Interview, entry: Answered): Dossier {
  const { editing } = interview;
  const asked =
    editing === undefined
      ? [...interview.asked, entry]
      : interview.asked.map((old, i) => (i === editing ? entry : old));
  return { ...dossier, facts, interview: { ...unpending(interview), asked, misses: 0, done: false } };
}

/** An interview without a question that waits for its answer. */
export function unpending(interview: Interview): Interview {
  // Taken away, a field would be slow to put back, and it is put back with the next question.
  if (interview.editing === undefined && interview.confirm === undefined) return { ...interview, pending: undefined };
  const { pending: _pending, editing: _editing, confirm: _confirm, ...rest } = interview;
  return rest;
}

/** Takes the last answer back, so that its question is the next one again; undefined when there is none. */
export function back(dossier: Dossier, interview: Interview): Dossier | undefined {
  if (interview.noted?.at === interview.asked.length) {
    const { noted, pending: _open, confirm: _choices, ...kept } = interview;
    return { ...dossier, facts: restore(dossier.facts, noted.before), interview: { ...kept, misses: 0, done: false } };
  }
  const last = interview.asked.at(-1);
  if (!last) return undefined;
  const facts = restore(dossier.facts, last.before);
  const { pending: _pending, editing: _editing, confirm: _confirm, ...rest } = interview;
  const opened = last.opened === undefined ? rest.opened : rest.opened.filter((key) => key !== last.opened);
  const more = last.step.kind === 'more' ? rest.more.slice(0, last.step.service) : rest.more;
  const next = { ...rest, asked: rest.asked.slice(0, -1), opened, more, misses: 0, done: false, pending: last.step };
  return { ...dossier, facts, interview: next };
}

/** Puts question N again, to change its answer; undefined when there is no such question. */
export function edit(dossier: Dossier, interview: Interview, n: number): Dossier | undefined {
  const target = interview.asked[n - 1];
  if (!target) return undefined;
  const { confirm: _confirm, ...rest } = interview;
  return { ...dossier, interview: { ...rest, pending: target.step, editing: n - 1, misses: 0, done: false } };
}

/** Facts from a free sentence: kept apart from the answers, so that 上一步 takes back the sentence and nothing else. */
export function note(guide: Guide, dossier: Dossier, interview: Interview, gives: readonly Assignment[]): Dossier {
  const before = touched(guide, gives).map((path) => remembered(dossier.facts, path));
  const facts = trim(withFacts(dossier.facts, gives, guide.programme.vocabulary));
  return { ...dossier, facts, interview: { ...interview, noted: { at: interview.asked.length, before } } };
}

/** Everything an answer gives, with the list members that naming an attribute implies. */
function touched(guide: Guide, gives: readonly Assignment[]): string[] {
  const paths = new Set<string>();
  for (const { path } of gives) {
    const member = guide.programme.vocabulary.facts.get(path)?.member;
    if (member !== undefined) paths.add(member);
    paths.add(path);
  }
  return [...paths];
}

function remembered(facts: Facts, path: string): Before {
  const value = factAt(facts, path);
  return value === undefined ? { path } : { path, value };
}

/** The first memory of a path is the one to go back to. */
function merge(old: readonly Before[], fresh: readonly Before[]): Before[] {
  const seen = new Set(old.map((one) => one.path));
  return [...old, ...fresh.filter((one) => !seen.has(one.path))];
}

/** Paths that the old answer gave and the new one does not, and values that followed a changed one. */
function staleAfter(guide: Guide, facts: Facts, old: Answered, gives: readonly Assignment[]): string[] {
  const fresh = new Map<string, Scalar>(gives.map(({ path, value }) => [path, value]));
  const stale = old.before.map((one) => one.path).filter((path) => !fresh.has(path));
  const changed = new Set(
    [...stale, ...fresh.keys()].filter((path) => !fresh.has(path) || fresh.get(path) !== factAt(facts, path)),
  );
  if (old.step.kind === 'bundle') for (const path of stale) changed.add(path);
  for (const bundle of guide.bundles.values())
    for (const item of bundle.parts.flat()) {
      if (item.same_as === undefined) continue;
      for (const path of changed)
        if (vocabularyPath(path) === item.same_as)
          stale.push(concrete(item.fact, old.step.kind === 'more' ? undefined : old.step.service));
    }
  return stale;
}

function restore(facts: Facts, before: readonly Before[]): Facts {
  const gone = before.filter((one) => one.value === undefined).map((one) => one.path);
  const top: Record<string, Scalar | undefined> = { ...facts.top };
  const kept = before.filter((one) => one.value !== undefined && !one.path.startsWith('services['));
  for (const { path, value } of kept) top[path] = value;
  const cleared = withoutFacts({ ...facts, top }, gone);
  const services = cleared.services.map((service) => ({ ...service }));
  for (const { path, value } of before) {
    const at = /^services\[(\d+)\]\.(.+)$/.exec(path);
    if (at && value !== undefined) {
      const record = services[Number(at[1])];
      if (record) record[`services[].${at[2] ?? ''}`] = value;
    }
  }
  return trim({ ...cleared, services });
}

/** Services of which nothing is known any more, at the end of the list, were never named. */
function trim(facts: Facts): Facts {
  let length = facts.services.length;
  while (length > 0 && Object.values(facts.services[length - 1] ?? {}).every((value) => value === undefined))
    length -= 1;
  return { ...facts, services: facts.services.slice(0, length), servicesGiven: length > 0 };
}

/** The number a question has, or would have when put now. */
export function numberOf(interview: Interview, step: StepRef): number {
  if (interview.editing !== undefined && sameStep(interview.asked[interview.editing]?.step, step))
    return interview.editing + 1;
  return interview.asked.length + 1;
}
