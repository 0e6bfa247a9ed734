import { contactFor } from './place.ts';
import { findPlaces, fold, readChoices, readYesNo } from '../understanding/index.ts';
import { wordCommand } from './commands.ts';
import type { Turn } from './turn.ts';
import { NEW_CHAT, type ChatState, type Expecting } from './state.ts';

/** Takes an answer to something asked outside an interview; false when the message is none. */
export function answerExpected(turn: Turn, text: string): boolean {
  const rest = withoutExpecting(turn.state);
  const expecting: Expecting | 'nothing' = turn.state.expecting ?? 'nothing';
  const clear = (): void => {
    turn.state = withoutExpecting(turn.state);
  };
  switch (expecting) {
    case 'forget':
      return answerForget(turn, text, rest);
    case 'enterprise': {
      clear();
      return answerEnterprise(turn, text);
    }
    case 'city': {
      const found = findPlaces(text, turn.kit.places);
      clear();
      if (found.length === 0) return false;
      contactFor(turn, text, found);
      return true;
    }
    case 'documents':
      return answerDocuments(turn, text);
    case 'nothing':
      return false;
  }
}

function withoutExpecting(state: ChatState): ChatState {
  const { expecting: _gone, ...rest } = state;
  return rest;
}

function answerForget(turn: Turn, text: string, rest: ChatState): boolean {
  const { say } = turn.kit.script;
  const reading = readYesNo(text);
  const agreed =
    text === 'forget_yes' || fold(text) === '确认删除' || (reading.kind === 'read' && reading.value === 'yes');
  if (agreed) {
    turn.state = NEW_CHAT;
    turn.say(say.forgotten());
    return true;
  }
  turn.state = rest;
  turn.say(say.kept());
  return text === 'forget_no' || reading.kind === 'read';
}

function answerEnterprise(turn: Turn, text: string): boolean {
  const { say, enterpriseNew } = turn.kit.script;
  const list = turn.state.enterprises;
  const name = text.trim().slice(0, 40);
  if (wordCommand(text, turn.kit.script.commands) || text.startsWith('/')) return false;
  const byNumber = /^(?:e)?(\d{1,2})$/.exec(name);
  const index = byNumber ? Number(byNumber[1]) - 1 : list.findIndex((one) => one.name === name);
  if (list[index]) {
    turn.state = { ...turn.state, current: index };
    turn.say(say.enterpriseChosen(list[index].name ?? enterpriseNew(index + 1)));
    return true;
  }
  if (byNumber || name === '') return false;
  turn.state = {
    ...turn.state,
    enterprises: [...list, { id: turn.newId, name, dossiers: {} }],
    current: list.length,
  };
  turn.say(say.enterpriseChosen(name));
  return true;
}

/** Papers named by number are in hand. */
function answerDocuments(turn: Turn, text: string): boolean {
  const view = turn.view();
  const list = view?.verdict.checklist;
  if (!view || !list) return false;
  const open = list.items.filter((item) => !item.inHand && !item.advised);
  const reading = readChoices(
    text,
    open.map((item) => ({ id: item.id, label: item.name })),
  );
  if (reading.kind !== 'read') {
    turn.state = withoutExpecting(turn.state);
    return false;
  }
  const gives = open
    .filter((item) => reading.value.includes(item.id))
    .flatMap((item) => {
      const papers = item.anyOf.length > 0 ? item.anyOf.filter((one) => one.counts).map((one) => one.id) : [item.id];
      return papers.map((id) => ({ path: `documents_in_hand[${id}]`, value: true }));
    });
  turn.addFacts(gives);
  const names = open.filter((item) => reading.value.includes(item.id)).map((item) => item.name);
  const after = turn.view();
  if (after) turn.say(turn.kit.script.say.documentTicked(names, after));
  if ((after?.verdict.missingDocuments.length ?? 0) === 0) turn.state = withoutExpecting(turn.state);
  return true;
}
