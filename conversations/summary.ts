import { reasonsOf, type Reply, type View } from '../src/dialogue/index.ts';
import { ceilingText } from './eligibility.ts';
import { deadlineLine } from './nextsteps.ts';
import { contactLine, dateText, lines, ownContact } from './wording.ts';

const VERDICTS = {
  eligible: '符合条件（以审核为准）',
  ineligible: '目前不符合条件',
  undetermined: '还不能确定',
} as const;

/** 汇总: one page to forward: verdict, amount, missing papers, dates, whom to call. */
export function summaryWords(view: View): Reply {
  const { files } = view.guide.programme;
  const { assessment, missingDocuments, checklist, state, warnings } = view.verdict;
  const names = new Map((checklist?.items ?? []).map((item) => [item.id, item.name]));
  const missing = missingDocuments.map((id) => names.get(id) ?? id);
  const contact = ownContact(view);
  const reasons = assessment.eligibility === 'eligible' ? [] : reasonsOf(assessment);
  const heading = view.enterprise?.name === undefined ? '' : `${view.enterprise.name} `;
  return {
    text: lines(
      `【${heading}${files.programme.short}科技创新券自测 ${dateText(view.today)}】`,
      state.closed ? `${state.label}（${state.clause}）` : '',
      `结论：${VERDICTS[assessment.eligibility]}`,
      ...reasons.map((reason) =>
        reason.clause === 'contradiction' ? `· ${reason.text}` : `· ${reason.text}（${reason.clause}）`,
      ),
      assessment.eligibility === 'ineligible'
        ? ''
        : `${ceilingText(view)}${state.closed ? '（已截止，仅作假设）' : ''}`,
      assessment.eligibility === 'ineligible'
        ? ''
        : missing.length === 0
          ? `材料：已备齐（${checklist?.clause ?? ''}）`
          : `缺材料：${missing.join('、')}（${checklist?.clause ?? ''}）`,
      checklist?.copies === undefined ? '' : `份数：${checklist.copies}`,
      deadlineLine(view),
      state.label === '' || state.closed ? '' : `现在：${state.label}（${state.clause}）`,
      `报送：${files.contacts.hand_in.text}（${files.contacts.hand_in.clause}）`,
      contact ? `联系：${contactLine(contact)}（${contact.clause}）` : '',
      files.contacts.no_phone,
      ...warnings.filter((warning) => warning.prominent).map((warning) => `注意：${warning.text}（${warning.clause}）`),
      files.programme.status === 'draft' ? '' : `依据：${files.programme.document_no ?? files.programme.title}`,
    ),
  };
}
