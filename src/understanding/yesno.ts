/** Reads yes, no and "I do not know". A sentence that merely contains such a word is not an answer. */
import { NONE, doubtful, read } from './reading.ts';
import type { Option, Reading } from './reading.ts';
import { fold, isQuestion, normalise } from './text.ts';

export type YesNo = 'yes' | 'no' | 'unknown';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const YES = words(
  '是 是的 是这样 是这样的 就是这样 就是这样的 是啊 是滴 对 对的 对头 对啊 没错 没错的 不错 正确 有 有的 有啊 有过 当然 当然有 当然是 肯定 肯定有 肯定是 确实 确实有 确实是 确定 可以 可以的 ' +
    '好 好的 好滴 好呀 好吧 行 行的 成 中 嗯 嗯嗯 嗯呢 嗯哪 恩 恩恩 哦好 噢好 得 必须 必须的 必须有 要 需要 同意 愿意 确认 属于 属实 能 会 会的 够 够了 达到 达到了 已有 已经有 有了 已办 办了 做了 已做 ' +
    '符合 满足 具备 都符合 都满足 都具备 都是 都对 都有 都可以 都达到 都达到了 都属实 都没问题 都没有问题 全部 全有 全是 全部符合 全部满足 全部都符合 全部都满足 全部具备 全部有 全部都有 全部是 全部都是 全都符合 全都满足 全都有 全都是 全符合 全满足 ' +
    '完全符合 完全满足 均符合 均满足 均具备 均有 以上都符合 以上都满足 以上都是 以上都有 以上均符合 以上全部符合 各项都符合 每项都符合 每条都符合 符合条件 满足条件 符合要求 没问题 没有问题 没毛病 没得问题 一样不差 ' +
    'y yes yep yeah yea ya yup ok okay okk oki sure true right 欧克 ok的 好嘞 妥 妥了 在 在的 交了 交过 领了 领过 用过 用了',
);
const NO = words(
  '否 不 不是 不是的 不是这样 不是这样的 没这回事 没有这回事 不完全符合 不完全满足 不对 没 没有 没有的 没有过 没过 无 非 不行 不可以 不能 不会 不要 不需要 不用 不用了 不必 不同意 不愿意 不成 不好 不属于 不属实 不存在 不具备 不符合 不满足 不达标 不够 未达到 没达到 没达到呢 ' +
    '从来没有 从没有 从没 从来没 从未 从未有过 从来没有过 没发生过 没有发生过 没发生 未发生 未发生过 没有发生 没被处罚过 没有被处罚过 没受过 没有受过 没有没有 不是不是 都不是 都没有 都没 都无 均无 均不是 全没有 全无 一个都没有 一项都没有 一个也没有 一条都没有 ' +
    '都不符合 都不满足 均不符合 全都不符合 全不符合 不全符合 不全满足 不都符合 不都满足 不全是 不都是 不全有 不全部符合 没全部符合 没有全部符合 部分符合 只符合一部分 有的不符合 有一项不符合 有一条不符合 有一个不符合 有一项不满足 有一条不满足 有一项没有 有一项不是 ' +
    '有一项不行 有几项不符合 有几条不符合 有几项不满足 有两项不符合 有些不符合 其中一项不符合 其中一条不符合 其中一项不满足 还没 还没有 还没有呢 暂无 暂时没有 目前没有 未有 没办 没做 没交 没领 没领过 没用过 没有用过 没有领过 ' +
    'n no nope nah not false',
);
const UNKNOWN = words(
  '不清楚 不太清楚 不大清楚 不是很清楚 不是太清楚 不怎么清楚 我不清楚 不知道 不晓得 不知 不懂 不太懂 不太知道 不确定 不太确定 不能确定 不好说 说不好 说不准 说不清 拿不准 没把握 没注意 没留意 搞不清 搞不清楚 弄不清 弄不清楚 ' +
    '忘了 忘记了 记不清 记不清了 记不得 记不得了 不记得 不记得了 没印象 不了解 不太了解 没听说过 没听过 没听说 看不懂 没看懂 还不知道 还不清楚 暂时不清楚 暂不清楚 暂不确定 还不确定 未知 要问一下 得问一下 要问问 我问问 需要核实 待确认 idk unknown',
);
const DOUBTFUL = words(
  '不是没有 不是没 不是不 不是不行 并非没有 并不是没有 不能说没有 不能说不是 没有不 没有不是 算是 算是有 算有 勉强算 不太符合 不大符合 不完全是 勉强 勉强符合 基本 基本是 基本有 基本符合 基本满足 基本都符合 大部分符合 大致符合 大致是 一半一半 也是也不是 是也不是 不一定 看情况 有一点 有一些 有些 差不多 或许 也许 可能 大概 应该 好像 估计',
);
/** These say something before a yes or no without changing it. */
const LEAD =
  /^(?:我们公司|我们单位|我们企业|我公司|我单位|我司|我们|咱们|咱|我|公司|企业|单位|本公司|这个|这些|那个|目前|现在|哦|噢|啊|呃|额|那|嗯嗯|嗯|这|都|全|也|当然|肯定|确实|的确|真的|绝对|完全|根本|上面的|上述)/;
