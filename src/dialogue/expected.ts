import { contactFor } from './place.ts';
import { findPlaces, fold, readChoices, readYesNo } from '../understanding/index.ts';
import { repeatQuestion } from './asking.ts';
import { answerConsent } from './consented.ts';
import { chooseEnterprise } from './choose.ts';
import { wordCommand } from './commands.ts';
import { takePapers, tick } from './papers.ts';
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

/** Agreed in so many words. */
const DELETES =
  /^(?:是的?|对的?|我?(?:确认|确定|同意)(?:要?删除?|删掉)?|要?全?部?都?删除?(?:了|掉|吧|了吧|掉吧)?|yes|y)$/;
const KEEPS = /^(?:先|还是)?(?:不删|别删|不要删|留着|保留|算了)(?:除|了|吧|掉)*$/;

function answerForget(turn: Turn, text: string, rest: ChatState): boolean {
  const { say } = turn.kit.script;
  const plain = fold(text);
  const agreed = text === 'forget_yes' || DELETES.test(plain);
  if (agreed) {
    turn.state = NEW_CHAT;
    turn.say(say.forgotten());
    return true;
  }
  const reading = readYesNo(text);
  // 好 and 嗯 agree to something, but nothing is deleted on half a word.
  if (reading.kind === 'doubtful' || (reading.kind === 'read' && reading.value !== 'no')) {
    turn.say(say.forgetAsk());
    return true;
  }
  turn.state = rest;
  turn.say(say.kept());
  return text === 'forget_no' || reading.kind === 'read' || KEEPS.test(plain);
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
  const open = turn.view()?.verdict.checklist?.items.filter((item) => !item.inHand && !item.advised);
  if (!open) return false;
  const reading = readChoices(
    text,
    open.map((item) => ({ id: item.id, label: item.name })),
  );
  const taken =
    takePapers(turn, text) ||
    (reading.kind === 'read' &&
      tick(
        turn,
        open.filter((item) => reading.value.includes(item.id)),
      ));
  if (!taken || turn.view()?.verdict.missingDocuments.length === 0) turn.state = withoutExpecting(turn.state);
  return taken;
}
