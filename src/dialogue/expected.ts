import { contactFor } from './place.ts';
import { findPlaces, fold, readChoices, readYesNo } from '../understanding/index.ts';
import { repeatQuestion } from './asking.ts';
import { answerConsent } from './consented.ts';
import { chooseEnterprise } from './choose.ts';
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
      contactFor(turn, text, found, true);
      return true;
    }
    case 'documents':
      return answerDocuments(turn, text);
    case 'remind':
    case 'share':
      clear();
      return answerConsent(turn, expecting, text);
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
  const plain = fold(text);
  const agreed = text === 'forget_yes' || plain === '确认删除';
  if (agreed) {
    turn.state = NEW_CHAT;
    turn.say(say.forgotten());
    return true;
  }
  turn.state = rest;
  turn.say(say.kept());
  return text === 'forget_no' || readYesNo(text).kind === 'read';
}

function answerEnterprise(turn: Turn, text: string): boolean {
  const { script } = turn.kit;
  const { state } = turn;
  const name = text.trim().slice(0, 40);
  const command = wordCommand(text, script.commands);
  if (command?.id === 'cancel') {
    turn.say(script.say.enterpriseKept());
    repeatQuestion(turn);
    return true;
  }
  if (command || text.startsWith('/')) return false;
  chooseEnterprise(turn, state.enterprises, name);
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
  const ticked = open.filter((item) => reading.value.includes(item.id));
  // Of a paper that depends on something not known yet nothing can be ticked.
  const names = ticked
    .filter((item) => item.anyOf.length === 0 || item.anyOf.some((one) => one.counts))
    .map((item) => item.name);
  const waiting = ticked.filter((item) => !names.includes(item.name)).map((item) => item.name);
  const after = turn.view();
  if (after) turn.say(turn.kit.script.say.documentTicked(names, waiting, after));
  if ((after?.verdict.missingDocuments.length ?? 0) === 0) turn.state = withoutExpecting(turn.state);
  return true;
}
