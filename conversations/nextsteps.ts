import { weekday, type Reply, type View } from '../src/dialogue/index.ts';
import { contactLine, dateText, daysText, lines, ownContact } from './wording.ts';

/** Missing papers, the deadline, and whom to call, with buttons for what people ask next. */
export function nextSteps(view: View): Reply {
  const { missingDocuments, checklist, state, assessment } = view.verdict;
  const names = new Map((checklist?.items ?? []).map((item) => [item.id, item.name]));
  const missing = missingDocuments.map((id) => names.get(id) ?? id);
  const contact = ownContact(view);
  const paper = assessment.eligibility === 'ineligible' ? '' : missingText(missing, checklist?.clause);
  const text = lines(
    paper,
    deadlineLine(view),
    state.label === '' || state.closed || assessment.eligibility === 'ineligible'
      ? ''
      : `现在：${state.label}（${state.clause}）`,
    contact
      ? `联系：${contactLine(contact)}（${contact.clause}）`
      : `要联系人电话，回复所在市，如：${view.guide.programme.files.programme.examples.city}`,
    phoneless(view),
  );
  const choices = [
    { id: 'documents', label: '材料' },
    { id: 'deadlines', label: '截止' },
    { id: 'summary', label: '汇总' },
    { id: 'edit.1', label: '改第1题' },
  ];
  return { text, choices };
}

function missingText(missing: readonly string[], clause: string | undefined): string {
  if (missing.length === 0) return `材料：清单上的都已备齐（${clause ?? ''}）`;
  const shown = missing.slice(0, 4).join('、');
  const more = missing.length > 4 ? `等${String(missing.length)}项` : '';
  return `还缺材料：${shown}${more}（${clause ?? ''}），回“材料”看清单`;
}

/** The applicant's deadline with the days left. */
export function deadlineLine(view: View): string {
  const entry = view.guide.programme.files.timeline.entries.find((one) => one.deadline_for.includes('applicant'));
  if (entry?.at === undefined) return '';
  const date = entry.at.slice(0, 10);
  const time = entry.at.slice(11, 16) === '23:59' ? '' : ` ${entry.at.slice(11, 16)}`;
  return `截止：${dateText(date, weekday(date))}${time}，${daysText(view.today, date)}（${entry.clause}）`;
}

function phoneless(view: View): string {
  const { contacts } = view.guide.programme.files;
  return contacts.no_phone ?? '';
}
