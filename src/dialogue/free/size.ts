import { companySize, SIZES, type Fen, type SizeIndicator } from '../../policy/index.ts';
import type { SizeFigures } from '../../policy/size.ts';
import { findMoney, readNumber } from '../../understanding/index.ts';
import { asksSomething, cueIn, nearest } from '../../understanding/question/index.ts';
import { writtenOut } from './written.ts';
import { has, type Asked } from './asked.ts';
import type { Candidate } from './said.ts';

/** 制造业 1200人 营收3亿 算大型吗: the size by the statistical standard, and what it means for the programme. */

const SURE = 0.92;
const PARTLY = 0.7;
const HEADS =
  /([\d零〇一二两三四五六七八九十百千万]{1,9})(?:多|来|余)? ?(?:号|个|名|位)?(?:人|员工|职工|工人|师傅|从业)/;
/** 20来个亿: for a size the round figure will do. */
const ABOUT = /([\d一二两三四五六七八九十百千])(?:来|多|几)(?=个?[亿万])/g;
/** 人 350: typed as in a table. */
const HEADS_LISTED = /(?:^|[\s,，、;；])人[ :：]?(\d{1,6})(?!\d)/;
const HEADS_AFTER =
  /(?:员工|职工|工人|人数|从业人员|在职|在册|人员) ?(?:有|是|共)? ?([\d零〇一二两三四五六七八九十百千]{1,9})(?![\d.]*[万亿元])/;

/** The size's answer, when the message gives figures of a firm. */
export function sizeCandidate(asked: Asked): Candidate | undefined {
  const setup = asked.guide.files.free.size;
  if (!setup) return undefined;
  const { guide, cues } = asked;
  const figures = figuresOf(asked);
  const given = (['employees', 'revenueFen', 'assetsFen'] as const).filter((key) => figures[key] !== undefined).length;
  const asks = has(asked, cues.size);
  const { standard } = asked.turn.kit;
  // Two figures without an industry are worth a word when the firm may be too large.
  const enough =
    figures.industry === ''
      ? given > 1 && spanOf(asked, figures).includes('large')
      : given > 1 || companySize(standard, figures).kind === 'size';
  if (given === 0 || !(asks || (enough && !has(asked, cues.estimate)))) return undefined;
  const claimed = SIZES.find((size) => cueIn(asked.message.bare, cues.sizes?.[size] ?? []) !== undefined);
  const outcome = figures.industry === '' ? undefined : companySize(standard, figures);
  const size = outcome?.kind === 'size' ? outcome.size : undefined;
  const missing = outcome?.kind === 'needs' ? outcome.indicators : [];
  const atMost = outcome?.kind === 'needs' ? most(asked, figures, missing) : undefined;
  const settled = size ?? atMost;
  const span = figures.industry === '' ? spanOf(asked, figures) : [];
  return {
    said: {
      kind: 'size',
      industry: figures.industry === '' ? undefined : figures.industry,
      size,
      atMost,
      span,
      claimed,
      missing,
      document: standard.document_no,
      clause: setup.clause,
      means:
        settled === undefined || (size === undefined && atMost === 'large')
          ? span.length > 0 && !span.includes('large')
            ? setup.fits
            : setup.open
          : settled === 'large'
            ? setup.large
            : setup.fits,
    },
    guide,
    strength:
      figures.industry === '' || !(asks || figures.unsaid === true || (given > 1 && isStated(asked))) ? PARTLY : SURE,
  };
}

const ENDLESS: Fen = 1e15;

/** The sizes that these figures can come to, over all industries, the smallest first. */
function spanOf(asked: Asked, figures: SizeFigures): readonly string[] {
  const { standard } = asked.turn.kit;
  const found = new Set<string>();
  for (const { industry } of standard.rows) {
    const of = { ...figures, industry };
    const outcome = companySize(standard, of);
    if (outcome.kind === 'size') found.add(outcome.size);
    else if (outcome.kind === 'needs') {
      const largest = most(asked, of, outcome.indicators);
      // More figures can only lower it, down to the smallest.
      for (const size of SIZES.slice(0, SIZES.findIndex((one) => one === largest) + 1)) found.add(size);
    }
  }
  return SIZES.filter((size) => found.has(size));
}

/** The size if every missing figure were as large as can be: more figures can only lower it. */
function most(asked: Asked, figures: SizeFigures, missing: readonly SizeIndicator[]): string | undefined {
  const filled = {
    ...figures,
    ...(missing.includes('employees') ? { employees: ENDLESS } : {}),
    ...(missing.includes('revenue') ? { revenueFen: ENDLESS } : {}),
    ...(missing.includes('assets') ? { assetsFen: ENDLESS } : {}),
  };
  const outcome = companySize(asked.turn.kit.standard, filled);
  return outcome.kind === 'size' ? outcome.size : undefined;
}

function isStated({ message, cues }: Asked): boolean {
  return !asksSomething(message.text) && cueIn(message.bare, cues.spent) === undefined;
}

/** Whether anything is said of spending, subsidy or invoices. */
function isMoneyTalk(asked: Asked): boolean {
  const { spent, bought, amounts, estimate, expected, subsidy } = asked.cues;
  return has(asked, [...spent, ...bought, ...estimate, ...expected, ...subsidy, ...Object.values(amounts).flat()]);
}

interface Figures extends SizeFigures {
  /** The turnover is not called so. */
  readonly unsaid?: true;
}

function figuresOf(asked: Asked): Figures {
  const { text, bare } = asked.message;
  const { standard } = asked.turn.kit;
  let industry = '';
  let longest = 0;
  for (const row of standard.rows)
    for (const word of [row.industry, ...row.says])
      if (word.length > longest && bare.includes(word.toLowerCase())) {
        industry = row.industry;
        longest = word.length;
      }
  const heads = HEADS.exec(text)?.[1] ?? HEADS_AFTER.exec(text)?.[1] ?? HEADS_LISTED.exec(text)?.[1];
  const count = heads === undefined ? undefined : readNumber(heads);
  const written = writtenOut(text.replace(ABOUT, '$1'));
  let money: { revenue?: Fen; assets?: Fen; unsaid?: true } = {};
  const found = findMoney(written, { max: 100_000_000_000_000 });
  for (const { reading, span } of found) {
    if (reading.kind !== 'read') continue;
    const kind = nearest(written, span, { revenue: asked.cues.revenue, assets: asked.cues.assets });
    if (kind) money[kind] ??= reading.value;
    // 开超市的 55个人 450万: beside the industry and the heads, an amount that nobody calls spent is the turnover.
    else if (industry !== '' && count?.kind === 'read' && found.length === 1 && !isMoneyTalk(asked))
      money = { revenue: reading.value, unsaid: true };
  }
  return {
    industry,
    ...(count?.kind === 'read' ? { employees: count.value } : {}),
    ...(money.revenue === undefined ? {} : { revenueFen: money.revenue }),
    ...(money.assets === undefined ? {} : { assetsFen: money.assets }),
    ...(money.unsaid ? { unsaid: money.unsaid } : {}),
  };
}
