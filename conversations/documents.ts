import type { Reply, View } from '../src/dialogue/index.ts';
import { contactLine, draftNote, lines, ownContact } from './wording.ts';

const PER = { application: '', service: '（每项服务）', project: '（每个项目）' } as const;

/** 材料: the checklist of the stage at hand; what is still missing is numbered, so that it can be ticked off. */
export function documentsWords(view: View): Reply {
  const list = view.verdict.checklist;
  if (!list) return { text: '现在还没有材料清单。' };
  const open = list.items.filter((item) => !item.inHand && !item.advised);
  // While a question is open, a number answers that question.
  const answering = view.dossier.interview?.pending !== undefined && !view.dossier.interview.done;
  const done = list.items.filter((item) => item.inHand);
  const { hand_in: handIn, entries } = view.guide.programme.files.contacts;
  const contact =
    ownContact(view) ?? entries.find((entry) => entry.group === handIn.group && entry.serves.length === 0);
  const { state } = view.verdict;
  const text = lines(
    state.closed ? `${state.label}（${state.clause}）` : '',
    open.length === 0
      ? `${list.name}：已备齐（${list.clause}）`
      : `${list.name}，还缺${String(open.length)}项（${list.clause}）：`,
    ...open.map((item, index) => `${String(index + 1)}. ${item.name}${PER[item.per]}${oneOf(item.anyOf)}`),
    done.length > 0 ? `已有：${done.map((item) => item.name).join('、')}（记错了回“没有”加名称）` : '',
    list.copies === undefined ? '' : `份数：${list.copies}`,
    list.format === undefined ? '' : `要求：${list.format}`,
    `交到哪里：${handIn.text}（${handIn.clause}）`,
    contact ? `联系：${contactLine(contact)}` : '',
    open.length > 0 && !answering ? '已经有的回编号，如：1 3' : '',
    draftNote(view),
  );
  return { text };
}

function oneOf(options: readonly { name: string; counts: boolean }[]): string {
  const fitting = options.filter((option) => option.counts).map((option) => option.name);
  return fitting.length === 0 ? '' : `（${fitting.join('／')}${fitting.length > 1 ? '，任一' : ''}）`;
}

/** Papers that were just ticked off. */
export function tickedWords(names: readonly string[], waiting: readonly string[], view: View): Reply {
  const left = view.verdict.missingDocuments.length;
  const head = lines(
    names.length === 0 ? '' : `已记下：${names.join('、')}。`,
    waiting.length === 0 ? '' : `${waiting.join('、')}要先知道有哪种资质，回“资格自测”核对。`,
    names.length + waiting.length === 0 ? '没有勾选新的材料。' : '',
  );
  if (left === 0) return { text: `${head}清单上的材料都齐了。` };
  return { text: lines(head, waiting.length > 0 && names.length === 0 ? '' : documentsWords(view).text) };
}

/** Papers that are not in hand after all. */
export function takenBackWords(names: readonly string[], view: View): Reply {
  return { text: lines(`已记下：还没有${names.join('、')}。`, documentsWords(view).text) };
}
