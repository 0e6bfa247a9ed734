import { proceed, repeatQuestion } from './asking.ts';
import { contactFor } from './place.ts';
import { findPlaces } from '../understanding/index.ts';
import { NEW_INTERVIEW, type Enterprise, type Interview } from './state.ts';
import type { Turn } from './turn.ts';

/** Choosing what a chat is about: the programme, the interview, the enterprise, the city. */

export function begin(turn: Turn, flow: Interview['flow']): void {
  const { say } = turn.kit.script;
  if (!turn.guide()) {
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
  else repeatQuestion(turn);
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
const NAME = /公司|厂|院|所|中心|集团|企业|合作社|工作室|实验室|团队|店/;

/** By number or name among those known; a new one only by a name that looks like one. */
export function chooseEnterprise(turn: Turn, list: readonly Enterprise[], name: string): void {
  const { say, enterpriseNew } = turn.kit.script;
  const number = /^第?(\d{1,2})家?$/.exec(name)?.[1];
  const index = number === undefined ? list.findIndex((one) => one.name === name) : Number(number) - 1;
  const known = list[index];
  if (known) {
    turn.state = { ...turn.state, current: index };
    turn.say(say.enterpriseChosen(known.name ?? enterpriseNew(index + 1)));
  } else if (number === undefined && NAME.test(name)) {
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
  repeatQuestion(turn);
}
