import type { Reply, View } from '../src/dialogue/index.ts';
import { draftNote, lines } from './wording.ts';

function machineOf(view: View) {
  return view.guide.programme.files.procedure.machines.find((machine) => machine.role === 'applicant');
}

const SHOWN = 12;

/** 进度: where the enterprise stands in the procedure, and the next step. */
export function progressWords(view: View): Reply {
  const machine = machineOf(view);
  if (!machine) return { text: '这份文件没有写办理流程。' };
  const state = view.dossier.progress;
  if (state === undefined)
    return {
      text: lines('办到哪一步了？', draftNote(view)),
      choices: Object.entries(machine.states)
        .slice(0, SHOWN)
        .map(([id, label]) => ({ id: `progress.${id}`.slice(0, 32), label })),
    };
  const next = machine.transitions.filter((edge) => edge.from === state && !edge.implied);
  return {
    text: lines(
      `现在：${machine.states[state] ?? state}`,
      ...next
        .slice(0, 2)
        .map(
          (edge) =>
            `下一步：${edge.event}${edge.deadline === undefined ? '' : `，期限${edge.deadline}`}（${edge.clause}）`,
        ),
      draftNote(view),
    ),
  };
}

export function progressSetWords(view: View, label: string): Reply {
  return { text: lines(`已记下：${label}。`, progressWords(view).text) };
}

export function progressUnknownWords(view: View, text: string): Reply {
  const labels = Object.values(machineOf(view)?.states ?? {});
  return { text: `没有“${text.slice(0, 20)}”这一步。可以是：${labels.join('、')}` };
}
