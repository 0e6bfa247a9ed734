import { bounds, factAt, reasonsOf, type Flow, type Reply, type View } from '../src/dialogue/index.ts';
import { amountText, draftNote, lines } from './wording.ts';
import { nextSteps } from './nextsteps.ts';

/** 资格自测: applicant, then service by service, then what only the amount needs, then the verdict. */
export const eligibility: Flow = {
  id: 'eligibility',
  title: '资格自测',
  start: 'applicant',
  steps: {
    applicant: {
      asks: 'applicant',
      then: [
        { when: 'applicant_fails', go: 'verdict' },
        { when: 'no_service_needed', go: 'amount' },
        { go: 'service' },
      ],
    },
    service: { asks: 'service', then: [{ go: 'more' }] },
    more: {
      asks: 'more',
      then: [{ when: 'another_service', go: 'service', nextService: true }, { go: 'amount' }],
    },
    amount: { asks: 'amount', then: [{ go: 'verdict' }] },
    verdict: { tells: 'verdict' },
  },
};

const HEADINGS = {
  eligible: '初步结论：符合条件（以审核为准）',
  ineligible: '初步结论：目前不符合条件',
  undetermined: '初步结论：还不能确定',
} as const;

const CLOSED = 'WINDOW_CLOSED';
const SHOWN_REASONS = 4;
const SHOWN_WARNINGS = 3;

function moneyLines(view: View): string {
  const { estimate, assessment } = view.verdict;
  if (assessment.eligibility === 'ineligible') return '';
  const ceiling = ceilingText(view);
  if (ceiling === '') return '';
  const { split } = view.guide.programme.files.subsidy;
  const shares =
    estimate.provincial === null || estimate.provincial === 0 || estimate.municipal === null || !split
      ? ''
      : `（${split.label}：省${amountText(estimate.provincial)}、市${amountText(estimate.municipal)}）`;
  const hypothetical = view.verdict.state.closed ? '（已截止，仅作假设）' : '';
  return `${ceiling}${shares}${hypothetical}`;
}

/** 最高9.25万元, or the span while something is open, with what it depends on. */
export function ceilingText(view: View): string {
  const { estimate, assessment } = view.verdict;
  const { lines: paid } = view.guide.programme.files.subsidy;
  const clause = paid.find((line) => line.base.length > 0 === assessment.serviceNeeded)?.clause ?? '';
  const name = assessment.serviceNeeded ? '测算金额' : '券面额度';
  if (estimate.firm !== null && assessment.statuses.every((status) => status !== 'open'))
    return `${name}：最高${amountText(estimate.firm)}，以审核为准（${clause}）`;
  const span = bounds(view.guide.programme, view.facts, view.now, assessment, estimate);
  if (!span) return '';
  const bases = new Set(paid.flatMap(({ base }) => base.map(({ fact }) => fact)));
  // A ceiling over amounts that nobody named is no figure for this firm.
  if (span.high > 0 && span.dependsOn.some((path) => bases.has(general(path))))
    return `${name}：金额还没给全，现在算不出；无论花多少，最多不超过${amountText(span.high)}，以审核为准（${clause}）`;
  const labels = span.dependsOn.slice(0, 3).map((path) => labelOf(view, path));
  const depends = labels.length === 0 ? '' : `，取决于：${labels.join('、')}`;
  const range =
    span.low === 0 || span.low === span.high
      ? amountText(span.high)
      : `${amountText(span.low)}–${amountText(span.high)}`;
  return `${name}：最多${range}${depends}，以审核为准（${clause}）`;
}

/** The words for a fact at a concrete path. */
export function labelOf(view: View, path: string): string {
  return view.guide.programme.vocabulary.facts.get(general(path))?.label ?? path;
}

function general(path: string): string {
  return path.replace(/^services\[\d+\]/, 'services[]');
}

