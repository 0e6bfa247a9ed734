import { vocabularyPath } from '../../policy/facts.ts';
import type { Scope } from './scope.ts';

/**
 * What answers.yaml and free.yaml name exists: ids once, groups of the directory, facts, entries of the timeline.
 * @throws DataFault at the first one that does not.
 */
export function checkAnswers(scope: Scope): void {
  const { answers, free, contacts, timeline } = scope.files;
  const seen = new Set<string>();
  const group = (file: 'answers' | 'free', path: string, name: string | undefined): void => {
    if (name !== undefined && contacts.groups[name] === undefined)
      scope.fault(file, path, `there is no group ${name} in contacts.yaml`);
  };
  for (const answer of answers.answers) {
    const at = `answers[${answer.id}]`;
    if (seen.has(answer.id)) scope.fault('answers', at, 'the id is given twice');
    seen.add(answer.id);
    group('answers', `${at}.refer`, answer.refer);
    if (answer.show_quote && answer.quote === undefined) scope.fault('answers', at, 'shows a quote and has none');
    // An answer that its own examples cannot reach would never be given.
    for (const ask of answer.asks)
      if (answer.never.some((word) => ask.toLowerCase().includes(word.toLowerCase())))
        scope.fault('answers', `${at}.asks`, `“${ask}” has a word of never`);
  }
  group('free', 'refer', free.refer);
  group('free', 'deadline.office', free.deadline?.office);
  free.contacts.forEach((rule, at) => group('free', `contacts[${at}].group`, rule.group));
  if (free.period?.entry !== undefined && !timeline.entries.some((entry) => entry.id === free.period?.entry))
    scope.fault('free', 'period.entry', `there is no entry ${free.period.entry} in timeline.yaml`);
  for (const at of ['elsewhere', 'local', 'works_elsewhere'] as const) {
    const answer = free[at];
    if (answer !== undefined && !seen.has(answer))
      scope.fault('free', at, `there is no answer ${answer} in answers.yaml`);
  }
  if (free.provider_elsewhere && !seen.has(free.provider_elsewhere.answer))
    scope.fault('free', 'provider_elsewhere.answer', `there is no answer ${free.provider_elsewhere.answer}`);
  checkFacts(scope);
}

function checkFacts(scope: Scope): void {
  const { estimate } = scope.files.free;
  if (!estimate) return;
  const { paid, invoice, received, assume, variants } = estimate;
  const paths = [paid, invoice, received, ...Object.keys(assume), ...variants.flatMap(({ sets }) => Object.keys(sets))];
  for (const path of paths)
    if (!scope.programme.vocabulary.facts.has(vocabularyPath(path)))
      scope.fault('free', 'estimate', `unknown fact ${path}`);
}
