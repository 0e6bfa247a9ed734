import { factAt, servicePath, civilDateOf, vocabularyPath, type Assignment } from '../policy/index.ts';
import { findMoney, fold, isQuestion } from '../understanding/index.ts';
import { readAnswer } from './answer.ts';
import { prepare } from './ask.ts';
import { proceed, repeatQuestion } from './asking.ts';
import { concrete, type Guide } from './guide.ts';
import { edit, give, note, unpending } from './interview.ts';
import { ADDED, DENIED } from './meaning.ts';
import { openInterview } from './script.ts';
import type { Interview } from './state.ts';
import type { Turn } from './turn.ts';
import { MOST, namedFact, valueIn, wantedOf, type Value } from './wanted.ts';

/** Corrections in words: 不对，是22万; 写错了，是6月28号; 发票金额改成18万. An answer of one's own is changed, nothing else. */

/** The latest answer that gave a fact which fits. */
function latest(
  guide: Guide,
  interview: Interview,
  fits: (path: string) => boolean,
): { at: number; path: string } | undefined {
  for (let at = interview.asked.length - 1; at >= 0; at -= 1) {
    const entry = interview.asked[at];
    if (entry?.step.kind !== 'question') continue;
    const path = concrete(entry.step.fact, entry.step.service);
    if (guide.questions.has(entry.step.fact) && fits(path)) return { at, path };
  }
  return undefined;
}

/** What was said to be the same as a fact that changes (paid in full) changes with it. */
function following(turn: Turn, guide: Guide, gives: readonly Assignment[]): Assignment[] {
  const facts = turn.facts();
  const items = [...guide.bundles.values()].flatMap((bundle) => bundle.parts.flat());
  return gives.flatMap(({ path, value }) =>
    items.flatMap((item) => {
      const own = concrete(item.fact, servicePath(path)?.index);
      const follows = item.same_as === vocabularyPath(path) && factAt(facts, own) === factAt(facts, path);
      return follows && factAt(facts, own) !== undefined ? [{ path: own, value }] : [];
    }),
  );
}

/** Puts other facts in the place of an answer, or beside the answers when they were never asked for. */
function change(turn: Turn, guide: Guide, at: number | undefined, gives: readonly Assignment[], said: string): boolean {
  const dossier = turn.dossier();
  const { interview } = dossier;
  if (!interview) return false;
  const opened = at === undefined ? undefined : edit(dossier, interview, at + 1);
  if (opened?.interview) turn.setDossier(give(guide, opened, opened.interview, gives));
  else turn.setDossier(note(guide, dossier, unpending(interview), [...gives, ...following(turn, guide, gives)]));
  turn.say({ text: turn.kit.script.say.noted([said]) });
  proceed(turn);
  return true;
}

function labelled(turn: Turn, guide: Guide, path: string, value: Value): string {
  const { echo } = turn.kit.script;
  const words = typeof value.value === 'number' ? echo.money(value.value) : echo.date(value.value);
  const at = turn.facts().services.length > 1 ? servicePath(path)?.index : undefined;
  const which = at === undefined ? '' : echo.service(at + 1);
  return `${which}${guide.programme.vocabulary.facts.get(vocabularyPath(path))?.label ?? ''}：${words}`;
}

/** The path of a fact as it was given: of the service at hand, or the latest that has it. */
function givenPath(turn: Turn, fact: string): string | undefined {
  const facts = turn.facts();
  const of = (path: string) => factAt(facts, path) !== undefined && factAt(facts, path) !== null;
  if (servicePath(concrete(fact, 0)) === undefined) return of(fact) ? fact : undefined;
  const pending = openInterview(turn.dossier())?.pending?.service;
  if (pending !== undefined && of(concrete(fact, pending))) return concrete(fact, pending);
  for (let at = facts.services.length - 1; at >= 0; at -= 1) if (of(concrete(fact, at))) return concrete(fact, at);
  return undefined;
}

/**
 * Changes an answer that a message corrects; false when it corrects none. `words`: also answers that are no amount and
 * no day; they may belong to the pending question, which is looked at first.
 */
export function takeCorrection(turn: Turn, text: string, words: boolean): boolean {
  const guide = turn.guide();
  const { interview } = turn.dossier();
  const wanted = wantedOf(text);
  if (!guide || !interview || !wanted || (interview.done && !wanted.marked)) return false;
  const value = valueIn(turn, wanted.named);
  if (value) {
    const fact = namedFact(guide, wanted.named, value);
    if (fact !== undefined) {
      const path = givenPath(turn, fact);
      if (path === undefined) return false;
      const at = latest(guide, interview, (one) => one === path)?.at;
      return change(turn, guide, at, [{ path, value: value.value }], labelled(turn, guide, path, value));
    }
    return unnamed(turn, guide, interview, value);
  }
  return (words || wanted.strong) && lastAnswer(turn, guide, interview, wanted.value);
}

