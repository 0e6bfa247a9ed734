import type { AskWords, Offer, Prepared } from './prepared.ts';
import { factAt, servicePath, yuanNumber, type Facts, type Question, type Scalar } from '../policy/index.ts';
import { concrete, literalValue, stepName, type Guide } from './guide.ts';
import { keptQuestion, keptReply } from './kept.ts';
import { prepareBundle, serviceHeading } from './askbundle.ts';
import type { Reply, ReplyChoice, Setting } from './reply.ts';
import type { StepRef } from './state.ts';
import { offersOf, prepareUnsure, stillOpen } from './offers.ts';

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
  const heading = step.service === undefined ? '' : serviceHeading(guide, facts, step.service, words);
  const offers = offersOf(guide, step, question, facts, words);
  const asked = question.kind === 'multi' && !changing ? stillOpen(guide, step, offers, facts, now) : offers;
  const make = (): Prepared => prepareQuestion(guide, step, question, facts, words, heading, asked);
  // With a heading it is about one of several services; a shortcut to another fact holds that fact.
  if (heading !== '' || question.shortcuts.some((one) => one.same_as !== undefined)) return make();
  const some = asked === offers ? '' : asked.map((offer) => offer.id).join(' ');
  return keptQuestion(guide, `${stepName(step)} ${some}`, make);
}

function prepareQuestion(
  guide: Guide,
  step: StepRef & { kind: 'question' },
  question: Question,
  facts: Facts,
  words: AskWords,
  heading: string,
  offers: readonly Offer[],
): Prepared {
  const paths = question.facts.map((fact) => concrete(fact, step.service));
  const shown = question.kind === 'multi' ? offers.flatMap((offer) => (offer.gives ?? []).slice(0, 1)) : [];
  return {
    step,
    kind: question.kind,
    paths: shown.length > 0 ? [...new Set(shown.map((one) => one.path))] : paths,
    text: heading + question.ask,
    ...(question.hint === undefined ? {} : { hint: question.hint }),
    offers,
    ...(question.example === undefined ? {} : { example: question.example }),
    why: question.why,
    instant: guide.programme.vocabulary.facts.get(step.fact)?.type === 'instant',
    question,
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

function prepareMore(step: StepRef & { kind: 'more' }, words: AskWords): Prepared {
  const offers = [
    { id: 'yes', label: words.moreYes, says: words.moreYesSays },
    { id: 'no', label: words.moreNo, says: words.moreNoSays },
  ];
  const paths = [`services[${String(step.service + 1)}]`];
  return { step, kind: 'choice', paths, text: words.more, why: words.moreWhy, offers };
}

/** The question as a reply. `n` is its number in the interview. */
export function askReply(guide: Guide, prepared: Prepared, n: number): Reply {
  return keptReply(prepared, n, () => makeReply(guide, prepared, n));
}

function makeReply(guide: Guide, prepared: Prepared, n: number): Reply {
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
