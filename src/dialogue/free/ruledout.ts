import { cueIn, type Hit } from '../../understanding/question/index.ts';
import type { WrittenAnswer } from '../../policy/programme.ts';
import { officesOf, type Asked } from './asked.ts';
import type { Candidate } from './said.ts';

/** 去年6月开的发票20万: a figure would mislead where the message itself says why nothing is paid. */

/** As much surer than the figure. */
const MORE = 0.02;

/** Puts what rules a figure out before it. */
export function ruleOut(asked: Asked, found: Candidate[], hits: readonly Hit<WrittenAnswer>[]): void {
  const figure = found.find(({ said }) => said.kind === 'estimate');
  if (!figure) return;
  const strength = figure.strength + MORE;
  const at = found.findIndex(
    ({ said }) =>
      said.kind === 'period' && said.dates.length > 0 && said.dates.every(({ outcome }) => outcome === 'outside'),
  );
  const period = found[at];
  if (period) {
    found[at] = { ...period, strength };
    return;
  }
  const answer = elsewhere(asked, hits);
  if (answer)
    found.push({
      said: { kind: 'written', answer, offices: officesOf(asked, answer.refer) },
      guide: asked.guide,
      strength,
    });
}

/** The answer on providers from elsewhere, when one is named and nothing that makes an exception of it. */
function elsewhere(asked: Asked, hits: readonly Hit<WrittenAnswer>[]): WrittenAnswer | undefined {
  const rule = asked.guide.files.free.provider_elsewhere;
  const { bare } = asked.message;
  if (!rule || cueIn(bare, rule.unless) !== undefined) return undefined;
  const provider = asked.places.some(
    ({ name, places, unsure }) =>
      !unsure && places.every(({ programme }) => programme === undefined) && provides(asked, bare.indexOf(name), name),
  );
  return provider ? (hits.find(({ of }) => of.id === rule.answer)?.of ?? answerOf(asked, rule.answer)) : undefined;
}

function answerOf({ guide }: Asked, id: string): WrittenAnswer | undefined {
  return guide.files.answers.answers.find((one) => one.id === id);
}

const BETWEEN = /^(?:市|省|的|那边|这边|那儿)+/;

/** 北京机构, 上海做的, 在西安检测: the place is where the service came from. */
function provides({ message, cues }: Asked, at: number, name: string): boolean {
  if (at < 0) return false;
  const after = message.bare.slice(at + name.length).replace(BETWEEN, '');
  const before = message.bare.slice(0, at);
  return (
    cues.provider_after.some((word) => after.startsWith(word)) ||
    cues.provider_before.some((word) => before.endsWith(word))
  );
}
