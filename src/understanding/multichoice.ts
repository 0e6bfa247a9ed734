/** Reads which of several options apply: 1,3 / 除了2都有 / 都没有 / 1 其他不清楚. */
import { MAX_ANSWER, namesOf, ordinalOf, saysUnknown } from './choices.ts';
import type { Choice } from './choices.ts';
import { NONE_OF_THEM, others, takeList } from './picks.ts';
import type { ChoicesReading, Picked } from './picks.ts';
import { NONE, doubtful, read } from './reading.ts';
import { fold, isQuestion, normalise } from './text.ts';

export type { ChoicesReading } from './picks.ts';

const ALL_OF_THEM =
  /^(?:我们|公司|以上|上面|这些)?(?:全部?|所有|都|均|全都|全部都|所有的?都|每个都|每项都)(?:的)?(?:有|是|选|要|符合|满足|具备|在|齐了|齐全)?[的了啊呢哦]?$|^(?:all|全选|齐了|全齐了|齐全|样样有|样样都有)$/;
const EXCEPT =
  /^(?:都有|全有|都是|全部|都)?[,、 ]*(?:除了|除)(.{1,60}?)(?:以外|之外|外)?[,、 ]*(?:其他的?|其它的?|其余的?|别的|剩下的?)?(?:全部?|都|全都|均)?(?:有|是|选|要|符合|满足|具备)?[的了]?$/;
const ONLY_MISSING = /^(?:只有|就|只是|就是|只|仅)[,、 ]*(?:差|缺|没有|没|不符合|不满足)(.+)$/;
const ONLY_WITHOUT = /^(?:只有|就|只是|就是|仅)(.+?)(?:没有|没|不是|不符合|不满足|不具备|缺)[的了]?$/;

function inOrder(ids: ReadonlySet<string>, options: readonly Choice[]): string[] {
  return options.map(({ id }) => id).filter((id) => ids.has(id));
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

/** 2没有 leaves open what holds for the others. */
function onlyDenied(picked: Picked, options: readonly Choice[]): ChoicesReading {
  const both = [
    { value: others(picked, options), label: '其他都有' },
    { value: [], label: '都没有' },
  ];
  return doubtful(both, '其他几项呢？请把符合的序号发给我。');
}

/**
 * Reads the ids of the options that apply, in the order of the list; 都没有 is the empty list. Digits run together
 * are doubtful with a suggestion, numbers not on the list rejected. 0 is left to the menu.
 */
export function readChoices(text: string, options: readonly Choice[]): ChoicesReading {
  const raw = normalise(text);
  if (raw.length > MAX_ANSWER) return NONE;
  const clean = raw.replace(/[.。!~,;、 ]{1,20}$/, '');
  const folded = fold(clean);
  if (folded === '') return NONE;
  const exact = options.filter((option) => namesOf(option).includes(folded));
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
  if (picked.chosen.size + picked.unknown.size === 0 && picked.denied.size > 0) return onlyDenied(picked, options);
  return result(inOrder(picked.chosen, options), inOrder(picked.unknown, options), clean.length);
}
