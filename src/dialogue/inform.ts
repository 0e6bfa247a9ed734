import { repeatQuestion } from './asking.ts';
import { assume } from './choose.ts';
import { showPapers } from './papers.ts';
import { progress } from './progress.ts';
import { openInterview } from './script.ts';
import type { Turn } from './turn.ts';

/** Answers that change nothing: papers, dates, the page to forward, whom to call, the procedure. */

export function inform(
  turn: Turn,
  id: 'documents' | 'deadlines' | 'summary' | 'human' | 'progress',
  argument: string,
): void {
  const { say } = turn.kit.script;
  if (id !== 'human') assume(turn);
  const view = turn.view();
  if (!view) {
    turn.say(id === 'human' ? say.humanAnywhere(turn.guides()) : say.chooseProgramme(turn.guides()));
    return;
  }
  switch (id) {
    case 'documents':
      showPapers(turn);
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
  repeatQuestion(turn);
}
