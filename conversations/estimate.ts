import { amountText, draftNote, lines } from './wording.ts';
import { ceilingText } from './eligibility.ts';
import { nextSteps } from './nextsteps.ts';
import type { Flow, Reply, View } from '../src/dialogue/index.ts';

/** 测算: only what the figure is made of. Whether the firm is eligible at all is another interview. */
export const estimate: Flow = {
  id: 'estimate',
  title: '测算',
  start: 'sums',
  steps: {
    sums: { asks: 'sums', then: [{ when: 'another_service', go: 'sums', nextService: true }, { go: 'amount' }] },
    amount: { asks: 'amount', then: [{ go: 'told' }] },
    told: { tells: 'estimate' },
  },
};

/** The figure under the assumption that everything else fits, and what would change it. */
export function estimateWords(view: View): { main: string; next: Reply } {
  const { estimate: sums, assessment } = view.verdict;
  const { subsidy } = view.guide.programme.files;
  const clause = subsidy.lines.at(-1)?.clause ?? '';
  const assumed =
    sums.conditional === null ? '' : `若各项条件都符合：最高${amountText(sums.conditional)}，以审核为准（${clause}）`;
  const rates = subsidy.lines.flatMap((line) => line.rates.map((rate) => `${rate.label}（${rate.clause}）`));
  const caps = subsidy.caps.map((cap) => `${cap.label}（${cap.clause}）`);
  const main = lines(
    assessment.eligibility === 'ineligible' ? '按已填的情况，目前不符合条件，不能补。' : assumed || ceilingText(view),
    `比例：${rates.join('；')}`,
    `上限：${caps.join('；')}`,
    '资格还没有核对，回“资格自测”逐项核对。',
    draftNote(view),
  );
  const next = nextSteps(view);
  return { main, next: { ...next, choices: [{ id: 'check', label: '资格自测' }, ...(next.choices ?? [])] } };
}
