import type { Fen } from '../../policy/index.ts';
import type { WrittenAnswer } from '../../policy/programme.ts';
import { asksSomething, findAsked, readMessage } from '../../understanding/question/index.ts';
import { openInterview } from '../script.ts';
import { amountsOf, sum, type Amounts } from './amounts.ts';
import { askedOf, has, type Asked } from './asked.ts';
import { claims } from './expected.ts';
import { figureOf, variantsOf, type Setup } from './figure.ts';
import type { Candidate, Figure, Inverse, Said } from './said.ts';

/** 花了18万能补多少: the ceiling for an amount, under each reading of who the applicant is that the message leaves open. */

const ASKED = 0.96;
const STATED = 0.88;
/** A subsidy and nothing that was spent. */
const CLAIMED = 0.8;
/** An amount and no word of what it is. */
const UNSAID = 0.8;
/** With an amount in passing and no word that asks for a figure. */
const IN_PASSING = 0.3;
const SHORT = 24;
/** With no more than this beside it, the amount is what the message is about. */
const LITTLE = 6;
/** More than any cap (fen): what is had at most. */
const PLENTY: Fen = 1e11;

/** The estimate, when the message names what was paid, or what is wanted or left. */
export function moneyCandidate(asked: Asked): Candidate | undefined {
  const setup = asked.guide.files.free.estimate;
  if (!setup) return undefined;
  const { guide, cues } = asked;
  const amounts = amountsOf(asked, setup.excluded);
  const claimed = claims(asked) && !has(asked, cues.quantity) ? amounts.expected : undefined;
  const asks = has(asked, cues.estimate) || claimed !== undefined || (amounts.differs && has(asked, cues.which_sum));
  if (amounts.foreign) return { said: { kind: 'plain', ...setup.foreign }, guide, strength: ASKED };
  const nothingSpent = amounts.spent.length + amounts.invoiced.length === 0 && amounts.recognised === undefined;
  if (nothingSpent) {
    const wanted = amounts.wanted ?? (has(asked, cues.full) ? PLENTY : undefined);
    if (wanted !== undefined && has(asked, cues.inverse))
      return { said: inverse(asked, setup, wanted, amounts), guide, strength: ASKED };
    if (claimed !== undefined) return ofEarlier(asked, setup, claimed, amounts);
    return amounts.received > 0 && has(asked, cues.room) && has(asked, cues.quantity)
      ? { said: room(asked, setup, amounts), guide, strength: ASKED }
      : undefined;
  }
  const strength = asks ? ASKED : strengthOf(asked, amounts);
  if (strength === 0) return undefined;
  return { said: told(asked, setup, amounts, claimed), guide, strength };
}

/** 那能补四万对吧: held against what was spent in the question before, else what has to be spent for it. */
function ofEarlier(asked: Asked, setup: Setup, claimed: Fen, amounts: Amounts): Candidate | undefined {
  const { turn, guide } = asked;
  const { free } = turn.state;
  if (free?.answer?.includes('estimate') === true) {
    const earlier = askedOf(turn, guide, free.question, free.question);
    const before = amountsOf(earlier, setup.excluded);
    const named = variantsOf(asked, setup).length < setup.variants.length;
    const received = before.received + amounts.received;
    if (before.spent.length + before.invoiced.length > 0)
      return { said: told(named ? asked : earlier, setup, { ...before, received }, claimed), guide, strength: ASKED };
  }
  const known = knownPaid(asked, setup);
  if (known.length > 0) {
    const sums = { ...amounts, spent: known };
    return { said: told(asked, setup, sums, claimed), guide, strength: ASKED };
  }
  // 最高能补50万吗 asks for the cap.
  if (guide.files.subsidy.caps.some(({ amount }) => amount === claimed)) return undefined;
  return { said: inverse(asked, setup, claimed, amounts), guide, strength: CLAIMED };
}

