/** The pieces of an answer about several options: numbers, words, ranges, 其他没有, 2不清楚. */
import { namesOf, outOfRange, readChoice, saysUnknown } from './choices.ts';
import type { Choice } from './choices.ts';
import { NONE, doubtful, rejected } from './reading.ts';
import type { Doubtful, None, Read, Rejected, Unknown } from './reading.ts';
import { fold } from './text.ts';
import { digitOf } from './tokens.ts';

/** `unknown` lists the options about which the person said that they do not know. */
export type ChoicesReading =
  | (Read<readonly string[]> & { readonly unknown?: readonly string[] })
  | Doubtful<readonly string[]>
  | Rejected
  | None
  | Unknown;

/** 都没有 and the like, folded. */
export const NONE_OF_THEM =
  /^(?:我们|公司|以上|上面|这些)?(?:一个|一项|一样|一条)?(?:全部?|都|均|也|全都)?(?:没有|没|无|不是|不符合|不满足|不具备|不)(?:一个|过)?[的了啊呢哦]?$|^(?:none|no|n|否|以上皆非|一个没有)$/;
const OTHERS = /^(?:其他的?|其它的?|其余的?|别的|剩下的?|另外的?)(?:都|全|全都|就|我|也)?(.*)$/;
const FIRST_OR_LAST = /^([前后])([一二两三四五六七八九\d]{1,2})[个项条种]?(?:都有|都是|有|是)?$/;
const RANGE = /^(\d{1,2}) ?[-~到至] ?(\d{1,2})$/;
const RUN_TOGETHER = /^(?:[1-9]{2,12}|[一二三四五六七八九]{2,9}|\d(?:\.\d){1,8})$/;
const DENIED_FIRST = /^(?:没有|没|缺|缺少|差|不是)(.+)$/;
const DIGITS = '零一二三四五六七八九';

/** What was said about single options, by id. */
export interface Picked {
  readonly chosen: Set<string>;
  readonly unknown: Set<string>;
  readonly denied: Set<string>;
}

function nothingPicked(): Picked {
  return { chosen: new Set(), unknown: new Set(), denied: new Set() };
}

/** The options that were not mentioned, in the order of the list. */
export function others(picked: Picked, options: readonly Choice[]): string[] {
  return options
    .map(({ id }) => id)
    .filter((id) => ![picked.chosen, picked.unknown, picked.denied].some((ids) => ids.has(id)));
}

/** 13 without an option 13 is most likely 1 and 3 typed without a comma. */
function runTogether(digits: string, options: readonly Choice[]): ChoicesReading {
  const all = Array.from(digits.replace(/\./g, ''), (char) => digitOf(char) ?? Number(char));
  const numbers = [...new Set(all)];
  const fits = numbers.length === all.length && numbers.every((n) => n >= 1 && n <= options.length);
  if (!fits) return rejected(outOfRange(options.length));
  const picked = numbers.sort((a, b) => a - b).flatMap((n) => options[n - 1] ?? []);
  const label = numbers.join('、');
  return doubtful([{ value: picked.map(({ id }) => id), label }], `是选${label}吗？多个序号请用逗号隔开。`);
}

function slice(part: string, options: readonly Choice[]): readonly Choice[] | undefined {
  const ends = FIRST_OR_LAST.exec(part);
  const range = RANGE.exec(part);
  if (ends) {
    const text = (ends[2] ?? '').replace('两', '二');
    const n = /^\d+$/.test(text) ? Number(text) : DIGITS.indexOf(text);
    if (n < 1 || n > options.length) return undefined;
    return ends[1] === '前' ? options.slice(0, n) : options.slice(-n);
  }
  if (!range) return undefined;
  const [from, to] = [Number(range[1]), Number(range[2])];
  return from >= 1 && from < to && to <= options.length ? options.slice(from - 1, to) : undefined;
}

/** Takes one piece of the answer; true when that worked, otherwise what to answer instead. */
function takePart(part: string, picked: Picked, options: readonly Choice[]): ChoicesReading | true {
  const rest = OTHERS.exec(part)?.[1];
  if (rest !== undefined) {
    if (NONE_OF_THEM.test(rest)) return true;
    if (saysUnknown(rest)) for (const id of others(picked, options)) picked.unknown.add(id);
    else if (/^(?:有|是|要|选|符合|满足|具备)?的?$/.test(rest))
      for (const id of others(picked, options)) picked.chosen.add(id);
    else return NONE;
    return true;
  }
  const several = slice(part, options);
  if (several) {
    for (const { id } of several) picked.chosen.add(id);
    return true;
  }
  const missing = DENIED_FIRST.exec(part)?.[1];
  const denied = missing === undefined ? undefined : readChoice(missing, options);
  if (denied?.kind === 'read' && readChoice(part, options).kind === 'none') {
    picked.denied.add(denied.value);
    return true;
  }
  const [, name, state] = /^(.+?)(不清楚|不知道|不确定|不太清楚|没有|没|不是|有|是|要|符合)$/.exec(part) ?? [];
  const whole = readChoice(part, options);
  const reading = whole.kind === 'none' && name !== undefined ? readChoice(name, options) : whole;
  if (reading.kind === 'unknown') return NONE;
  if (reading.kind !== 'read' && RUN_TOGETHER.test(part)) return runTogether(part, options);
  if (reading.kind === 'doubtful') {
    return doubtful(
      reading.options.map(({ value, label }) => ({ value: [value], label })),
      reading.why,
    );
  }
  if (reading.kind !== 'read') return reading;
  const said = whole.kind === 'none' ? state : undefined;
  if (said !== undefined && /不清|不知|不确|不太/.test(said)) picked.unknown.add(reading.value);
  else if (said === undefined || !/^[没不]/.test(said)) picked.chosen.add(reading.value);
  else picked.denied.add(reading.value);
  return true;
}

function takeAll(parts: readonly string[], picked: Picked, options: readonly Choice[]): ChoicesReading | true {
  for (const part of parts) {
    const taken = takePart(part, picked, options);
    if (taken !== true) return taken;
  }
  return true;
}

/** 高企和专精特新 is two answers, unless a label itself holds the 和. */
function takePiece(piece: string, picked: Picked, options: readonly Choice[]): ChoicesReading | true {
  const parts = piece.split(/还有|以及|和|跟|与|及|加/).filter((part) => part !== '');
  const named = options.some((option) => namesOf(option).includes(fold(piece)));
  if (named || parts.length < 2) return takePart(piece, picked, options);
  const trial = nothingPicked();
  if (takeAll(parts, trial, options) !== true) return takePart(piece, picked, options);
  return takeAll(parts, picked, options);
}

/** Takes a whole list apart; a reading when a piece of it does not go in. */
export function takeList(text: string, options: readonly Choice[]): ChoicesReading | Picked {
  const picked = nothingPicked();
  const pieces = text.split(/[,、;。+&/|\s]+/).filter((piece) => fold(piece) !== '');
  for (const piece of pieces) {
    const taken = takePiece(piece, picked, options);
    if (taken !== true) return taken;
  }
  return pieces.length === 0 ? NONE : picked;
}
