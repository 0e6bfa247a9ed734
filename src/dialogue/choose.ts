import { proceed, repeatQuestion } from './asking.ts';
import { contactFor } from './place.ts';
import { findPlaces } from '../understanding/index.ts';
import { openInterview } from './script.ts';
import { NEW_INTERVIEW, type Interview } from './state.ts';
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
  const open = openInterview(turn.dossier());
  const interview = open?.flow === flow ? open : { ...NEW_INTERVIEW, flow };
  turn.setInterview(interview);
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
    const { id, short, name } = guide.programme.files.programme;
    return [id, short, name].includes(argument);
  });
  if (!wanted) {
    turn.say(say.unknownProgramme(argument, guides));
    return;
  }
  turn.useProgramme(wanted.programme.id);
  const fresh = turn.enterprise()?.dossiers[wanted.programme.id] === undefined;
  const shared = fresh ? turn.sharedFacts() : [];
  const labels = shared.map((one) => wanted.programme.vocabulary.facts.get(one.path)?.label ?? one.path);
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
    contactFor(turn, argument, found);
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
  turn.state = { ...turn.state, expecting: 'enterprise' };
  const list = turn.state.enterprises;
  // What was said so far belongs to the first enterprise, named or not.
  if (argument !== '') {
    const known = list.findIndex((one) => one.name === argument);
    const { expecting: _gone, ...rest } = turn.state;
    turn.state =
      known >= 0
        ? { ...rest, current: known }
        : {
            ...rest,
            enterprises: [...list, { id: turn.newId, name: argument.slice(0, 40), dossiers: {} }],
            current: list.length,
          };
    turn.say(turn.kit.script.say.enterpriseChosen(argument.slice(0, 40)));
    repeatQuestion(turn);
    return;
  }
  turn.say(turn.kit.script.say.enterprises(turn.state));
}
