import { putQuestion, repeatQuestion } from './asking.ts';
import type { Command } from './commands.ts';
import type { Turn } from './turn.ts';
import { begin, chooseProgramme, enterprise, place } from './choose.ts';
import { exportText } from './exported.ts';
import { inform } from './inform.ts';
import { move } from './move.ts';
import { openInterview } from './script.ts';
import { isStaff, staffCommand } from './staff/staff.ts';
import { unasked } from './unasked.ts';

/** Carries out a command. Whatever only informs is followed by the pending question. */
export function runCommand(turn: Turn, command: Command): void {
  const { say } = turn.kit.script;
  const { id, argument } = command;
  turn.state = dropExpecting(turn);
  switch (id) {
    case 'start':
      turn.say(say.welcome(turn.guides(), turn.view()));
      putQuestion(turn);
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
      if (id === 'cancel' && argument !== '') {
        staffCommand(turn, id, argument);
        return;
      }
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
    case 'share':
    case 'reminders':
    case 'calendar':
      unasked(turn, id, argument);
      return;
    case 'privacy':
      turn.say(say.privacy(turn.state, turn.view(), turn.kit.retention));
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
    case 'resume':
      resume(turn, argument);
      return;
    case 'bind':
    case 'broadcast':
    case 'broadcasts':
    case 'pause':
    case 'approve':
    case 'withdraw':
    case 'received':
    case 'returned':
    case 'enterprises':
    case 'forwarded':
      staffCommand(turn, id, argument);
      return;
  }
}

/** 继续 goes on with what was being asked; without that, with what bureau staff have paused. */
function resume(turn: Turn, argument: string): void {
  const { interview } = turn.dossier();
  if (argument === '' && interview && (!interview.done || !isStaff(turn))) {
    if (openInterview(turn.dossier())?.pending) putQuestion(turn);
    else begin(turn, interview.flow);
  } else if (argument === '' && !isStaff(turn)) {
    if (turn.guide()) turn.say(turn.kit.script.say.nothingPending());
    else turn.say(turn.kit.script.say.welcome(turn.guides(), turn.view()));
  } else staffCommand(turn, 'resume', argument);
}

function dropExpecting(turn: Turn): Turn['state'] {
  if (turn.state.expecting === undefined) return turn.state;
  const { expecting: _gone, ...rest } = turn.state;
  return rest;
}
