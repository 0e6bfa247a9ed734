import type { AskWords, Prepared } from './prepared.ts';
import { factAt, servicePath, yuanForPeople, yuanNumber, type Facts, type Scalar } from '../policy/index.ts';
import { concrete, itemValue, literalValue, stepName, type Guide } from './guide.ts';
import { bundleItems } from './scan.ts';
import type { Reply, ReplyChoice, Setting } from './reply.ts';
import type { StepRef } from './state.ts';
import { ALL_ID, OPEN_ID, offersOf, prepareUnsure, stillOpen } from './offers.ts';

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
  const heading = step.service === undefined ? '' : serviceHeading(guide, facts, step.service, words);
  const instant = guide.programme.vocabulary.facts.get(step.fact)?.type === 'instant';
  const base = { step, paths, text: heading + question.ask, why: question.why, question, instant };
  const hint = question.hint === undefined ? {} : { hint: question.hint };
  const example = question.example === undefined ? {} : { example: question.example };
  const offers = offersOf(guide, step, question, facts, words);
  const asked = question.kind === 'multi' && !changing ? stillOpen(guide, step, offers, facts, now) : offers;
  const shown = question.kind === 'multi' ? asked.flatMap((offer) => (offer.gives ?? []).slice(0, 1)) : [];
  return {
    ...base,
    ...hint,
    ...example,
    kind: question.kind,
    paths: shown.length > 0 ? [...new Set(shown.map((one) => one.path))] : paths,
    offers: asked,
    zeroWords: question.ask.includes(words.zeroAsked),
    shortcuts: question.shortcuts.flatMap(({ says, value, same_as: source }) => {
      const stands = source === undefined ? value : factAt(facts, concrete(source, step.service));
      return stands === undefined || stands === null
        ? []
        : [{ says, value: literalFrom(guide, step.fact, source, stands) }];
    }),
  };
}

/** A literal of the data is in yuan, a copied fact is stored as it is. */
function literalFrom(guide: Guide, fact: string, source: string | undefined, value: Scalar): Scalar {
  return source === undefined ? literalValue(guide, fact, value) : value;
}

function serviceHeading(guide: Guide, facts: Facts, index: number, words: AskWords): string {
  const name = facts.services[index]?.[guide.files.questions.free.name ?? ''];
  return facts.services.length > 1 || index > 0
    ? words.service(index + 1, typeof name === 'string' ? name : undefined)
    : '';
}

function prepareMore(step: StepRef & { kind: 'more' }, words: AskWords): Prepared {
  const offers = [
    { id: 'yes', label: words.moreYes, says: words.moreYesSays },
    { id: 'no', label: words.moreNo, says: words.moreNoSays },
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
  const gives = items.map(({ item, path }) => ({
    path,
    value: itemValue(guide, item, facts, step.service, now) ?? null,
  }));
  const lines = items.map(({ item }, index) => {
    const value = gives[index]?.value;
    const amount = item.same_as !== undefined && typeof value === 'number' && isMoney(guide, item.fact);
    return `· ${item.text}${amount ? `（${yuanForPeople(value)}）` : ''}`;
  });
  const heading = step.service === undefined ? '' : serviceHeading(guide, facts, step.service, words);
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

/** The question as a reply. `n` is its number in the interview. */
export function askReply(guide: Guide, prepared: Prepared, n: number): Reply {
  const choices: ReplyChoice[] = prepared.offers.map(({ id, label, gives }) =>
    gives && prepared.step.kind !== 'more'
      ? { id: buttonId(prepared, id, n), label, sets: settings(guide, gives) }
      : { id: buttonId(prepared, id, n), label },
  );
  const lines = [`${String(n)}. ${prepared.text}`];
  if (prepared.hint !== undefined) lines.push(prepared.hint);
  if (prepared.offers.length < 2 && prepared.example !== undefined) lines.push(`例：${prepared.example}`);
  const ask = { step: stepName(prepared.step), n, kind: prepared.kind, facts: prepared.paths };
  return { text: lines.join('\n'), choices, ask };
}

/** Assignments in their outside form, by path. */
export function settings(
  guide: Guide,
  gives: readonly { path: string; value: Scalar }[],
): Readonly<Record<string, Setting>> {
  const known = settled.get(gives);
  if (known) return known;
  const made = Object.fromEntries(gives.map(({ path, value }) => [path, outside(guide, path, value)]));
  settled.set(gives, made);
  return made;
}

// Most choices are the same objects for every chat.
const settled = new WeakMap<readonly { path: string; value: Scalar }[], Readonly<Record<string, Setting>>>();

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

/** The id of a button carries the number of its question: pressed late or twice it cannot answer another one. */
function buttonId(prepared: Prepared, id: string, n: number): string {
  return prepared.step.kind === 'more' ? id : `${id}.${String(n)}`;
}

/** Button ids without the number of their question; undefined when they belong to another question. */
export function ownButtons(ids: string, n: number): string | undefined {
  const parts = ids.split(/[\s,，、]+/).filter((part) => part !== '');
  const own = parts.map((part) => {
    const numbered = /^(.+)\.(\d{1,4})$/.exec(part);
    return !numbered ? part : Number(numbered[2]) === n ? (numbered[1] ?? part) : undefined;
  });
  return own.includes(undefined) ? undefined : own.join(' ');
}