function reasonLines(view: View): string[] {
  const { assessment } = view.verdict;
  if (assessment.eligibility === 'eligible') return leftOut(view);
  const reasons = reasonsOf(assessment).map((reason) =>
    reason.clause === 'contradiction' ? reason.text : `${reason.text}（${reason.clause}）`,
  );
  if (reasons.length === 0 && assessment.statuses.length === 0)
    reasons.push(
      `${view.guide.programme.files.services.needed.says}（${view.guide.programme.files.services.needed.clause}）`,
    );
  const rest = reasons.length - SHOWN_REASONS;
  return [
    ...reasons.slice(0, SHOWN_REASONS).map((reason) => `· ${reason}`),
    ...(rest > 0 ? [`· 另有${String(rest)}条，见“汇总”`] : []),
  ];
}

/** Services that do not count beside those that do. */
function leftOut(view: View): string[] {
  const { findings, statuses } = view.verdict.assessment;
  return statuses.flatMap((status, index) => {
    if (status === 'included') return [];
    const wanted = status === 'excluded' ? -1 : 0;
    const found = findings.find((finding) => finding.index === index && finding.outcome === wanted);
    if (!found) return [];
    const says = found.rule.file.says[wanted === -1 ? 'fail' : 'open'];
    return [`· 第${String(index + 1)}项没有计入：${says}（${found.rule.clause}）`];
  });
}

/** What could be mended of what is known to fail; what nobody was asked about yet is no advice. */
function adviceLines(view: View): string[] {
  const changes = (view.advice()[0]?.changes ?? []).filter(({ fact }) => isKnown(view, fact));
  const able = changes.filter((change) => change.changeable);
  const told = able.length > 0 ? able : changes;
  if (told.length === 0) return [];
  const heading = able.length > 0 ? '怎样才能符合：' : '这一点改变不了：';
  return [heading, ...told.slice(0, 3).map((change) => `· ${change.text}（${change.clause}）`)];
}

function isKnown(view: View, fact: string): boolean {
  const member = /^(.+\])\.[a-z_]+$/.exec(fact)?.[1];
  const known = (path: string): boolean => (factAt(view.facts, path) ?? null) !== null;
  return known(fact) || (member !== undefined && !member.startsWith('services[') && known(member));
}

/** The verdict itself, and what follows from it: papers, dates, whom to call, what to do next. */
export function verdictWords(view: View): { main: string; next: Reply } {
  const { assessment, warnings } = view.verdict;
  const told = warnings
    .filter((warning) => warning.prominent && !(view.verdict.state.closed && warning.code === CLOSED))
    .slice(0, SHOWN_WARNINGS);
  const basis = assessment.eligibility === 'eligible' ? basisLine(view) : '';
  const main = lines(
    closedLine(view),
    HEADINGS[assessment.eligibility],
    ...reasonLines(view),
    moneyLines(view),
    basis,
    ...(assessment.eligibility === 'ineligible' ? adviceLines(view) : []),
    ...told.map((warning) => `注意：${warning.text}（${warning.clause}）`),
    told.some((warning) => warning.text === view.guide.programme.files.programme.status_says) ? '' : draftNote(view),
  );
  return { main, next: nextSteps(view) };
}

/** What is closed is said before anything else. */
function closedLine(view: View): string {
  const { state } = view.verdict;
  return state.closed ? `${state.label}（${state.clause}）` : '';
}

function basisLine(view: View): string {
  const { estimate, assessment } = view.verdict;
  if (!assessment.serviceNeeded || estimate.rate === undefined) return '';
  let sum = 0;
  estimate.bases.forEach((base, index) => {
    if (assessment.statuses[index] === 'included') sum += base ?? 0;
  });
  const line = view.guide.programme.files.subsidy.lines.find((one) => one.rates.length > 0);
  const rate = line?.rates.find((one) => one.rate === estimate.rate?.text);
  return `按计入的费用${amountText(sum)}、${rate?.label ?? ''}测算（${rate?.clause ?? ''}）`;
}
