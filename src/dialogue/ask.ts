import { factAt, servicePath, yuanForPeople, yuanNumber, type Facts, type Question, type Scalar } from '../policy/index.ts';
import { concrete, itemValue, literalValue, stepName, type Guide } from './guide.ts';
import { bundleItems } from './next.ts';
import type { AskKind, Reply, ReplyChoice, Setting } from './reply.ts';
import type { StepRef } from './state.ts';

/** A choice as it is offered, with the values it stores (fen, not yuan). */
export interface Offer {
  readonly id: string;
  readonly label: string;
  readonly says: readonly string[];
  /** Absent on the choice that opens a bundle. */
  readonly gives?: readonly { readonly path: string; readonly value: Scalar }[];
}

/** A question ready to be put: what it asks for, and what can be answered. */
export interface Prepared {
  readonly step: StepRef;
  readonly kind: AskKind;
  readonly paths: readonly string[];
  readonly text: string;
  readonly hint?: string;
  readonly offers: readonly Offer[];
  readonly example?: string;
  readonly why: string;
  /** A date here is stored as an instant: the start of the Beijing day. */
  readonly instant?: boolean;
  readonly question?: Question;
}

/** The words of an interview that belong to no programme. */
export interface AskWords {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly none: string;
  /** Which items of a list are not known. */
  readonly unsure: string;
  readonly allUnknown: string;
  readonly noneUnsure: string;
  readonly more: string;
  readonly moreWhy: string;
  readonly moreYes: string;
  readonly moreNo: string;
  readonly service: (n: number, name: string | undefined) => string;
  readonly sameService: string;
}

export const UNKNOWN_ID = 'unknown';
export const OPEN_ID = 'open';
export const ALL_ID = 'all';
export const NONE_ID = 'none_of_these';

/**
 * Prepares a step for asking; undefined when the data no longer has it. `changing` names the facts of an answer that is
 * being changed: its question is put whole, whatever the verdict still needs.
 */
export function prepare(
  guide: Guide,
  step: StepRef,
  facts: Facts,
  now: number,
  words: AskWords,
  changing?: readonly string[],
): Prepared | undefined {
  if (step.kind === 'more') return prepareMore(step, words);
  if (step.kind === 'bundle') return prepareBundle(guide, step, facts, now, words, changing);
  const question = guide.questions.get(step.fact);
  if (!question) return undefined;
  if (step.unsure) return prepareUnsure(guide, step, question, facts, words);
  const paths = question.facts.map((fact) => concrete(fact, step.service));
  const heading = step.service === undefined ? '' : serviceHeading(facts, step.service, words);
  const instant = guide.programme.vocabulary.facts.get(step.fact)?.type === 'instant';
  const base = { step, paths, text: heading + question.ask, why: question.why, question, instant };
  const hint = question.hint === undefined ? {} : { hint: question.hint };
  const example = question.example === undefined ? {} : { example: question.example };
  return { ...base, ...hint, ...example, kind: question.kind, offers: offersOf(guide, step, question, facts, words) };
}

function serviceHeading(facts: Facts, index: number, words: AskWords): string {
  const name = facts.services[index]?.['services[].provider.name'];
  return facts.services.length > 1 || index > 0 ? words.service(index + 1, typeof name === 'string' ? name : undefined) : '';
}

function prepareMore(step: StepRef & { kind: 'more' }, words: AskWords): Prepared {
  const offers = [
    { id: 'yes', label: words.moreYes, says: ['有', '还有', '要'] },
    { id: 'no', label: words.moreNo, says: ['没有', '没了', '就这些', '不用', '完了'] },
  ];
  const paths = [`services[${String(step.service + 1)}]`];
  return { step, kind: 'choice', paths, text: words.more, why: words.moreWhy, offers };
}

