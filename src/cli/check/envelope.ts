import { FactsFault, readFacts, type NumberText } from '../../policy/border.ts';
import type { Programme } from '../../policy/compile.ts';
import { readInstant } from '../../policy/dates.ts';
import type { Facts } from '../../policy/facts.ts';
import { InputFault } from './fault.ts';

/** What is to be checked: whose facts, under which programme, at which instant. */
export interface CheckRequest {
  readonly id: string | number | null;
  readonly programme: Programme;
  /** UTC instant in ms, and as it was written. */
  readonly now: number;
  readonly nowText: string;
  readonly facts: Facts;
}

/** What the command line says; it fills in what the input leaves out, and `now` it decides. */
export interface Defaults {
  readonly program: string | undefined;
  readonly now: string | undefined;
  /** The clock, UTC ms. */
  readonly clock: () => number;
}

const KEYS = ['id', 'program', 'now', 'facts'];

function isNumberText(value: unknown): value is NumberText {
  return typeof value === 'object' && value !== null && 'isLosslessNumber' in value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumberText(value);
}

/** The id of an input, whatever else is wrong with it; null when it has none. @throws InputFault for another type. */
export function idOf(input: unknown): string | number | null {
  const id = isObject(input) && Object.hasOwn(input, 'id') ? input.id : null;
  if (id === null || typeof id === 'string') return id;
  const text = isNumberText(id) ? id.toString() : '';
  // A number that would come back different from what was sent is no name for anything.
  if (text !== '' && String(Number(text)) === text) return Number(text);
  throw new InputFault('id', '应为文字或数字');
}

/**
 * Reads an envelope, or bare facts when there is none and the command line names the programme.
 * @throws InputFault naming the path in the input.
 */
export function readRequest(
  input: unknown,
  programmes: ReadonlyMap<string, Programme>,
  defaults: Defaults,
): CheckRequest {
  if (!isObject(input)) throw new InputFault('', '应为一个对象');
  const bare = defaults.program !== undefined && !Object.hasOwn(input, 'facts') && !Object.hasOwn(input, 'program');
  const envelope: Readonly<Record<string, unknown>> = bare ? { facts: input } : input;
  const unknown = Object.keys(envelope).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new InputFault(unknown, `不认识的字段。这里可以用：${KEYS.join('、')}`);
  const id = idOf(envelope);
  const programme = programmeOf(envelope.program, programmes, defaults);
  const { now, nowText } = instantOf(envelope.now, defaults);
  if (!Object.hasOwn(envelope, 'facts')) throw new InputFault('facts', '缺少 facts');
  return { id, programme, now, nowText, facts: factsOf(envelope.facts, programme, bare) };
}

function programmeOf(given: unknown, programmes: ReadonlyMap<string, Programme>, { program }: Defaults): Programme {
  const known = `可以是：${[...programmes.keys()].join('、')}`;
  const id = given ?? program;
  if (id === undefined) throw new InputFault('program', `缺少 program，${known}`);
  const found = typeof id === 'string' ? programmes.get(id) : undefined;
  if (!found) throw new InputFault('program', known);
  if (program !== undefined && program !== id)
    throw new InputFault('program', `输入里是 ${found.id}，命令行是 ${program}，请保持一致`);
  return found;
}

function instantOf(given: unknown, { now, clock }: Defaults): { now: number; nowText: string } {
  const text = now ?? given;
  if (text === undefined || text === null) {
    const instant = clock();
    return { now: instant, nowText: new Date(instant).toISOString() };
  }
  const instant = typeof text === 'string' ? readInstant(text) : undefined;
  if (typeof text === 'string' && instant !== undefined) return { now: instant, nowText: text };
  throw new InputFault('now', '应为带时区的时间，如 2026-07-01T10:00:00+08:00');
}

function factsOf(given: unknown, programme: Programme, bare: boolean): Facts {
  try {
    return readFacts(given, programme.vocabulary);
  } catch (error) {
    if (!(error instanceof FactsFault)) throw error;
    const path = bare ? error.path : error.path === '' ? 'facts' : `facts.${error.path}`;
    throw new InputFault(path, error.message);
  }
}
