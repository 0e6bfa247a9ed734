/** Reads which of several options apply: 1,3 / 除了2都有 / 都没有 / 1 其他不清楚. */
import { outOfRange, ordinalOf, readChoice, saysUnknown } from './choices.ts';
import type { Choice } from './choices.ts';
import { NONE, doubtful, read, rejected } from './reading.ts';
import type { Doubtful, None, Read, Rejected, Unknown } from './reading.ts';
import { fold, isQuestion, normalise } from './text.ts';

/** `unknown` lists the options about which the person said that they do not know. */
export type ChoicesReading =
  | (Read<readonly string[]> & { readonly unknown?: readonly string[] })
  | Doubtful<readonly string[]>
  | Rejected
  | None
  | Unknown;

const NONE_OF_THEM =
  /^(?:我们|公司|以上|上面|这些)?(?:一个|一项|一样|一条)?(?:全部?|都|均|也|全都)?(?:没有|没|无|不是|不符合|不满足|不具备|不)(?:一个|过)?[的了啊呢哦]?$|^(?:none|no|n|否|以上皆非|一个没有)$/;
const ALL_OF_THEM =
  /^(?:我们|公司|以上|上面|这些)?(?:全部?|所有|都|均|全都|全部都|所有的?都|每个都|每项都)(?:的)?(?:有|是|选|要|符合|满足|具备|在|齐了|齐全)?[的了啊呢哦]?$|^(?:all|全选|齐了|全齐了|齐全|样样有|样样都有)$/;
const EXCEPT =
  /^(?:都有|全有|都是|全部|都)?[,、 ]*(?:除了|除)(.+?)(?:以外|之外|外)?[,、 ]*(?:其他的?|其它的?|其余的?|别的|剩下的?)?(?:全部?|都|全都|均)?(?:有|是|选|要|符合|满足|具备)?[的了]?$/;
const ONLY_MISSING = /^(?:只有|就|只是|就是|只|仅)?[,、 ]*(?:差|缺|没有|没|不符合|不满足)(.+)$/;
const ONLY_WITHOUT = /^(?:只有|就|只是|就是|仅)(.+?)(?:没有|没|不是|不符合|不满足|不具备|缺)[的了]?$/;
const OTHERS = /^(?:其他的?|其它的?|其余的?|别的|剩下的?|另外的?)(?:都|全|全都|就|我|也)?(.*)$/;
const FIRST_OR_LAST = /^([前后])([一二两三四五六七八九\d]{1,2})[个项条种]?(?:都有|都是|有|是)?$/;
const RANGE = /^(\d{1,2}) ?[-~到至] ?(\d{1,2})$/;
const DIGITS = '零一二三四五六七八九';

interface Picked {
  readonly chosen: Set<string>;
  readonly unknown: Set<string>;
}

function inOrder(ids: ReadonlySet<string>, options: readonly Choice[]): string[] {
  return options.map(({ id }) => id).filter((id) => ids.has(id));
}

function others(picked: Picked, options: readonly Choice[]): string[] {
  return options.map(({ id }) => id).filter((id) => !picked.chosen.has(id) && !picked.unknown.has(id));
}

/** 13 without an option 13 is most likely 1 and 3 typed without a comma. */
function runTogether(digits: string, options: readonly Choice[]): ChoicesReading {
  const numbers = [...new Set([...digits].map(Number))];
  const fits = numbers.length === digits.length && numbers.every((n) => n >= 1 && n <= options.length);
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

/** One piece of the answer; a string is why it cannot be, false that it is not understood. */
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
  const [, name, state] = /^(.+?)(不清楚|不知道|不确定|不太清楚|没有|没|不是|有|是|要|符合)$/.exec(part) ?? [];
  const whole = readChoice(part, options);
  const reading = whole.kind === 'none' && name !== undefined ? readChoice(name, options) : whole;
  if (reading.kind === 'unknown') return NONE;
  if (reading.kind === 'rejected' && /^\d+$/.test(part)) return runTogether(part, options);
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
  return true;
}

function takeList(text: string, options: readonly Choice[]): ChoicesReading | Picked {
  const picked: Picked = { chosen: new Set(), unknown: new Set() };
  const pieces = text.split(/[,、;。+&/|\s]+/).filter((piece) => fold(piece) !== '');
  for (const piece of pieces) {
    const whole = takePart(piece, picked, options);
    if (whole === true) continue;
    const parts = piece.split(/还有|以及|或者|和|跟|与|及|加/).filter((part) => part !== '');
    if (whole.kind === 'doubtful' || parts.length < 2)
      return pieces.length > 1 && whole.kind === 'unknown' ? NONE : whole;
    for (const part of parts) {
      const taken = takePart(part, picked, options);
      if (taken !== true) return taken;
    }
  }
  return pieces.length === 0 ? NONE : picked;
}

function result(chosen: readonly string[], unknown: readonly string[], length: number): ChoicesReading {
  const reading = read(chosen, [0, length]);
  return unknown.length === 0 ? reading : { ...reading, unknown };
}

function complement(text: string, options: readonly Choice[], length: number): ChoicesReading {
  const picked = takeList(text, options);
  if ('kind' in picked) return picked;
  return result(others(picked, options), [], length);
}

/**
 * Reads the ids of the options that apply, in the order of the list; 都没有 is the empty list. Digits run together
 * are doubtful with a suggestion, numbers not on the list rejected. 0 is left to the menu.
 */
export function readChoices(text: string, options: readonly Choice[]): ChoicesReading {
  const clean = normalise(text).replace(/[.。!~,;、 ]+$/, '');
  const folded = fold(clean);
  if (folded === '' || clean.length > 200) return NONE;
  const exact = options.filter((option) => [option.label, ...(option.says ?? [])].map(fold).includes(folded));
  const [only] = exact;
  if (only && exact.length === 1) return result([only.id], [], clean.length);
  if (NONE_OF_THEM.test(folded)) return result([], [], clean.length);
  if (ALL_OF_THEM.test(folded))
    return result(
      options.map(({ id }) => id),
      [],
      clean.length,
    );
  if (saysUnknown(clean)) return { kind: 'unknown', span: [0, clean.length] };
  if (isQuestion(clean)) return NONE;
  const without = (EXCEPT.exec(clean) ?? ONLY_WITHOUT.exec(clean) ?? ONLY_MISSING.exec(clean))?.[1];
  if (without !== undefined) return complement(without, options, clean.length);
  const listed = clean.replace(/^(?:我们|我)?(?:只有|就是|就|只|有|选择|选|是|要|符合|满足)(?=.)/, '');
  const picked = takeList(ordinalOf(clean, options.length) === undefined ? listed : clean, options);
  if ('kind' in picked) return picked;
  return result(inOrder(picked.chosen, options), inOrder(picked.unknown, options), clean.length);
}