const HEDGE = /^(?:应该|可能|大概|好像|似乎|估计|也许|或许|八成|多半|差不多|我觉得|感觉|貌似|恐怕|基本上)/;
const PARTICLES = /[啊呀呢了的哦喔哈嘛啦耶滴噢嘞哟咧哒哇]{1,4}$/;
const YES_MARKS = /^[\u{1F44C}\u{1F44D}\u2705\u2714\u2713\u221A\u{1F197}\u2B55]+$/u;
const NO_MARKS = /^[\u274C\u2716\u2717\u2718\u00D7\u{1F44E}\u274E]+$/u;
const BUT = /^(?:但|不过|只是|可是|然而|除了|除非|就是(?!这|的|了)|只有|后来|其中)/;
const REST = 40;

const BOTH: readonly Option<YesNo>[] = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
];
const AGAIN = '没有完全听明白，请直接回答“是”“否”或“不清楚”。';

type Meaning = YesNo | 'doubtful';

function exact(word: string): Meaning | undefined {
  if (YES.has(word)) return 'yes';
  if (NO.has(word)) return 'no';
  if (UNKNOWN.has(word)) return 'unknown';
  return DOUBTFUL.has(word) ? 'doubtful' : undefined;
}

function core(word: string): Meaning | undefined {
  const direct = exact(word);
  if (direct !== undefined) return direct;
  const bare = word.replace(PARTICLES, '');
  if (bare !== word && exact(bare) !== undefined) return exact(bare);
  // 是吧 and 有吧 leave the door open; 不清楚吧 does not.
  const guess = bare.replace(/吧$/, '');
  const guessed = guess === bare ? undefined : exact(guess);
  if (guessed !== undefined) return guessed === 'unknown' ? 'unknown' : 'doubtful';
  const hedged = bare.replace(HEDGE, '');
  if (hedged === bare || hedged === '') return undefined;
  const meaning = exact(hedged) ?? exact(hedged.replace(PARTICLES, '')) ?? exact(hedged.replace(/吧$/, ''));
  return meaning === undefined || meaning === 'unknown' ? meaning : 'doubtful';
}

/** The meaning of one clause that is an answer and nothing else. */
function meaningOf(clause: string): Meaning | undefined {
  if (YES_MARKS.test(clause)) return 'yes';
  if (NO_MARKS.test(clause)) return 'no';
  // 对对对 and 好的好的 are one word said with warmth.
  let word = fold(clause).replace(/^(.{1,2})\1{1,7}$/, '$1');
  if (word.length > 16) return undefined;
  for (let leads = 0; leads < 3; leads += 1) {
    const meaning = core(word);
    if (meaning !== undefined) return meaning;
    const rest = word.replace(LEAD, '');
    if (rest === word || rest === '') return undefined;
    word = rest;
  }
  return core(word);
}

/**
 * Reads an answer to a closed question. Only the first clauses have to be the answer (没有，我们刚成立): the span
 * tells how far it goes. A hedged or contradictory answer is doubtful; questions and other sentences are `none`.
 */
export function readYesNo(text: string): Reading<YesNo> {
  const clean = normalise(text);
  if (clean === '' || clean.length > 120 || isQuestion(clean)) return NONE;
  const whole = meaningOf(clean);
  if (whole !== undefined) return whole === 'doubtful' ? doubtful(BOTH, AGAIN) : read(whole, [0, clean.length]);
  const clauses = clean.split(/(?<=[,.。;!、~ ])/);
  let end = 0;
  let said: Meaning | undefined;
  for (const clause of clauses) {
    const meaning = meaningOf(clause.trim());
    if (meaning === undefined && fold(clause) !== '') break;
    if (meaning !== undefined && said !== undefined && meaning !== said) return doubtful(BOTH, AGAIN);
    said ??= meaning;
    end += clause.length;
  }
  const rest = clean.slice(end).trim();
  if (said === undefined || rest.length > REST) return NONE;
  if (said === 'doubtful' || BUT.test(rest)) return doubtful(BOTH, AGAIN);
  // 没有 发票: after a mere space the word governs what follows; it needs a stop to be an answer of its own.
  if (rest !== '' && !/[,.。;!、~] ?$/.test(clean.slice(0, end))) return NONE;
  return read(said, [0, end]);
}
