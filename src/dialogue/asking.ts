import { assess, check, civilDateOf, withoutFacts } from '../policy/index.ts';
import { askReply, prepare } from './ask.ts';
import { askConsent } from './consent.ts';
import type { Prepared } from './prepared.ts';
import { sameStep, type Guide } from './guide.ts';
import { give, numberOf } from './interview.ts';
import { nextStep } from './next.ts';
import { openInterview } from './script.ts';
import { NEW_INTERVIEW, type Dossier, type Interview, type StepRef } from './state.ts';
import type { Turn } from './turn.ts';

/** Putting questions: the next one, the pending one again, and the verdict when none is left. */

/** Puts the next question, or tells the verdict when nothing is left to ask. */
export function proceed(turn: Turn): void {
  const guide = turn.guide();
  if (!guide) {
    turn.say(turn.kit.script.say.chooseProgramme(turn.guides()));
    return;
  }
  const dossier = turn.dossier();
  const interview: Interview = dossier.interview ?? NEW_INTERVIEW;
  const step =
    interview.editing === undefined
      ? nextStep(guide, turn.flow(), dossier.facts, interview, turn.now)
      : interview.pending;
  if (step) {
    if (step.kind === 'more') tellExcluded(turn, guide, step.service);
    turn.setInterview({ ...interview, pending: step, done: false, misses: 0 });
    putQuestion(turn);
    return;
  }
  turn.setInterview({ ...interview, pending: undefined, done: true, misses: 0 });
  tellResult(turn);
}

/** A list of conditions is read once: after so many messages beside it, it is shown again. */
const MOST_BESIDE = 3;

/** The pending question once more, in full; the place is found again when the data no longer has the step. */
export function putQuestion(turn: Turn): void {
  put(turn, true);
}

/** The pending question after something else was said: a list of conditions only by its first line. */
export function repeatQuestion(turn: Turn): void {
  put(turn, false);
}

function put(turn: Turn, whole: boolean): void {
  const guide = turn.guide();
  const interview = openInterview(turn.dossier());
  if (!guide || !interview) return;
  if (interview.size) return;
  const prepared = pendingQuestion(turn);
  if (prepared) {
    const reply = askReply(guide, prepared, numberOf(interview, prepared.step));
    const beside = whole || prepared.kind !== 'bundle' ? 0 : (interview.beside ?? 0) + 1;
    const short = beside > 0 && beside <= MOST_BESIDE;
    const told = short ? beside : 0;
    if (told !== (interview.beside ?? 0)) turn.setInterview({ ...interview, beside: told });
    const labels = prepared.offers.map(({ label }) => label);
    const [first = ''] = reply.text.split('\n');
    turn.say(short ? { ...reply, text: turn.kit.script.ask.listAgain(first, labels) } : reply);
  } else if (interview.pending) findPlace(turn, guide, interview, interview.pending);
}

/** The data no longer has the pending question: goes on with the next one, or ends rather than ask in circles. */
function findPlace(turn: Turn, guide: Guide, interview: Interview, gone: StepRef): void {
  const { pending: _pending, editing: _editing, ...rest } = interview;
  const next = nextStep(guide, turn.flow(), turn.facts(), rest, turn.now);
  if (next && !sameStep(next, gone)) {
    turn.setInterview({ ...rest, pending: next });
    putQuestion(turn);
    return;
  }
  turn.setInterview({ ...rest, done: true });
  tellResult(turn);
}

/** The pending question, ready to be put or answered; undefined without one, or when the data no longer has it. */
export function pendingQuestion(turn: Turn): Prepared | undefined {
  const guide = turn.guide();
  const dossier = turn.dossier();
  const pending = openInterview(dossier)?.pending;
  if (!guide || !pending) return undefined;
  const today = civilDateOf(turn.now);
  const known = shown.get(dossier);
  if (known?.guide === guide && known.today === today) return known.prepared;
  const { interview, facts } = dossier;
  const changing = interview?.editing === undefined ? undefined : interview.asked[interview.editing];
  const paths = changing?.before.map((one) => one.path);
  const without = paths && changing?.step.kind === 'bundle' ? withoutFacts(facts, paths) : facts;
  const prepared = prepare(guide, pending, without, turn.now, turn.kit.script.ask, paths);
  shown.set(dossier, { guide, today, prepared });
  return prepared;
}

/** A question as it was put. */
interface Shown {
  readonly guide: Guide;
  readonly today: string;
  readonly prepared: Prepared | undefined;
}

// A question is prepared when it is put, and read again with the answer, between which other chats have their turns.
const shown = new WeakMap<Dossier, Shown>();

function tellResult(turn: Turn): void {
  const view = turn.view();
  if (!view) return;
  const { say } = turn.kit.script;
  const told = turn.flow().id === 'estimate' ? say.estimate(view) : say.verdict(view);
  const { programme } = view.guide;
  const result = {
    program: programme.id,
    now: new Date(turn.now).toISOString(),
    ...check(programme, view.facts, turn.now, view.verdict),
  };
  turn.say({ text: told.main, result }, told.next);
  askConsent(turn);
}

/** Skips a bundle: none of its facts is known. */
export function skipAll(turn: Turn, paths: readonly string[]): void {
  const guide = turn.guide();
  const interview = openInterview(turn.dossier());
  if (!guide || !interview) return;
  turn.setDossier(
    give(
      guide,
      turn.dossier(),
      interview,
      paths.map((path) => ({ path, value: null })),
    ),
  );
  proceed(turn);
}

/** Nothing was understood: what is expected, an example, the question again; never more than twice the same. */
export function notUnderstood(turn: Turn, text: string): void {
  const { say } = turn.kit.script;
  const interview = openInterview(turn.dossier());
  const prepared = pendingQuestion(turn);
  const view = turn.view();
  if (!interview || !prepared) {
    turn.say(say.fallback(text, view));
    return;
  }
  turn.setInterview({ ...interview, misses: interview.misses + 1 });
  const wayOut = interview.misses >= 2 && view !== undefined;
  if (wayOut && interview.misses % 3 === 2) turn.say({ text: say.stuck(view) });
  else if (!wayOut) turn.say({ text: say.notUnderstood(text, prepared.kind, prepared.example) });
  repeatQuestion(turn);
}

/** A service that certainly does not count is said to be so at once, with the reason. */
function tellExcluded(turn: Turn, guide: Guide, service: number): void {
  const { findings, statuses } = assess(guide.programme, turn.facts(), turn.now);
  if (statuses[service] !== 'excluded') return;
  const failed = findings.find((finding) => finding.index === service && finding.outcome === -1);
  if (failed) turn.say({ text: turn.kit.script.say.excluded(failed.rule.file.says.fail, failed.rule.clause) });
}
