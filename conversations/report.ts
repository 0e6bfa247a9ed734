import type { AdviceChange, Advice } from '../src/policy/advice.ts';
import type { CheckResult, Verdict } from '../src/policy/check.ts';
import type { Programme } from '../src/policy/compile.ts';
import type { Facts } from '../src/policy/facts.ts';
import type { Contact } from '../src/policy/programme.ts';

/** The readable report of a quick check: at most a page, the conclusion first, each statement with its clause. */

const CONCLUSIONS: Readonly<Record<string, string>> = {
  eligible: '符合条件',
  ineligible: '不符合条件',
  undetermined: '还不能确定',
};

/** How many entries of a list are shown, so that the report stays on a page. */
const MOST = { reasons: 8, services: 4, questions: 8, advice: 3, contacts: 5 };

/** An amount in yuan as people write it: 50,000元. */
function yuan(amount: number): string {
  const [whole = '', cents] = String(amount).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${cents === undefined ? '' : `.${cents.padEnd(2, '0')}`}元`;
}

/** The first entries of a list, and a line that says how many more there are. */
function first(lines: readonly string[], most: number): string[] {
  const rest = lines.length - most;
  return rest > 0 ? [...lines.slice(0, most), `  （另有${String(rest)}项）`] : [...lines];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `【${title}】`, ...lines];
}

/**
 * The report, line by line. `now` is a UTC instant in ms; `verdict` and `result` come from the same facts.
 */
export function reportLines(
  programme: Programme,
  facts: Facts,
  now: number,
  verdict: Verdict,
  result: CheckResult,
): string[] {
  const { programme: about } = programme.files;
  return [
    about.document_no === undefined ? about.title : `${about.title}（${about.document_no}）`,
    about.status_says,
    ...section('结论', conclusion(programme, verdict, result)),
    ...section('金额', amounts(programme, verdict, result)),
    ...section('还缺的材料', papers(verdict, result)),
    ...section('时间', dates(programme, facts, now, verdict)),
    ...section(
      '请注意',
      verdict.warnings.filter((one) => one.prominent).map((one) => `  ！${one.text}（${one.clause}）`),
    ),
    ...section('可以怎么办', first(adviceLines(programme, result.advice), MOST.advice)),
    ...section('接下来请补充', first(questions(programme, result), MOST.questions)),
    ...section('找谁', whom(programme, facts, verdict)),
  ];
}

function conclusion(programme: Programme, verdict: Verdict, result: CheckResult): string[] {
  const word = CONCLUSIONS[result.eligibility] ?? result.eligibility;
  // A contradiction between answers belongs to no clause of the text.
  const listed = new Set(programme.files.programme.clauses);
  const clauses = [...new Set(result.reasons.map((reason) => reason.clause))].filter((clause) => listed.has(clause));
  if (result.eligibility === 'eligible')
    return [`${word}。依据：${clauses.join('、')}`, ...first(serviceLines(verdict), MOST.services)];
  const reasons = result.reasons.map((reason) =>
    listed.has(reason.clause) ? `  · ${reason.text}（${reason.clause}）` : `  · ${reason.text}`,
  );
  const bare = reasons.length === 0 ? [`  · 见${result.undetermined_rules.join('、')}`] : [];
  const services = result.eligibility === 'ineligible' ? [] : serviceLines(verdict);
  return [`${word}：`, ...bare, ...first(reasons, MOST.reasons), ...first(services, MOST.services)];
}

/** What keeps single services out of the sum. */
function serviceLines({ assessment }: Verdict): string[] {
  return assessment.findings.flatMap(({ rule, index, outcome }) => {
    if (index === undefined || outcome === 1) return [];
    const excluded = assessment.statuses[index] === 'excluded';
    if (excluded !== (outcome === -1) || (!excluded && assessment.eligibility !== 'eligible')) return [];
    const says = outcome === -1 ? rule.file.says.fail : rule.file.says.open;
    return [`  · 第${String(index + 1)}项服务${excluded ? '不计入' : '待定'}：${says}（${rule.clause}）`];
  });
}

function amounts(programme: Programme, verdict: Verdict, result: CheckResult): string[] {
  if (result.eligibility === 'ineligible') return [];
  const { subsidy } = programme.files;
  const firm = result.estimate_yuan;
  const favourable = result.conditional_estimate_yuan;
  const clause = subsidy.caps[0]?.clause ?? '';
  const lines: string[] = [];
  if (firm !== null) lines.push(`最高 ${yuan(firm)}，以审核为准（${clause}）`);
  if (favourable !== null && favourable !== firm)
    lines.push(`${firm === null ? '' : '  '}待定的各项都有利时，最高 ${yuan(favourable)}，以审核为准（${clause}）`);
  if (lines.length === 0) lines.push('金额还不能测算。');
  const { provincial_share_yuan: provincial, municipal_share_yuan: municipal } = result;
  if (subsidy.split && provincial !== null && municipal !== null && firm !== 0) {
    const parts = [
      ...(provincial > 0 ? [`省级 ${yuan(provincial)}`] : []),
      ...(municipal > 0 ? [`市级 ${yuan(municipal)}`] : []),
    ];
    lines.push(`  其中${parts.join('、')}（${subsidy.split.clause}）`);
  }
  if (verdict.state.closed) lines.push('  已过截止时间，金额只作假设参考。');
  return lines;
}

function papers(verdict: Verdict, result: CheckResult): string[] {
  const list = verdict.checklist;
  if (!list) return [];
  const missing = list.items.filter((item) => result.missing_documents.includes(item.id));
  if (missing.length === 0) return [`  ${list.name}：都有了（${list.clause}）`];
  const handIn = [list.copies, list.format, list.handIn].filter((one) => one !== undefined);
  return [
    ...missing.map((item, i) => `  ${String(i + 1)}. ${item.name}（${item.clause}）`),
    ...(handIn.length === 0 ? [] : [`  ${handIn.join('；')}`]),
  ];
}

const DAY = 86_400_000;
const BEIJING = 8 * 3_600_000;
const dayNumber = (instant: number): number => Math.floor((instant + BEIJING) / DAY);

function dates(programme: Programme, facts: Facts, now: number, { state }: Verdict): string[] {
  const role = facts.top.role === 'city_bureau' ? 'city_bureau' : 'applicant';
  const deadlines = programme.files.timeline.entries.flatMap((entry) => {
    const at = entry.at === undefined ? Number.NaN : Date.parse(entry.at);
    if (!entry.deadline_for.includes(role) || !(at >= now)) return [];
    const days = dayNumber(at) - dayNumber(now);
    const text = new Date(at + BEIJING).toISOString().slice(0, 16).replace('T', ' ');
    return [
      `  ${entry.label}：北京时间 ${text}，${days === 0 ? '就在今天' : `还有${String(days)}天`}（${entry.clause}）`,
    ];
  });
  return [...(state.label === '' ? [] : [`  ${state.label}（${state.clause}）`]), ...deadlines];
}

function adviceLines(programme: Programme, advice: readonly Advice[]): string[] {
  const name = (change: AdviceChange): string => labelOf(programme, change.fact);
  return advice.map(({ changes }, i) => {
    const parts = changes.map(
      (one) => `${name(one)}：${one.text}${one.changeable ? '' : '（不能改变）'}（${one.clause}）`,
    );
    return `  ${String(i + 1)}. ${parts.join('；')}`;
  });
}

function questions(programme: Programme, result: CheckResult): string[] {
  return result.next_questions.map((path) => `  · ${labelOf(programme, path)}  ${path}`);
}

/** The label of a fact at its concrete place; a service is named by its number. */
function labelOf(programme: Programme, path: string): string {
  const service = /^services\[(\d+)\]\./.exec(path);
  const label = programme.vocabulary.facts.get(service ? path.replace(/\[\d+\]/, '[]') : path)?.label ?? path;
  return service ? `第${String(Number(service[1]) + 1)}项服务的${label}` : label;
}

/** Whom to call: the group that takes the papers, and those that the open or failed points refer to. */
function whom(programme: Programme, facts: Facts, verdict: Verdict): string[] {
  const { contacts, programme: about } = programme.files;
  const refers = verdict.assessment.findings.flatMap(({ rule, outcome }) =>
    outcome === 1 ? [] : (rule.file.refer ?? []),
  );
  const city = facts.top[about.city_fact];
  const lines = [...new Set([contacts.hand_in.group, ...refers])].flatMap((id) => {
    const group = contacts.groups[id];
    const all = contacts.entries.filter((entry) => entry.group === id && entry.kind !== 'page');
    const fits = all.filter((entry) => entry.serves.length === 0 || entry.serves.includes(String(city)));
    if (!group || all.length === 0) return [];
    if (fits.length === 0)
      return [`  ${group.label}：说明${labelOf(programme, about.city_fact)}后给出电话（${group.clause}）`];
    return fits.map((entry) => `  ${group.label}：${contactText(entry)}（${entry.clause}）`);
  });
  return [...first(lines, MOST.contacts), ...(contacts.no_phone === undefined ? [] : [`  ${contacts.no_phone}`])];
}

function contactText(entry: Contact): string {
  const phones = entry.phones.map((one) => (one.inferred === undefined ? one.dial : `${one.dial}（${one.inferred}）`));
  return [entry.organisation, entry.department, entry.person, phones.join('、')]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
