import type { Said, SizeSaid } from '../src/dialogue/index.ts';
import { amountText, lines } from './wording.ts';

type Estimate = Extract<Said, { kind: 'estimate' }>;
type Inverse = Extract<Said, { kind: 'inverse' }>;
type Room = Extract<Said, { kind: 'room' }>;

/** 最多能补9万元：18万元×50%=9万元，以审核为准（三） */
export function estimateText(said: Estimate): string {
  const [only] = said.figures;
  const several = said.figures.length > 1;
  const received = said.received > 0 ? `，已获${amountText(said.received)}先扣除` : '';
  const rows = said.figures.map(({ label, amount, uncapped, percent, cap, clause }) => {
    const sum = `${amountText(said.paid)}×${percent}%=${amountText(uncapped)}`;
    const capped = cap === undefined ? '' : `，受${cap.label}限制${received}`;
    const right =
      said.claimed === undefined ? '' : said.claimed === amount ? '对，' : `不是${amountText(said.claimed)}，`;
    const who = `${several ? `${label}：` : ''}${right}`;
    if (amount === 0 && said.received > 0)
      return `${who}不能再补：${cap?.label ?? ''}，已获${amountText(said.received)}，额度已用完（${clause}）`;
    return `${who}最多${said.received > 0 ? '还' : ''}能补${amountText(amount)}，以审核为准。${sum}${capped}（${clause}）`;
  });
  const shares =
    only?.shares && only.amount > 0 && !several
      ? `${only.shares.label}：省${amountText(only.shares.provincial)}、市${amountText(only.shares.municipal)}。`
      : '';
  const rough = said.rough ? '您给的是大概的数，这里按较大的算。' : '';
  const recognised = said.recognised ? '按审核认定的金额算，不按实际花的。' : '';
  const left = said.left ? `没有计入${amountText(said.left.amount)}：${said.left.why}（${said.left.clause}）` : '';
  return lines(...rows, left, shares, recognised, rough, said.says);
}

/** What is left of the yearly cap. */
export function roomText(said: Room): string {
  const several = said.figures.length > 1;
  const rows = said.figures.map(({ label, amount, cap, percent, clause }) => {
    const who = several ? `${label}：` : '';
    const limit = cap === undefined ? '' : `${cap.label}，`;
    return `${who}本年度最多还能拿${amountText(amount)}：${limit}已获${amountText(said.received)}先扣除，再报的按最高${percent}%算（${clause}）`;
  });
  return lines(...rows, '是上限，实际金额以审核为准。');
}

/** What has to be spent for a subsidy of some height. */
export function inverseText(said: Inverse): string {
  const several = said.figures.length > 1;
  const rows = said.figures.map(({ label, percent, goal, spend, clause, cap }) => {
    const limit = cap === undefined ? '' : `，受${cap.label}限制，多花不会多补`;
    const wan = spend % 1_000_000 === 0 ? '' : `，约${String(Math.ceil(spend / 10_000) / 100)}万元`;
    return `${several ? `${label}：` : ''}要补${amountText(goal)}，按${percent}%算至少要实际支付${amountText(spend)}${wan}${limit}（${clause}）`;
  });
  return lines(...rows, '这是按最高比例倒推的，实际金额以审核为准。');
}

const SIZES: Readonly<Record<string, string>> = { micro: '微型', small: '小型', medium: '中型', large: '大型' };
const INDICATORS = { employees: '从业人员', revenue: '年营业收入', assets: '资产总额' } as const;

/** 中型企业，不算大型 … */
export function sizeText(said: SizeSaid): string {
  const name = (size: string): string => `${SIZES[size] ?? size}企业`;
  const basis = `按${said.industry ?? ''}、${said.document}推算，以统计部门认定为准（${said.clause}）`;
  if (said.size !== undefined) {
    const other = said.claimed !== undefined && said.claimed !== said.size ? `，不是${name(said.claimed)}` : '';
    return lines(`${name(said.size)}${other}：${basis}`, said.means);
  }
  const missing = said.missing.map((one) => INDICATORS[one]).join('、');
  if (said.atMost !== undefined && said.atMost !== 'large')
    return lines(`最多算${name(said.atMost)}，准确的还要看${missing}：${basis}`, said.means);
  const [least] = said.span;
  const most = said.span.at(-1);
  const span =
    least === undefined || most === undefined
      ? ''
      : least === most
        ? `不管哪个行业都是${name(least)}（${said.document}，以统计部门认定为准）。`
        : `看行业：${name(least)}到${name(most)}都有可能（${said.document}）。`;
  return lines(
    said.means,
    span,
    said.industry === undefined ? '想算是哪一档，请说行业、人数和年营业收入。' : `想算准，请再说${missing}。`,
  );
}