/** How surely an amount that nobody asks a figure for is meant as one to be worked out. */
function strengthOf(asked: Asked, { beside, spent, excluded }: Amounts): number {
  if (excluded) return STATED;
  const said = has(asked, asked.cues.spent);
  const stated = asked.message.bare.length <= SHORT && !asksSomething(asked.message.text);
  if (!stated) return said ? IN_PASSING : 0;
  if (said) return STATED;
  // In an interview a bare amount is an answer, or nothing.
  if (openInterview(asked.turn.dossier())) return 0;
  const caps = asked.guide.files.subsidy.caps.map(({ amount }) => amount);
  if (beside.length > LITTLE && spent.every((one) => caps.includes(one))) return 0;
  return beside.length <= LITTLE ? STATED : UNSAID;
}

/** What the chat knows to have been paid, else invoiced, of its services. */
function knownPaid({ turn, guide }: Asked, { paid, invoice }: Setup): Fen[] {
  if (turn.state.programme !== guide.files.programme.id) return [];
  return turn.facts().services.flatMap((service) => {
    const fact = service[paid] ?? service[invoice];
    return typeof fact === 'number' ? [fact] : [];
  });
}

function told(asked: Asked, setup: Setup, amounts: Amounts, claimed?: Fen): Said {
  const { spent, invoiced, recognised } = amounts;
  const invoice = recognised ?? (invoiced.length > 0 ? sum(invoiced) : sum(spent));
  const paid = recognised ?? (spent.length > 0 ? sum(spent) : invoice);
  const figures = variantsOf(asked, setup).flatMap((variant) =>
    figureOf(asked, setup, variant, { paid, invoice, ...amounts }),
  );
  return {
    kind: 'estimate',
    paid: Math.min(paid, invoice),
    received: amounts.received,
    rough: amounts.rough,
    recognised: recognised !== undefined,
    figures: distinct(figures),
    ...(claimed === undefined ? {} : { claimed }),
    left: leftOut(asked, amounts.excluded),
    says: setup.says,
  };
}

/** What does not count, with the answer that says why. */
function leftOut(
  { guide, knowledge }: Asked,
  excluded: Amounts['excluded'],
): Extract<Said, { kind: 'estimate' }>['left'] {
  if (!excluded) return undefined;
  let no: WrittenAnswer | undefined;
  let most = 0;
  for (const answer of guide.files.answers.answers) {
    const count = answer.asks.filter((ask) => ask.includes(excluded.word)).length;
    if (answer.stance !== 'no' || count <= most) continue;
    most = count;
    no = answer;
  }
  no ??= findAsked(knowledge.answers(guide), readMessage(knowledge.lexicon, excluded.word)).find(
    ({ of }) => of.stance === 'no',
  )?.of;
  return no && { amount: excluded.sum, why: no.brief ?? '', clause: no.clause };
}

/** What is left of the cap after what was received. */
function room(asked: Asked, setup: Setup, amounts: Amounts): Said {
  const figures = variantsOf(asked, setup).flatMap((variant) =>
    figureOf(asked, setup, variant, { ...amounts, paid: PLENTY, invoice: PLENTY }),
  );
  return { kind: 'room', received: amounts.received, figures: distinct(figures) };
}

/** Readings that come to the same are told once, under the first. */
function distinct(figures: readonly Figure[]): Figure[] {
  const [first] = figures;
  return first && figures.every((one) => one.amount === first.amount && one.percent === first.percent)
    ? [first]
    : [...figures];
}

/** What has to be spent for a subsidy of this height, less what was received. */
function inverse(asked: Asked, setup: Setup, wanted: Fen, { received, voucher }: Amounts): Said {
  const figures = variantsOf(asked, setup).flatMap((variant): Inverse[] => {
    const [probe] = figureOf(asked, setup, variant, { paid: PLENTY, invoice: PLENTY, received, voucher });
    if (!probe) return [];
    const wish = wanted === PLENTY ? probe.amount : Math.max(0, wanted - received);
    const goal = Math.min(wish, probe.amount);
    return [
      {
        label: variant.label,
        percent: probe.percent,
        goal,
        spend: Math.ceil((goal * 100) / Number(probe.percent)),
        clause: probe.clause,
        cap: wish > probe.amount ? probe.cap : undefined,
      },
    ];
  });
  const [first] = figures;
  const same = first && figures.every((one) => one.spend === first.spend && one.cap === first.cap);
  return { kind: 'inverse', figures: same ? [first] : figures };
}
