/** Reads which of several offered options was meant: by number, letter, words or synonyms. */
import { isDenied } from './around.ts';
import { numeralAt } from './numerals.ts';
import { NONE, doubtful, read, rejected } from './reading.ts';
import type { Reading, Unknown } from './reading.ts';
import { fold, isQuestion, normalise } from './text.ts';
import { UNIT } from './tokens.ts';
import { readYesNo } from './yesno.ts';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Other words that mean this option. */
  readonly says?: readonly string[];
}

export type ChoiceReading = Reading<string> | Unknown;

/** A longer text is no answer to a list. */
export const MAX_ANSWER = 200;
const BEFORE = /^(?:我们|我|就|那就|那)?(?:应该)?(?:是|选择|选项|选|要|填|答案是|答案|回复|按|属于)?(?:的?是)?/;
const AFTER = /(?:选项|个|项|种|条|号|类)?(?:吧|啊|呢|的|了|哦|呀|谢谢){0,8}$/;
const TWO_NUMBERS = /^(\d{1,2}) ?(?:和|或者?|还是|跟|与|[,、 ]) ?(\d{1,2})$/;
const ORDINAL = /第/;

/** Whether the answer is that the person does not know. */
export function saysUnknown(text: string): boolean {
  const reading = readYesNo(text);
  return reading.kind === 'read' && reading.value === 'unknown';
}

/** 1..n for a text that is a number (第二个, 选3, 3吧, 最后一个) and nothing else; undefined otherwise. */
export function ordinalOf(text: string, count: number): number | undefined {
  const folded = fold(text);
  if (/^(?:选)?最后(?:一|1)?[个项种条]?$/.test(folded)) return count;
  if (/^(?:\d{4,}|\d+\.\d+)$/.test(folded) || folded.length > 16) return undefined;
  const asked = folded.replace(BEFORE, '');
  const core = asked.replace(AFTER, '').replace(ORDINAL, '');
  const measured = /[个项种条类]/.test(asked.slice(core.length)) && !ORDINAL.test(asked) && !/选/.test(folded);
  const numeral = numeralAt(core, 0);
  // 两个 and 3项 are numbers of things, 第二个 is a place in the list.
  if (!numeral || measured || numeral.end !== core.length || numeral.approx || /[两俩仨半几]/.test(core))
    return undefined;
  if (numeral.low !== numeral.high || numeral.low % UNIT !== 0n || numeral.low >= 1000n * UNIT) return undefined;
  return Number(numeral.low / UNIT);
}

/** The sentence for a number that is not on the list. */
export function outOfRange(count: number): string {
  return `请回复1到${count}之间的序号，或直接说选项的文字。`;
}

/** Every folded text that means the option. */
export function namesOf(option: Choice): string[] {
  return [option.label, ...(option.says ?? [])].map(fold).filter((name) => name !== '');
}

function byName(folded: string, options: readonly Choice[]): Choice[] {
  const ids = options.filter((option) => option.id.toLowerCase() === folded);
  const exact = options.filter((option) => namesOf(option).includes(folded));
  return exact.length > 0 ? exact : ids;
}

/** Part of a label; one character only where a label begins with it. */
function byPart(folded: string, options: readonly Choice[]): Choice[] {
  if (Array.from(folded).length === 1) {
    return /[是否有无没对不]/.test(folded) ? options.filter((option) => fold(option.label).startsWith(folded)) : [];
  }
  const begins = options.filter((option) => namesOf(option).some((name) => name.startsWith(folded)));
  if (begins.length === 1) return begins;
  return options.filter((option) => namesOf(option).some((name) => name.includes(folded)));
}

/** Options whose words occur in a sentence; the longer of two overlapping finds counts, denied ones do not. */
function within(folded: string, options: readonly Choice[]): Choice[] {
  const finds = options.flatMap((option) =>
    namesOf(option)
      .filter((name) => Array.from(name).length > 1)
      .map((name) => ({ option, from: folded.indexOf(name), length: name.length }))
      .filter(
        ({ from }) => from >= 0 && !isDenied(folded.slice(0, from)) && !/[不没非无]$/.test(folded.slice(0, from)),
      ),
  );
  const kept = finds.filter(
    (find) =>
      !finds.some(
        (other) =>
          other.length > find.length && other.from <= find.from && other.from + other.length >= find.from + find.length,
      ),
  );
  return [...new Set(kept.map(({ option }) => option))];
}

function letterOf(folded: string, count: number): number | undefined {
  const letter = /^选?([a-z])(?:选项|项)?吧?$/.exec(folded)?.[1];
  if (letter === undefined) return undefined;
  const n = letter.charCodeAt(0) - 96;
  return n <= count ? n : undefined;
}

function settle(found: readonly Choice[], length: number): Reading<string> {
  const [only] = found;
  if (!only) return NONE;
  if (found.length === 1) return read(only.id, [0, length]);
  return doubtful(
    found.map(({ id, label }) => ({ value: id, label })),
    '有几个选项都对得上，请确认是哪一个。',
  );
}

/**
 * Reads the id of one option. Several matches are doubtful, a number that is not on the list is rejected with the
 * range. 0 is never a choice: everywhere else it calls the menu.
 */
export function readChoice(text: string, options: readonly Choice[]): ChoiceReading {
  const clean = normalise(text);
  const folded = fold(clean);
  if (folded === '' || clean.length > MAX_ANSWER || /^-/.test(clean)) return NONE;
  const named = byName(folded, options);
  const n = ordinalOf(clean, options.length) ?? letterOf(folded, options.length);
  const numbered = n === undefined ? undefined : options[n - 1];
  if (named.length > 0 || numbered) {
    return settle([...new Set([...named, ...(numbered ? [numbered] : [])])], clean.length);
  }
  const two = TWO_NUMBERS.exec(clean)
    ?.slice(1)
    .map((said) => options[Number(said) - 1]);
  if (two?.every((option) => option !== undefined)) return settle(two, clean.length);
  if (n === 0) return NONE;
  if (n !== undefined) return rejected(outOfRange(options.length));
  if (saysUnknown(clean)) return { kind: 'unknown', span: [0, clean.length] };
  if (isQuestion(clean)) return NONE;
  const part = byPart(
    folded.replace(/^(?:我们|我)?(?:是|选择|选|要)(?=.{2})/, '').replace(/^(.{2,})[吧呢啊的]$/, '$1'),
    options,
  );
  return settle(part.length > 0 ? part : clean.length > 60 ? [] : within(folded, options), clean.length);
}