function prepareBundle(
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
  const gives = items.map(({ item, path }) => ({ path, value: itemValue(guide, item, facts, step.service, now) ?? null }));
  const lines = items.map(({ item }, index) => {
    const value = gives[index]?.value;
    const amount = item.same_as !== undefined && typeof value === 'number' && isMoney(guide, item.fact);
    return `· ${item.text}${amount ? `（${yuanForPeople(value)}）` : ''}`;
  });
  const heading = step.service === undefined ? '' : serviceHeading(facts, step.service, words);
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

/** Which of the items that were not named are not known? Whatever is not picked here is not held. */
function prepareUnsure(
  guide: Guide,
  step: StepRef & { kind: 'question' },
  question: Question,
  facts: Facts,
  words: AskWords,
): Prepared | undefined {
  const all = offersOf(guide, step, question, facts, words);
  const own = all.flatMap((offer): Offer[] => {
    const gives = (offer.gives ?? []).filter((one) => factAt(facts, one.path) === undefined && one.value !== null).slice(0, 1);
    return gives.length === 0 ? [] : [{ ...offer, gives: gives.map(({ path }) => ({ path, value: null })) }];
  });
  if (own.length === 0) return undefined;
  const paths = own.flatMap((offer) => (offer.gives ?? []).map((one) => one.path));
  const unknown: Offer = { id: UNKNOWN_ID, label: words.allUnknown, says: [], gives: paths.map((path) => ({ path, value: null })) };
  const none: Offer = { id: NONE_ID, label: words.noneUnsure, says: [], gives: [] };
  return { step, kind: 'multi', paths, text: words.unsure, why: question.why, offers: [...own, none, unknown] };
}

function isMoney(guide: Guide, fact: string): boolean {
  return guide.programme.vocabulary.facts.get(fact)?.type === 'money';
}

function offersOf(guide: Guide, step: StepRef & { kind: 'question' }, question: Question, facts: Facts, words: AskWords): Offer[] {
  const path = concrete(question.facts[0] ?? step.fact, step.service);
  const all = question.facts.map((fact) => concrete(fact, step.service));
  const unknown: Offer = {
    id: UNKNOWN_ID,
    label: words.unknown,
    says: [],
    gives: all.map((one) => ({ path: one, value: null })),
  };
  if (question.kind === 'yes_no')
    return [
      { id: 'yes', label: words.yes, says: [], gives: [{ path, value: true }] },
      { id: 'no', label: words.no, says: [], gives: [{ path, value: false }] },
      unknown,
    ];
  if (question.event)
    return [{ id: 'none', label: question.event.none, says: ['没有', '无', '没'], gives: [{ path, value: false }] }, unknown];
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
  if (question.kind === 'choice') return [...own, ...repeats(guide, step, facts, words), unknown];
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
    const keys = Object.keys(before).filter((key) => !isDateOrMoney(guide, key));
    const gives = copy(keys);
    return gives.length > 2 ? [{ id: 'same_service', label: words.sameService, says: ['一样', '都一样', '同上', '和上一项一样'], gives }] : [];
  }
  if (!same || step.fact !== same.facts.find((key) => guide.questions.get(key)?.kind === 'choice')) return [];
  const gives = copy(same.facts);
  return gives.length > 1 ? [{ id: 'same_provider', label: same.label, says: ['同上', '同一家', '一样', '同上一项'], gives }] : [];
}

function isDateOrMoney(guide: Guide, key: string): boolean {
  const type = guide.programme.vocabulary.facts.get(key)?.type;
  return type === 'money' || type === 'date' || type === 'text';
}

/** The question as a reply. `n` is its number in the interview. */
export function askReply(guide: Guide, prepared: Prepared, n: number): Reply {
  const choices: ReplyChoice[] = prepared.offers.map(({ id, label, gives }) =>
    gives && prepared.step.kind !== 'more' ? { id, label, sets: settings(guide, gives) } : { id, label },
  );
  const lines = [`${String(n)}. ${prepared.text}`];
  if (prepared.hint !== undefined) lines.push(prepared.hint);
  if (prepared.offers.length < 2 && prepared.example !== undefined) lines.push(`例：${prepared.example}`);
  const ask = { step: stepName(prepared.step), n, kind: prepared.kind, facts: prepared.paths };
  return { text: lines.join('\n'), choices, ask };
}

/** Assignments in their outside form, by path. */
export function settings(guide: Guide, gives: readonly { path: string; value: Scalar }[]): Record<string, Setting> {
  return Object.fromEntries(gives.map(({ path, value }) => [path, outside(guide, path, value)]));
}

/** A stored value in its outside form. */
export function outside(guide: Guide, path: string, value: Scalar): Setting {
  const spec = guide.programme.vocabulary.facts.get(servicePath(path)?.key ?? path);
  if (typeof value !== 'number') return value;
  if (spec?.type === 'money') return yuanNumber(value);
  return spec?.type === 'instant' ? new Date(value).toISOString() : value;
}

/** Whether every fact of a prepared question has been answered. */
export function answered(prepared: Prepared, facts: Facts): boolean {
  return prepared.paths.every((path) => factAt(facts, path) !== undefined);
}
