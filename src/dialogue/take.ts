import { pendingQuestion, proceed, repeatQuestion } from './asking.ts';
import { civilDateOf, type Assignment } from '../policy/index.ts';
import { readChoice } from '../understanding/index.ts';
import { readAnswer, readPressed } from './answer.ts';
import type { AnswerReading } from './picked.ts';
import type { Prepared } from './prepared.ts';
import { ownButtons } from './ask.ts';
import { answerMore, give, numberOf, open } from './interview.ts';
import { takeSize, wantsSize } from './sizeaside.ts';
import { openInterview } from './script.ts';
import type { Interview } from './state.ts';
import type { Turn } from './turn.ts';

type Input = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'choice'; readonly id: string };

/** Takes a message as the answer to the pending question; false when it is none. */
export function takeAnswer(turn: Turn, input: Input): boolean {
  const guide = turn.guide();
  const interview = openInterview(turn.dossier());
  if (!guide || !interview?.pending) return false;
  if (interview.size && takeSize(turn, interview, input.kind === 'text' ? input.text : input.id)) return true;
  const prepared = pendingQuestion(turn);
  if (!prepared) return false;
  if (input.kind === 'text' && prepared.question?.helper === 'size' && wantsSize(turn, interview, input.text))
    return true;
  const reading =
    confirmed(interview, prepared, input) ??
    readInput(prepared, input, civilDateOf(turn.now), numberOf(interview, prepared.step));
  return apply(turn, interview, prepared, reading);
}

function readInput(prepared: Prepared, input: Input, today: string, n: number): AnswerReading {
  if (input.kind === 'choice') {
    const own = ownButtons(input.id, n);
    return own === undefined ? { kind: 'none' } : readPressed(prepared, own);
  }
  const reading = readAnswer(prepared, input.text, today);
  if (reading.kind !== 'none') return reading;
  return readPressed(prepared, ownButtons(input.text, n) ?? '');
}

/** One of the readings that were offered for confirmation. */
function confirmed(interview: Interview, prepared: Prepared, input: Input): AnswerReading | undefined {
  const { confirm } = interview;
  if (!confirm || input.kind !== 'text') return undefined;
  const options = confirm.map((one, index) => ({ id: String(index), label: one.label }));
  // While a list is offered a number picks from it, whatever else the number could mean.
  const ordinal = /^[1-9]$/.exec(input.text)?.[0];
  const reading = readChoice(input.text, options);
  if (ordinal === undefined && reading.kind !== 'read') return undefined;
  const chosen =
    confirm[ordinal === undefined && reading.kind === 'read' ? Number(reading.value) : Number(ordinal) - 1];
  if (!chosen) return undefined;
  if (prepared.offers.some((offer) => offer.id === chosen.value) || prepared.kind === 'multi')
    return readPressed(prepared, String(chosen.value));
  const [path = ''] = prepared.paths;
  return { kind: 'given', gives: [{ path, value: chosen.value }] };
}

function apply(turn: Turn, interview: Interview, prepared: Prepared, reading: AnswerReading): boolean {
  const { say } = turn.kit.script;
  const guide = turn.guide();
  if (!guide) return false;
  switch (reading.kind) {
    case 'none':
      return false;
    case 'given':
      accept(turn, interview, prepared, reading.gives, reading.choice);
      return true;
    case 'opened':
      turn.setDossier(open(guide, turn.dossier(), interview, reading.gives));
      proceed(turn);
      return true;
    case 'doubtful': {
      if (reading.options.length === 0) {
        turn.say({ text: say.rejected(reading.why, prepared.example) });
        repeatQuestion(turn);
        return true;
      }
      turn.setInterview({ ...interview, confirm: reading.options });
      turn.say({
        text: say.doubt(
          reading.why,
          reading.options.map((one) => one.label),
        ),
      });
      return true;
    }
    case 'rejected':
      return refuse(turn, interview, say.rejected(reading.why, prepared.example));
    case 'calculation':
      return refuse(turn, interview, say.needTotal(prepared.example));
    case 'coarse':
      return refuse(turn, interview, say.needDay(prepared.example));
  }
}

/** Says what is wrong and asks again; the third time in a row it offers to skip or to call somebody. */
function refuse(turn: Turn, interview: Interview, text: string): boolean {
  const view = turn.view();
  turn.setInterview({ ...interview, misses: interview.misses + 1 });
  turn.say({ text: interview.misses === 2 && view ? turn.kit.script.say.stuck(view) : text });
  repeatQuestion(turn);
  return true;
}

function accept(
  turn: Turn,
  interview: Interview,
  prepared: Prepared,
  gives: readonly Assignment[],
  choice: string | undefined,
): void {
  const guide = turn.guide();
  if (!guide) return;
  const dossier = turn.dossier();
  if (prepared.step.kind === 'more') turn.setDossier(answerMore(dossier, interview, choice === 'yes' ? 'yes' : 'no'));
  else turn.setDossier(give(guide, dossier, interview, gives));
  proceed(turn);
}
