import { civilDateOf, servicePath, type Assignment } from '../policy/index.ts';
import { findMoney, isQuestion, readChoice } from '../understanding/index.ts';
import { proceed } from './asking.ts';
import { paidInFull, settled } from './clauses.ts';
import { extractFacts } from './freetext.ts';
import { concrete, type Guide } from './guide.ts';
import { note, unpending } from './interview.ts';
import { LEAST_AMOUNT } from './meaning.ts';
import { offersOf } from './offers.ts';
import type { Turn } from './turn.ts';

/** 还有一项科技查新3000元: a further service, beside those that were named; nothing of theirs is touched. */

const BEGINS =
  /^(?:[对哦噢啊嗯][了,，]?|另外|此外|我们?|公司|今年|去年|上个?月|同时|[,，、 ]){0,4}(?:还有|再有|还做|又做|再做|还买|又买|另有|再加|还委托|另做|也做了?(?:一|1))了?(?:另外?)?(?:(?:一|1)?(?:项|个|笔|份|单))?/;
const ONE_OF = /(?:项|个|笔|份|单)(?:服务)?$/;
const MOST = 80;

/** What a text says of one service: as `index`, whatever is known of others. */
function readService(turn: Turn, guide: Guide, text: string, index: number): { gives: Assignment[]; echoes: string[] } {
  const { script, places } = turn.kit;
  const facts = turn.facts();
  const services = Array.from({ length: index + 1 }, (_, i) => (i < index ? (facts.services[i] ?? {}) : {}));
  const found = extractFacts(guide, places, { ...facts, services }, text, civilDateOf(turn.now), script.echo);
  const gives = found.gives.filter(({ path }) => servicePath(path)?.index === index);
  const echoes = gives.length === 0 ? [] : [...found.echoes];
  const { free, order } = guide.programme.files.questions;
  const has = (path: string): boolean => gives.some((one) => one.path === concrete(path, index));
  const first = order.service.find((entry) => !entry.startsWith('bundle:'));
  const question = first === undefined ? undefined : guide.questions.get(first);
  const money = findMoney(text);
  if (first !== undefined && question?.kind === 'choice' && !has(first)) {
    const step = { kind: 'question', fact: first, service: index } as const;
    const offers = offersOf(guide, step, question, facts, script.ask).filter(({ gives: own }) => own?.length);
    const words = money.reduce(
      (rest, { span }) => rest.slice(0, span[0]) + ' '.repeat(span[1] - span[0]) + rest.slice(span[1]),
      text,
    );
    const [named = ''] = words.trim().split(/[ ,，、;；。]+/);
    const reading = readChoice(
      named,
      offers.map(({ id, label, says }) => ({ id, label, says })),
    );
    const chosen = reading.kind === 'read' ? offers.find(({ id }) => id === reading.value) : undefined;
    if (chosen?.gives && chosen.id !== 'unknown') {
      gives.push(...chosen.gives);
      echoes.unshift(chosen.label);
    }
  }
  const [only, other] = money;
  const amount = only && !other && only.reading.kind === 'read' ? only.reading.value : 0;
  const taken = gives.some(({ value }) => value === amount);
  // 5万，全付了: what was paid in full was invoiced as well.
  if (amount >= LEAST_AMOUNT && !has(free.money) && (!taken || paidInFull(guide, text) !== undefined)) {
    gives.push({ path: concrete(free.money, index), value: amount });
    if (!taken) echoes.push(script.echo.money(amount));
  }
  return { gives, echoes };
}

/** Takes a further service from a sentence; false when none is named, or nothing is known of a first one. */
export function takeAnotherService(turn: Turn, text: string): boolean {
  const guide = turn.guide();
  const { interview, facts } = turn.dossier();
  const begun = text.length <= MOST && !isQuestion(text) ? BEGINS.exec(text)?.[0] : undefined;
  const last = facts.services.at(-1);
  if (!guide || !interview || begun === undefined || !last || Object.keys(last).length === 0) return false;
  const index = facts.services.length;
  const rest = text.slice(begun.length).trim();
  const { gives, echoes } = readService(turn, guide, rest, index);
  const category = guide.programme.files.questions.order.service.find((entry) => !entry.startsWith('bundle:'));
  const named = category !== undefined && gives.some(({ path }) => path === concrete(category, index));
  if (gives.length === 0 || !(named || ONE_OF.test(begun))) return false;
  const { say, echo } = turn.kit.script;
  turn.setDossier(note(guide, turn.dossier(), unpending(interview), [...gives, ...settled(guide, rest, gives, index)]));
  turn.say({ text: say.noted([echo.service(index + 1) + echoes.join('，')]) });
  proceed(turn);
  return true;
}
