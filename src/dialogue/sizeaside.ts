import { proceed, repeatQuestion } from './asking.ts';
import { companySize, type SizeIndicator } from '../policy/index.ts';
import { fold, readChoice, readCount, readMoney } from '../understanding/index.ts';
import { give } from './interview.ts';
import type { Interview, SizeAside } from './state.ts';
import type { Turn } from './turn.ts';

const WANTS = /帮我?算|怎么算|不知道(?:怎么|自己)?.{0,20}(?:算|档|规模)|算一下|算算/;

/** Begins the side question about the company's size when the person asks for it, or names head count and industry. */
export function wantsSize(turn: Turn, interview: Interview, text: string): boolean {
  if (!WANTS.test(text)) return false;
  turn.setInterview({ ...interview, size: {} });
  askNext(turn, interview, {});
  return true;
}

/** Takes an answer to the side question; false when the message is none. */
export function takeSize(turn: Turn, interview: Interview, text: string): boolean {
  const { standard, script } = turn.kit;
  const { say } = script;
  const known = interview.size ?? {};
  const wanted = nextIndicator(turn, known);
  let next: SizeAside | undefined;
  if (known.industry === undefined) {
    const options = standard.rows.map((row) => ({ id: String(row.no), label: row.industry, says: row.says }));
    const reading = readChoice(text, options);
    const chosen = reading.kind === 'read' ? reading.value : byWord(text, options);
    const row = standard.rows.find((one) => String(one.no) === chosen);
    if (row) next = { ...known, industry: row.industry };
  } else if (wanted === 'employees') {
    const reading = readCount(text);
    if (reading.kind === 'read') next = { ...known, employees: reading.value };
  } else if (wanted) {
    const reading = readMoney(text, { max: 100_000_000_000_000, unitDoubtBelow: 1000 });
    if (reading.kind === 'read') next = { ...known, [wanted]: reading.value };
  }
  if (!next) {
    // Commands such as 跳过 still work: only something like an answer is refused here.
    if (!/\d|[一二三四五六七八九十百千万亿]/.test(text)) return false;
    turn.say({ text: say.sizeNotUnderstood() });
    askNext(turn, interview, known);
    return true;
  }
  askNext(turn, interview, next);
  return true;
}

function byWord(
  text: string,
  options: readonly { id: string; label: string; says: readonly string[] }[],
): string | undefined {
  const folded = fold(text);
  const hits = options.filter((one) => [one.label, ...one.says].some((word) => folded.includes(fold(word))));
  return hits.length === 1 ? hits[0]?.id : undefined;
}

function nextIndicator(turn: Turn, known: SizeAside): SizeIndicator | undefined {
  if (known.industry === undefined) return undefined;
  const outcome = measure(turn, known);
  return outcome.kind === 'needs' ? outcome.indicators[0] : undefined;
}

function measure(turn: Turn, known: SizeAside) {
  return companySize(turn.kit.standard, {
    industry: known.industry ?? '',
    ...(known.employees === undefined ? {} : { employees: known.employees }),
    ...(known.revenue === undefined ? {} : { revenueFen: known.revenue }),
    ...(known.assets === undefined ? {} : { assetsFen: known.assets }),
  });
}

function askNext(turn: Turn, interview: Interview, known: SizeAside): void {
  const { standard, script } = turn.kit;
  const { say } = script;
  const guide = turn.guide();
  const { size: _size, ...rest } = interview;
  if (known.industry === undefined) {
    turn.setInterview({ ...rest, size: known });
    turn.say({ text: say.sizeIndustry(standard.rows.map((row) => row.industry)) });
    return;
  }
  const outcome = measure(turn, known);
  if (outcome.kind === 'needs') {
    turn.setInterview({ ...rest, size: known });
    turn.say({ text: say.sizeAmount(outcome.indicators[0] ?? 'employees') });
    return;
  }
  turn.setInterview(rest);
  if (outcome.kind === 'not_covered' || !guide) {
    turn.say({ text: say.sizeNotCovered() });
    repeatQuestion(turn);
    return;
  }
  turn.say({ text: say.sizeResult(outcome.size, `${standard.document_no}（${known.industry}）`) });
  const path = rest.pending?.kind === 'question' ? rest.pending.fact : '';
  turn.setDossier(give(guide, turn.dossier(), rest, [{ path, value: outcome.size }]));
  proceed(turn);
}
