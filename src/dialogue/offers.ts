import { factAt, type Facts, type Question, type Scalar } from '../policy/index.ts';
import { concrete, literalValue, type Guide } from './guide.ts';
import { situationOf } from './situation.ts';
import type { StepRef } from './state.ts';
import type { AskWords, Offer, Prepared } from './prepared.ts';

/** What can be answered to a question: its choices, and the shortcuts from the second service on. */

export const UNKNOWN_ID = 'unknown';
export const OPEN_ID = 'open';
export const ALL_ID = 'all';
export const NONE_ID = 'none_of_these';

const ownOffers = new WeakMap<Guide, Map<string, readonly Offer[]>>();

/** The choices of a question; those that the data alone decides are made once per question and service. */
export function offersOf(
  guide: Guide,
  step: StepRef & { kind: 'question' },
  question: Question,
  facts: Facts,
  words: AskWords,
): readonly Offer[] {
  const known = ownOffers.get(guide) ?? new Map<string, readonly Offer[]>();
  ownOffers.set(guide, known);
  const key = concrete(step.fact, step.service);
  let own = known.get(key);
  if (!own) known.set(key, (own = fixedOffers(guide, step, question, words)));
  if (question.kind !== 'choice' || !step.service) return own;
  return [...own.slice(0, -1), ...repeats(guide, step, facts, words), ...own.slice(-1)];
}

function fixedOffers(guide: Guide, step: StepRef & { kind: 'question' }, question: Question, words: AskWords): Offer[] {
  const path = concrete(question.facts[0] ?? step.fact, step.service);
  const all = question.facts.map((fact) => concrete(fact, step.service));
  const unknown: Offer = {
    id: UNKNOWN_ID,
    label: words.unknown,
    says: [],
    gives: all.map((one) => ({ path: one, value: null })),
  };
  // 有没有…？ is answered with 有 or 没有.
  const having = question.ask.includes(words.havingAsked);
  if (question.kind === 'yes_no')
    return [
      { id: 'yes', label: having ? words.have : words.yes, says: [], gives: [{ path, value: true }] },
      { id: 'no', label: having ? words.haveNot : words.no, says: [], gives: [{ path, value: false }] },
      unknown,
    ];
  if (question.event)
    return [
      { id: 'none', label: question.event.none, says: ['没有', '无', '没'], gives: [{ path, value: false }] },
      unknown,
    ];
  const own: Offer[] = question.choices.map((choice) => ({
    id: choice.id,
    label: choice.label,
    says: choice.says,
    gives: Object.entries(choice.sets).map(([fact, value]) => ({
      path: concrete(fact, step.service),
      value: literalValue(guide, fact, value),
    })),
  }));
  if (question.kind === 'multi') return [...own, { id: NONE_ID, label: words.none, says: [], gives: [] }, unknown];
  if (question.kind === 'choice') return [...own, unknown];
  return [unknown];
}

/** "The same provider as before", and "the same service but for date and amount", from the second service on. */
function repeats(guide: Guide, step: StepRef & { kind: 'question' }, facts: Facts, words: AskWords): Offer[] {
  const { same_provider: same, order } = guide.programme.files.questions;
  const { service } = step;
  if (service === undefined || service === 0) return [];
  const before = facts.services[service - 1] ?? {};
  const copy = (keys: readonly string[]) =>
    keys.flatMap((key) => {
      const value = before[key];
      return value === undefined ? [] : [{ path: concrete(key, service), value }];
    });
  const first = order.service.find((entry) => !entry.startsWith('bundle:'));
  if (step.fact === first) {
    const keys = Object.keys(before).filter((key) => before[key] === false || !isDateOrMoney(guide, key));
    const gives = [...copy(keys), ...alike(guide, before, facts.services[service] ?? {}, service)];
    return gives.length > 2
      ? [{ id: 'same_service', label: words.sameService, says: ['一样', '都一样', '同上', '和上一项一样'], gives }]
      : [];
  }
  if (!same || step.fact !== same.facts.find((key) => guide.questions.get(key)?.kind === 'choice')) return [];
  const gives = copy(same.facts);
  return gives.length > 1
    ? [{ id: 'same_provider', label: same.label, says: ['同上', '同一家', '一样', '同上一项'], gives }]
    : [];
}

/** What followed another fact before (paid in full) follows it here as well. */
function alike(
  guide: Guide,
  before: Facts['top'],
  own: Facts['top'],
  service: number,
): { path: string; value: Scalar }[] {
  return [...guide.bundles.values()].flatMap((bundle) =>
    bundle.parts.flat().flatMap((item) => {
      const source = item.same_as;
      const value = source === undefined ? undefined : own[source];
      if (source === undefined || typeof value !== 'number' || before[item.fact] !== before[source]) return [];
      return [{ path: concrete(item.fact, service), value }];
    }),
  );
}

function isDateOrMoney(guide: Guide, key: string): boolean {
  const type = guide.programme.vocabulary.facts.get(key)?.type;
  return type === 'money' || type === 'date' || type === 'text';
}

/** Which of the items that were not named are not known? Whatever is not picked here is not held. */
export function prepareUnsure(
  guide: Guide,
  step: StepRef & { kind: 'question' },
  question: Question,
  facts: Facts,
  words: AskWords,
): Prepared | undefined {
  const all = offersOf(guide, step, question, facts, words);
  const own = all.flatMap((offer): Offer[] => {
    const gives = (offer.gives ?? [])
      .filter((one) => factAt(facts, one.path) === undefined && one.value !== null)
      .slice(0, 1);
    return gives.length === 0 ? [] : [{ ...offer, gives: gives.map(({ path }) => ({ path, value: null })) }];
  });
  if (own.length === 0) return undefined;
  const paths = own.flatMap((offer) => (offer.gives ?? []).map((one) => one.path));
  const unknown: Offer = {
    id: UNKNOWN_ID,
    label: words.allUnknown,
    says: [],
    gives: paths.map((path) => ({ path, value: null })),
  };
  const none: Offer = { id: NONE_ID, label: words.noneUnsure, says: [], gives: [] };
  return { step, kind: 'multi', paths, text: words.unsure, why: question.why, offers: [...own, none, unknown] };
}

/** The items of a list that can still make a difference: a team is not asked whether it is a certified enterprise. */
export function stillOpen(
  guide: Guide,
  step: StepRef & { kind: 'question' },
  offers: readonly Offer[],
  facts: Facts,
  now: number,
): readonly Offer[] {
  const { needs } = situationOf(guide, facts, now);
  const open = step.service === undefined ? needs.applicant : needs.service(step.service);
  const general = (offer: Offer): boolean => offer.id === NONE_ID || offer.id === UNKNOWN_ID;
  const fitting = offers.filter((offer) => general(offer) || (offer.gives ?? []).some((one) => open.has(one.path)));
  return fitting.some((offer) => !general(offer)) ? fitting : offers;
}
