import { proceed, putQuestion, repeatQuestion } from './asking.ts';
import { asksSomething } from '../understanding/question/index.ts';
import { contactFor } from './place.ts';
import { findPlaces, readNumber } from '../understanding/index.ts';
import { NEW_INTERVIEW, type Enterprise, type Interview } from './state.ts';
import type { Turn } from './turn.ts';

/** Choosing what a chat is about: the programme, the interview, the enterprise, the city. */

export function begin(turn: Turn, flow: Interview['flow']): void {
  const { say } = turn.kit.script;
  if (!turn.guide() && !assume(turn)) {
    const guides = turn.guides();
    const [only] = guides;
    if (guides.length !== 1 || !only) {
      turn.state = { ...turn.state, after: flow };
      turn.say(say.chooseProgramme(guides));
      return;
    }
    turn.useProgramme(only.programme.id);
  }
  // What was answered before stays and can still be changed by its number.
  const {
    pending: _pending,
    editing: _editing,
    confirm: _confirm,
    ...before
  } = turn.dossier().interview ?? NEW_INTERVIEW;
  turn.setInterview({ ...before, flow, done: false, misses: 0 });
  proceed(turn);
}

/** Without a choice, the programme that was talked of last: it is chosen, and said to be. False when there is none. */
export function assume(turn: Turn): boolean {
  const guide = turn.kit.guides.get(turn.state.topic ?? '');
  if (turn.guide() || !guide) return false;
  turn.useProgramme(guide.files.programme.id);
  turn.say({ text: turn.kit.script.say.programmeAssumed(guide) });
  return true;
}

export function chooseProgramme(turn: Turn, argument: string): void {
  const { say } = turn.kit.script;
  const guides = turn.guides();
  if (argument === '') {
    turn.say(say.chooseProgramme(guides));
    return;
  }
  const wanted = guides.find((guide) => {
    const { id, short, name } = guide.files.programme;
    return [id, short, name].includes(argument);
  });
  if (!wanted) {
    turn.say(say.unknownProgramme(argument, guides));
    return;
  }
  turn.useProgramme(wanted.programme.id);
  const fresh = turn.enterprise()?.dossiers[wanted.programme.id] === undefined;
  const shared = fresh ? turn.sharedFacts() : [];
  const labels = shared.flatMap(({ path, value }) => {
    const spec = wanted.programme.vocabulary.facts.get(path);
    const { ask } = turn.kit.script;
    if (!spec || (spec.member === undefined && /\]$/.test(path))) return [];
    const said =
      typeof value === 'boolean' ? (value ? ask.yes : ask.no) : (spec.values?.[String(value)] ?? String(value));
    return [`${spec.label}：${said}`];
  });
  if (shared.length > 0) turn.setDossier(turn.dossier());
  const { after, ...rest } = turn.state;
  turn.state = rest;
  turn.say(say.programmeChosen(wanted, labels));
  if (after) begin(turn, after);
  else putQuestion(turn);
}

export function place(turn: Turn, id: 'contact' | 'city', argument: string): void {
  const { say } = turn.kit.script;
  const found = argument === '' ? [] : findPlaces(argument, turn.kit.places);
  const view = turn.view();
  if (found.length > 0) {
    contactFor(turn, argument, found, id === 'city');
    return;
  }
  const guide = turn.guide();
  if (id === 'contact' && argument === '' && view && guide) {
    const city = turn.cityOf(guide);
    turn.say(say.contact(view, city));
    if (city === undefined) turn.state = { ...turn.state, expecting: 'city' };
    repeatQuestion(turn);
    return;
  }
  if (!guide && argument === '') turn.say(say.chooseProgramme(turn.guides()));
  else turn.say(say.cityUnknown(argument, guide));
  if (argument === '') turn.state = { ...turn.state, expecting: 'city' };
  repeatQuestion(turn);
}

export function enterprise(turn: Turn, argument: string): void {
  if (argument !== '') {
    chooseEnterprise(turn, turn.state.enterprises, argument.slice(0, 40));
    return;
  }
  turn.state = { ...turn.state, expecting: 'enterprise' };
  turn.say(turn.kit.script.say.enterprises(turn.state));
}

/** Words that the name of a company, institute or team has; anything else is asked again rather than founded. */
/** These words point at a firm and name none. */
const POINTS =
  /^(?:我们?的?|咱们?的?|这|那|某|本|贵|哪|原来的?|之前的?|刚才的?|上一?|下一?|另外?一?|别的|其他的?|新的?)(?:一?[家个])?(?:公司|企业|厂|团队|店|单位)?$/;
/** 第二家, 2号, 第一家公司, as a number. */
const NTH =
  /^(?:(?:回到|换到|换回|切到|切换到|切回|转到)了?)?(?:第(\d{1,2}|[一二两三四五六七八九十]{1,2})[家个]?|(\d{1,2})[家号]?)(?:公司|企业)?吧?$/;
const NAME = /公司|厂|院|所|中心|集团|企业|合作社|工作室|实验室|团队|店/;

/** By number or name among those known; a new one only by a name that looks like one. */
export function chooseEnterprise(turn: Turn, list: readonly Enterprise[], name: string): void {
  const { say, enterpriseNew } = turn.kit.script;
  const nth = NTH.exec(name);
  const said = nth?.[1] ?? nth?.[2];
  const counted = said === undefined ? undefined : readNumber(said);
  const number = counted?.kind === 'read' ? counted.value : undefined;
  const index = number === undefined ? list.findIndex((one) => one.name === name) : number - 1;
  const known = list[index];
  if (known) {
    turn.state = { ...turn.state, current: index };
    turn.say(say.enterpriseChosen(known.name ?? enterpriseNew(index + 1)));
  } else if (number === undefined && NAME.test(name) && !POINTS.test(name)) {
    turn.state = {
      ...turn.state,
      // What was said before any name was given belongs to a first, nameless enterprise.
      enterprises: [...list, { id: turn.newId, name, dossiers: {} }],
      current: list.length,
    };
    turn.say(say.enterpriseChosen(name));
  } else {
    turn.state = { ...turn.state, expecting: 'enterprise' };
    turn.say(say.enterpriseUnknown(name));
    return;
  }
  putQuestion(turn);
}

/** A further firm, of which the same message tells more: 另一家公司 在… 高企. False when it names none. */
export function takeAnotherFirm(turn: Turn, text: string): string | undefined {
  const begun = ANOTHER_FIRM.exec(text)?.[0];
  const { current, enterprises } = turn.state;
  const rest = begun === undefined ? '' : text.slice(begun.length).trim();
  const known = Object.keys(enterprises[current]?.dossiers ?? {}).length > 0;
  if (begun === undefined || rest.length < 3 || !known || asksSomething(text)) return undefined;
  turn.state = {
    ...turn.state,
    enterprises: [...enterprises, { id: turn.newId, dossiers: {} }],
    current: enterprises.length,
  };
  turn.say(turn.kit.script.say.enterpriseChosen(turn.kit.script.enterpriseNew(enterprises.length + 1)));
  return rest;
}

const ANOTHER_FIRM =
  /^(?:我们?|老板)?(?:还有|另有|另外还?有?|再有|再加)?(?:另外?的?)?(?:一|1)家(?:公司|企业|厂|子公司)?(?:是|在)?[,，:： ]+|^(?:另外|第二)(?:一|1)?(?:家|个)(?:公司|企业|厂|子公司)[,，:： ]*/;