/** 不对，是22万: the amount or the day that was said last. */
function unnamed(turn: Turn, guide: Guide, interview: Interview, value: Value): boolean {
  const ofType = (path: string): boolean =>
    guide.programme.vocabulary.facts.get(vocabularyPath(path))?.type === value.type &&
    typeof factAt(turn.facts(), path) === typeof value.value;
  const noted = interview.noted;
  const said =
    noted && noted.at >= interview.asked.length
      ? [...noted.before].reverse().find((one) => ofType(one.path))
      : undefined;
  const answered = latest(guide, interview, ofType);
  const path = said?.path ?? answered?.path;
  if (path === undefined) return false;
  const at = said ? undefined : answered?.at;
  return change(turn, guide, at, [{ path, value: value.value }], labelled(turn, guide, path, value));
}

/** So many answers back words are looked for; further back 改第N题 is surer. */
const BACK = 4;

/** 写错了，是中型: one of the last answers, read as if its question were put again. */
function lastAnswer(turn: Turn, guide: Guide, interview: Interview, text: string): boolean {
  const { length } = interview.asked;
  for (let at = length - 1; at >= Math.max(0, length - BACK); at -= 1)
    if (reread(turn, guide, interview, at, text)) return true;
  return false;
}

function reread(turn: Turn, guide: Guide, interview: Interview, at: number, text: string): boolean {
  const last = interview.asked[at];
  if (last?.step.kind !== 'question') return false;
  const closed = guide.questions.get(last.step.fact)?.kind === 'choice';
  // 没有 and the like belong to the answer before; the words of a choice name it.
  if (at < interview.asked.length - 1 && !closed) return false;
  const paths = last.before.map((one) => one.path);
  const prepared = prepare(guide, last.step, turn.facts(), turn.now, turn.kit.script.ask, paths);
  if (!prepared) return false;
  const reading = readAnswer(prepared, text, civilDateOf(turn.now));
  if (reading.kind === 'coarse') {
    turn.say({ text: turn.kit.script.say.needDay(prepared.example) });
    repeatQuestion(turn);
    return true;
  }
  if (reading.kind !== 'given') return false;
  const chosen = reading.choice === undefined ? [] : reading.choice.split(' ');
  const labels = prepared.offers.filter(({ id }) => chosen.includes(id)).map(({ label }) => label);
  const [first] = reading.gives;
  const label = guide.programme.vocabulary.facts.get(last.step.fact)?.label ?? '';
  const said = labels.length > 0 ? labels.join('、') : first?.value === 0 ? turn.kit.script.echo.money(0) : text;
  return change(turn, guide, at, reading.gives, `${label}：${said}`);
}

/**
 * A statement that names a fact which was answered and says something else: 今年已经拿过10万. While an amount is asked
 * for, only what is certainly about another fact. False for everything else.
 */
export function takeRestated(turn: Turn, text: string, pending: string | undefined): boolean {
  const guide = turn.guide();
  const { interview } = turn.dossier();
  if (!guide || !interview || interview.done || text.length > MOST || isQuestion(text)) return false;
  const value = valueIn(turn, text);
  if (!value || ADDED.test(text.slice(0, value.span[0])) || DENIED.test(text.slice(0, value.span[0]))) return false;
  const fact = namedFact(guide, text, value);
  if (fact === undefined || fact === pending) return false;
  if (pending !== undefined && !isApart(guide, text, fact, pending)) return false;
  const path = givenPath(turn, fact);
  if (path === undefined || factAt(turn.facts(), path) === value.value) return false;
  const at = latest(guide, interview, (one) => one === path)?.at;
  return change(turn, guide, at, [{ path, value: value.value }], labelled(turn, guide, path, value));
}

/** One is about a service and the other is not, or the fact is called by its full name. */
function isApart(guide: Guide, text: string, fact: string, pending: string): boolean {
  const label = guide.programme.vocabulary.facts.get(fact)?.label ?? '';
  const ofService = (path: string): boolean => path.startsWith('services[]');
  return ofService(fact) !== ofService(pending) || (label.length > 2 && fold(text).includes(fold(label)));
}

/** 上个月又付了5万: a total is asked for, never added up; false when the message adds nothing. */
export function takeAddition(turn: Turn, text: string): boolean {
  const { interview } = turn.dossier();
  const guide = turn.guide();
  if (!guide || !interview || interview.done || isQuestion(text)) return false;
  const added = findMoney(text).some(({ span }) => ADDED.test(text.slice(0, span[0])));
  if (!added) return false;
  turn.say({ text: turn.kit.script.say.needTotal(turn.kit.script.ask.totalExample) });
  repeatQuestion(turn);
  return true;
}
