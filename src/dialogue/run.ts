import { findPlaces } from '../understanding/index.ts';
import { settings } from './ask.ts';
import type { Command } from './commands.ts';
import { back, edit } from './interview.ts';
import { openInterview } from './script.ts';
import { NEW_INTERVIEW, type Interview } from './state.ts';
import { takeAnswer } from './take.ts';
import type { Turn } from './turn.ts';

/** Carries out a command. Whatever only informs is followed by the pending question. */
export function runCommand(turn: Turn, command: Command): void {
  const { say } = turn.kit.script;
  const { id, argument } = command;
  turn.state = dropExpecting(turn);
  switch (id) {
    case 'start':
      turn.say(say.welcome(turn.guides(), turn.view()));
      turn.repeatQuestion();
      return;
    case 'help':
      turn.say(say.menu(turn.guides(), turn.view()));
      turn.repeatQuestion();
      return;
    case 'programme':
      chooseProgramme(turn, argument);
      return;
    case 'check':
      begin(turn, 'eligibility');
      return;
    case 'estimate':
      begin(turn, 'estimate');
      return;
    case 'back':
    case 'edit':
    case 'skip':
    case 'why':
    case 'restart':
    case 'cancel':
      move(turn, id, argument);
      return;
    case 'contact':
    case 'city':
      place(turn, id, argument);
      return;
    case 'enterprise':
      enterprise(turn, argument);
      return;
    case 'documents':
    case 'deadlines':
    case 'summary':
    case 'human':
    case 'progress':
      inform(turn, id, argument);
      return;
    case 'remind':
    case 'unsubscribe':
      turn.state = { ...turn.state, remind: id === 'remind' && argument !== 'off' };
      turn.say(say.remind(turn.state.remind));
      turn.repeatQuestion();
      return;
    case 'privacy':
      turn.say(say.privacy());
      turn.repeatQuestion();
      return;
    case 'export':
      turn.say(say.exported(exportText(turn)));
      turn.repeatQuestion();
      return;
    case 'forget':
      turn.state = { ...turn.state, expecting: 'forget' };
      turn.say(say.forgetAsk());
      return;
    case 'bind':
    case 'broadcast':
    case 'broadcasts':
    case 'pause':
    case 'resume':
    case 'approve':
      turn.say(say.staffOnly());
      turn.repeatQuestion();
      return;
  }
}

function dropExpecting(turn: Turn): Turn['state'] {
  const { expecting: _gone, ...rest } = turn.state;
  return rest;
}

function begin(turn: Turn, flow: Interview['flow']): void {
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
  turn.proceed();
}

function chooseProgramme(turn: Turn, argument: string): void {
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
  else turn.repeatQuestion();
}

function move(turn: Turn, id: 'back' | 'edit' | 'skip' | 'why' | 'restart' | 'cancel', argument: string): void {
  const { say } = turn.kit.script;
  const dossier = turn.dossier();
  const interview = dossier.interview;
  if (!interview) {
    turn.say(say.nothingPending());
    return;
  }
  switch (id) {
    case 'back': {
      const before = back(dossier, { ...interview, done: false });
      if (before) turn.setDossier(before);
      else turn.say({ text: say.nothingToUndo() });
      turn.repeatQuestion();
      return;
    }
    case 'edit': {
      const n = /^\d{1,3}$/.test(argument) ? Number(argument) : 0;
      const changed = edit(dossier, interview, n);
      if (changed) turn.setDossier(changed);
      else turn.say({ text: say.nothingToEdit(interview.asked.length) });
      turn.repeatQuestion();
      return;
    }
    case 'skip':
      skip(turn);
      return;
    case 'why': {
      const prepared = turn.prepared();
      if (prepared) turn.say({ text: say.why(prepared.why) });
      else turn.say(say.nothingPending());
      turn.repeatQuestion();
      return;
    }
    case 'restart': {
      const { facts: _facts, interview: _interview, ...rest } = dossier;
      turn.setDossier({ ...rest, facts: { top: {}, services: [], servicesGiven: false } });
      turn.setInterview({ ...NEW_INTERVIEW, flow: interview.flow });
      turn.say({ text: say.restarted() });
      turn.proceed();
      return;
    }
    case 'cancel':
      turn.setInterview({ ...interview, done: true });
      turn.say(say.cancelled());
      return;
  }
}

