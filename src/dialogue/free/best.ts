import type { WrittenAnswer } from '../../policy/programme.ts';
import { cueIn, findAsked, type Hit } from '../../understanding/question/index.ts';
import type { Turn } from '../turn.ts';
import { officesOf, type Asked } from './asked.ts';
import { contactCandidate } from './contact.ts';
import { deadlineCandidate } from './deadline.ts';
import { elsewhereCandidate, localCandidate, registeredCandidate } from './elsewhere.ts';
import type { Talk } from './knowledge.ts';
import { moneyCandidate } from './money.ts';
import { periodCandidate } from './period.ts';
import { ruleOut } from './ruledout.ts';
import type { Candidate, Said } from './said.ts';
import { sizeCandidate } from './size.ts';
import { weekdayCandidate } from './weekday.ts';

/** What may be meant by a question, the surest first. */

/** An answer this sure is given without looking further. */
export const CLEAR = 0.25;
/** Written answers are found by likeness, computed ones by what only they can mean. */
const WRITTEN = 0.86;
const SAME = 0.97;
/** Talk of other things has to be surer than an answer to the question. */
const TALK_HANDICAP = 0.04;

const COMPUTED = [
  contactCandidate,
  moneyCandidate,
  weekdayCandidate,
  deadlineCandidate,
  periodCandidate,
  sizeCandidate,
  elsewhereCandidate,
  localCandidate,
  registeredCandidate,
] as const;

/** Everything that a question may mean under one programme, the surest first. */
export function candidates(asked: Asked): Candidate[] {
  const found: Candidate[] = [];
  for (const compute of COMPUTED) {
    const one = compute(asked);
    if (one) found.push(one);
  }
  const hits = writtenHits(asked);
  for (const hit of hits.slice(0, 3)) {
    const offices = officesOf(asked, hit.of.refer);
    found.push({
      said: { kind: 'written', answer: hit.of, offices },
      guide: asked.guide,
      // Somebody has written this very question down.
      strength: hit.same ? SAME : hit.score * WRITTEN,
    });
  }
  refused(asked, found, hits);
  ruleOut(asked, found, hits);
  const [talk] = talkHits(asked);
  if (talk) found.push(talkCandidate(asked, talk));
  return found.sort((a, b) => b.strength - a.strength);
}

/** Answers by likeness without the names of places; what somebody has written down with the name of one goes before. */
function writtenHits({ knowledge, guide, topic, message }: Asked): Hit<WrittenAnswer>[] {
  const index = knowledge.answers(guide);
  const hits = findAsked(index, topic);
  if (topic.bare === message.bare || hits[0]?.same) return hits;
  const [exact] = findAsked(index, message);
  return exact?.same ? [exact, ...hits] : hits;
}

/** Below this a written no is not sure enough to take the place of a figure; higher where a figure was asked for. */
const REFUSED = { stated: 0.42, asked: 0.55 };
const ASKED = 0.9;

/** 商标注册花了3万: a figure for what is not paid at all would mislead, so the answer that refuses it comes first. */
function refused(asked: Asked, found: Candidate[], hits: readonly Hit<WrittenAnswer>[]): void {
  const at = found.findIndex(({ said }) => said.kind === 'estimate');
  const figure = found[at];
  // What is refused has been left out of it already.
  if (!figure || (figure.said.kind === 'estimate' && figure.said.left)) return;
  const word = cueIn(asked.message.bare, asked.guide.files.free.estimate?.excluded ?? []);
  const named =
    word === undefined
      ? undefined
      : hits.find(
          ({ of }) =>
            (of.stance === 'no' || of.stance === 'open') &&
            of.asks.some((ask) => ask.toLowerCase().includes(word.toLowerCase())),
        );
  if (named) {
    const offices = officesOf(asked, named.of.refer);
    const said: Said = { kind: 'written', answer: named.of, offices };
    found.push({ said, guide: asked.guide, strength: figure.strength + 0.01 });
    return;
  }
  const [no] = hits;
  const strength = (no?.score ?? 0) * WRITTEN;
  const enough = figure.strength > ASKED ? REFUSED.asked : REFUSED.stated;
  if (no?.of.stance === 'no' && no.of.must.length > 0 && strength >= enough)
    found[at] = { ...figure, strength: Math.min(figure.strength, strength - 0.01) };
}

/** The names of all programmes in the place of {programmes}. */
export function withNames(turn: Turn, says: string): string {
  const names = turn.guides().map(({ files }) => files.programme.short);
  return says.replaceAll('{programmes}', names.join('、'));
}

/** Talk that the message may be. */
export function talkHits(asked: Pick<Asked, 'knowledge' | 'message'>): Hit<Talk>[] {
  return findAsked(asked.knowledge.talk, asked.message);
}

/** Talk as a candidate; somebody to call is named with it where the data asks for that. */
export function talkCandidate(asked: Asked, hit: Hit<Talk>): Candidate {
  const { hand_in: handIn } = asked.guide.files.contacts;
  const offices = hit.of.does === 'human' ? officesOf(asked, handIn.group) : { entries: [], cityMissing: false };
  return {
    said: {
      kind: 'talk',
      says: withNames(asked.turn, hit.of.says),
      offices,
      ...(hit.of.does === 'help' ? { help: true } : {}),
    },
    guide: asked.guide,
    strength: hit.score - (hit.of.kind === 'out_of_scope' ? TALK_HANDICAP : 0),
    common: true,
  };
}

/** The programme is named in front when it is not the chat's. */
export function isNamed(turn: Turn, found: readonly Candidate[]): boolean {
  return found.some(
    ({ guide, common }) => !common && guide !== undefined && guide.files.programme.id !== turn.state.programme,
  );
}
