import { nextSteps, statesOf, trackOf, WITHDRAWN, type Reply, type View } from '../src/dialogue/index.ts';
import { draftNote, lines } from './wording.ts';

const SHOWN = 12;

function trackFor(view: View) {
  return trackOf(view.guide.programme, view.facts, view.now);
}

/** 进度: where the enterprise stands in the procedure, and the next step. */
export function progressWords(view: View): Reply {
  const track = trackFor(view);
  if (track.length === 0) return { text: '这份文件没有写办理流程。' };
  const states = statesOf(track);
  const state = view.dossier.progress;
  if (state === WITHDRAWN) return progressWithdrawnWords();
  const label = states.find(({ id }) => id === state)?.label;
  if (state === undefined || label === undefined)
    return {
      text: lines('办到哪一步了？', draftNote(view)),
      choices: states.slice(0, SHOWN).map(({ id, label: own }) => ({ id: `progress.${id}`.slice(0, 32), label: own })),
    };
  return { text: lines(`现在：${label}`, ...stepsOf(view, state), draftNote(view)) };
}

function stepsOf(view: View, state: string): string[] {
  const track = trackFor(view);
  const steps = nextSteps(track, state);
  if (steps.length === 0) return ['流程到这里结束了。'];
  const named = steps.filter((step) => !step.implied);
  // Where the text names no outcome, it is told as that.
  const told = named.length > 0 ? named : steps;
  return told.slice(0, 2).map((step) => {
    // Of a team, the host goes through the procedure of an enterprise.
    const hosted = track[0]?.transitions.includes(step) === false;
    const actor = hosted && step.actor === '企业' ? '平台企业' : step.actor;
    const until = step.deadline === undefined ? '' : `，期限：${step.deadline}`;
    const evidence = step.evidence === undefined ? '' : `，凭据：${step.evidence}`;
    return `下一步（${actor}）：${step.event}${until}${evidence}（${step.clause}${step.implied ? '，条文没有写明' : ''}）`;
  });
}

export function progressSetWords(view: View, label: string): Reply {
  return { text: lines(`已记下：${label}。`, ...stepsOf(view, view.dossier.progress ?? ''), draftNote(view)) };
}

/** 不申请了. */
export function progressWithdrawnWords(): Reply {
  return { text: '已记下：不申请了，截止提醒不再发。要接着办，回“进度”选办到哪一步。' };
}

export function progressUnknownWords(view: View, text: string): Reply {
  const labels = statesOf(trackFor(view)).map(({ label }) => label);
  return { text: `没有“${text.slice(0, 20)}”这一步。可以是：${labels.join('、')}` };
}