/** Skipping is answering "not known"; a bundle is then opened nowhere, and "any more?" is answered no. */
function skip(turn: Turn): void {
  const { say } = turn.kit.script;
  const interview = openInterview(turn.dossier());
  const prepared = turn.prepared();
  if (!interview || !prepared) {
    turn.say(say.nothingPending());
    return;
  }
  if (interview.size) {
    const { size: _size, ...rest } = interview;
    turn.setInterview(rest);
    turn.repeatQuestion();
    return;
  }
  const id = prepared.step.kind === 'more' ? 'no' : 'unknown';
  if (prepared.kind === 'bundle') turn.skipAll(prepared.paths);
  else takeAnswer(turn, { kind: 'choice', id });
}

function place(turn: Turn, id: 'contact' | 'city', argument: string): void {
  const { say } = turn.kit.script;
  const found = argument === '' ? [] : findPlaces(argument, turn.kit.places);
  const view = turn.view();
  if (found.length > 0) {
    turn.contactFor(argument, found);
    return;
  }
  const guide = turn.guide();
  if (id === 'contact' && argument === '' && view && guide) {
    const city = turn.cityOf(guide);
    turn.say(say.contact(view, city));
    if (city === undefined) turn.state = { ...turn.state, expecting: 'city' };
    turn.repeatQuestion();
    return;
  }
  if (!guide && argument === '') turn.say(say.chooseProgramme(turn.guides()));
  else turn.say(say.cityUnknown(argument, guide));
  if (argument === '') turn.state = { ...turn.state, expecting: 'city' };
  turn.repeatQuestion();
}

function enterprise(turn: Turn, argument: string): void {
  turn.state = { ...turn.state, expecting: 'enterprise' };
  const list = turn.state.enterprises;
  // What was said so far belongs to the first enterprise, named or not.
  if (argument !== '') {
    const known = list.findIndex((one) => one.name === argument);
    const { expecting: _gone, ...rest } = turn.state;
    turn.state =
      known >= 0
        ? { ...rest, current: known }
        : { ...rest, enterprises: [...list, { id: turn.newId, name: argument.slice(0, 40), dossiers: {} }], current: list.length };
    turn.say(turn.kit.script.say.enterpriseChosen(argument.slice(0, 40)));
    turn.repeatQuestion();
    return;
  }
  turn.say(turn.kit.script.say.enterprises(turn.state));
}

function inform(turn: Turn, id: 'documents' | 'deadlines' | 'summary' | 'human' | 'progress', argument: string): void {
  const { say } = turn.kit.script;
  const view = turn.view();
  if (!view) {
    turn.say(say.chooseProgramme(turn.guides()));
    return;
  }
  switch (id) {
    case 'documents':
      turn.say(say.documents(view));
      if (!openInterview(view.dossier)) turn.state = { ...turn.state, expecting: 'documents' };
      break;
    case 'deadlines':
      turn.say(say.deadlines(view));
      break;
    case 'summary':
      turn.say(say.summary(view));
      break;
    case 'human':
      turn.say(say.human(view));
      break;
    case 'progress':
      progress(turn, argument);
      break;
  }
  turn.repeatQuestion();
}

function progress(turn: Turn, argument: string): void {
  const { say } = turn.kit.script;
  const view = turn.view();
  if (!view) return;
  if (argument === '') {
    turn.say(say.progress(view));
    return;
  }
  const machine = view.guide.programme.files.procedure.machines.find((one) => one.role === 'applicant');
  const found = Object.entries(machine?.states ?? {}).find(([state, label]) => state === argument || label === argument);
  if (!found) {
    turn.say(say.progressUnknown(view, argument));
    return;
  }
  turn.setDossier({ ...turn.dossier(), progress: found[0] });
  const after = turn.view();
  if (after) turn.say(say.progressSet(after, found[1]));
}

/** What is kept of this chat, in the outside form: names of facts, money in yuan. */
function exportText(turn: Turn): string {
  const enterprises = turn.state.enterprises.map((one) => ({
    ...(one.name === undefined ? {} : { name: one.name }),
    ...(one.city === undefined ? {} : { city: one.city }),
    dossiers: Object.fromEntries(
      Object.entries(one.dossiers).map(([id, dossier]) => {
        const guide = turn.kit.guides.get(id);
        const flat = [
          ...Object.entries(dossier.facts.top),
          ...dossier.facts.services.flatMap((service, i) =>
            Object.entries(service).map(([path, value]) => [path.replace('[]', `[${String(i)}]`), value] as const),
          ),
        ].flatMap(([path, value]) => (value === undefined ? [] : [{ path, value }]));
        return [id, { facts: guide ? settings(guide, flat) : {}, progress: dossier.progress ?? null }];
      }),
    ),
  }));
  return JSON.stringify({ programme: turn.state.programme ?? null, remind: turn.state.remind, enterprises }, null, 1);
}
