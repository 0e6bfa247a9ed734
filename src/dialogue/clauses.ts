import type { Assignment } from '../policy/index.ts';
import { findMoney, fold } from '../understanding/index.ts';
import { concrete, literalValue, type Guide } from './guide.ts';

/** Facts that a clause of a sentence states by itself: 小型; 已付清. */

const STOPS = /[\s,，、;；.。:：!！]+/;

export interface NamedChoice {
  readonly gives: readonly Assignment[];
  readonly label: string;
}

/** Choices that a whole clause names by the words of their own label; shorter words say too little by themselves. */
export function choicesNamed(guide: Guide, text: string, service: number): NamedChoice[] {
  const { order } = guide.programme.files.questions;
  const found: NamedChoice[] = [];
  const bare = findMoney(text).reduceRight(
    (rest, { span }) => `${rest.slice(0, span[0])} ${rest.slice(span[1])}`,
    text,
  );
  const clauses = new Set(
    bare.split(STOPS).map((clause) => fold(clause.replace(/^(?:我们?|公司|企业)?(?:是|属于|做|做的)?/, ''))),
  );
  for (const fact of [...order.applicant, ...order.service.slice(0, 1)]) {
    const question = guide.questions.get(fact);
    // 国家级 could be said of any carrier: only what belongs to nothing else is named by one word.
    if (question?.kind !== 'choice' || guide.programme.vocabulary.facts.get(fact)?.member !== undefined) continue;
    for (const { label, says, sets } of question.choices) {
      const own = fold(label);
      const words = [
        own,
        ...says.map(fold).filter((word) => word.length > 1 && (own.includes(word) || word.includes(own))),
      ];
      if (!words.some((word) => word.length > 1 && clauses.has(word))) continue;
      const gives = Object.entries(sets).map(([path, value]) => ({
        path: concrete(path, path.startsWith('services[].') ? service : undefined),
        value: literalValue(guide, path, value),
      }));
      found.push({ gives, label });
      break;
    }
  }
  return found;
}

/** 全付了: the question, and the fact its answer follows, by the words of its own shortcuts. */
export function paidInFull(guide: Guide, text: string): { fact: string; source: string } | undefined {
  const at = text.search(/付|款/);
  if (at >= 0 && /[没未不还]/.test(text.slice(Math.max(0, at - 2), at + 1))) return undefined;
  for (const { facts, shortcuts } of guide.questions.values())
    for (const { says, same_as: source } of shortcuts) {
      const said = says.some((word) => word.length > 1 && /[付款]/.test(word) && text.includes(word));
      if (facts[0] !== undefined && source !== undefined && said) return { fact: facts[0], source };
    }
  return undefined;
}

/** What follows an amount that is given when the text says that it is the same. */
export function settled(guide: Guide, text: string, gives: readonly Assignment[], index: number): Assignment[] {
  const found = paidInFull(guide, text);
  const value = gives.find(({ path }) => found && path === concrete(found.source, index))?.value;
  if (!found || value === undefined || gives.some(({ path }) => path === concrete(found.fact, index))) return [];
  return [{ path: concrete(found.fact, index), value }];
}
