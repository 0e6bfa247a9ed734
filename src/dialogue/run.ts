import { repeatQuestion } from './asking.ts';
import type { Command } from './commands.ts';
import type { Turn } from './turn.ts';
import { begin, chooseProgramme, enterprise, place } from './choose.ts';
import { exportText } from './exported.ts';
import { inform } from './inform.ts';
import { move } from './move.ts';

/** Carries out a command. Whatever only informs is followed by the pending question. */
export function runCommand(turn: Turn, command: Command): void {
  const { say } = turn.kit.script;
  const { id, argument } = command;
  turn.state = dropExpecting(turn);
  switch (id) {
    case 'start':
      turn.say(say.welcome(turn.guides(), turn.view()));
      repeatQuestion(turn);
      return;
    case 'help':
      turn.say(say.menu(turn.guides(), turn.view()));
      repeatQuestion(turn);
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
      repeatQuestion(turn);
      return;
    case 'privacy':
      turn.say(say.privacy());
      repeatQuestion(turn);
      return;
    case 'export':
      turn.say(say.exported(exportText(turn)));
      repeatQuestion(turn);
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
      repeatQuestion(turn);
      return;
  }
}

function dropExpecting(turn: Turn): Turn['state'] {
  const { expecting: _gone, ...rest } = turn.state;
  return rest;
}
