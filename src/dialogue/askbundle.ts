import { yuanForPeople, type Assignment, type Facts } from '../policy/index.ts';
import { itemValue, stepName, type Bundle, type Guide } from './guide.ts';
import { keptQuestion } from './kept.ts';
import { ALL_ID, OPEN_ID } from './offers.ts';
import type { AskWords, Prepared } from './prepared.ts';
import { bundleItems, type WantedItem } from './scan.ts';
import type { StepRef } from './state.ts';

/** Says which of several services a question is about. */
export function serviceHeading(guide: Guide, facts: Facts, index: number, words: AskWords): string {
  const name = facts.services[index]?.[guide.files.questions.free.name ?? ''];
  return facts.services.length > 1 || index > 0
    ? words.service(index + 1, typeof name === 'string' ? name : undefined)
    : '';
}

/** Prepares a bundle for asking; undefined when nothing of it is left to ask. */
export function prepareBundle(
  guide: Guide,
  step: StepRef & { kind: 'bundle' },
  facts: Facts,
  now: number,
  words: AskWords,
  changing: readonly string[] | undefined,
): Prepared | undefined {
  const bundle = guide.bundles.get(step.id);
  if (!bundle) return undefined;
  const items = bundleItems(guide, step, facts, now, changing);
  if (items.length === 0) return undefined;
  const gives = items.map(({ item, path }) => ({
    path,
    value: itemValue(guide, item, facts, step.service, now) ?? null,
  }));
  const heading = step.service === undefined ? '' : serviceHeading(guide, facts, step.service, words);
  const make = (): Prepared => bundleOf(guide, step, bundle, items, gives, heading);
  if (heading !== '') return make();
  let key = stepName(step);
  for (const [index, { item }] of items.entries()) {
    key += ` ${item.fact}`;
    if (item.same_as === undefined) continue;
    const value = gives[index]?.value;
    // Anything but a number could be somebody's words.
    if (typeof value !== 'number') return make();
    key += `=${String(value)}`;
  }
  return keptQuestion(guide, key, make);
}

function bundleOf(
  guide: Guide,
  step: StepRef & { kind: 'bundle' },
  bundle: Bundle,
  items: readonly WantedItem[],
  gives: readonly Assignment[],
  heading: string,
): Prepared {
  const lines = items.map(({ item }, index) => {
    const value = gives[index]?.value;
    const amount = item.same_as !== undefined && typeof value === 'number' && isMoney(guide, item.fact);
    return `· ${item.text}${amount ? `（${yuanForPeople(value)}）` : ''}`;
  });
  return {
    step,
    kind: 'bundle',
    paths: items.map(({ path }) => path),
    text: [heading + bundle.ask, ...lines].join('\n'),
    why: bundle.why,
    offers: [
      { id: ALL_ID, label: bundle.all_true, says: ['都符合', '都是', '全部符合', '没问题', '都满足'], gives },
      { id: OPEN_ID, label: bundle.some_not, says: ['有不符合的', '不都符合', '不全符合', '有一项不符合', '逐项问'] },
    ],
  };
}

function isMoney(guide: Guide, fact: string): boolean {
  return guide.programme.vocabulary.facts.get(fact)?.type === 'money';
}
