import { asksSomething, cueIn } from '../../understanding/question/index.ts';
import { has, type Asked } from './asked.ts';

/** 花了40万能补20万对不对: the second amount is what somebody reckons to be given, not what was spent. */

/** What may stand between the word and its amount. */
const FILLED = /(?:[到回个上够足整出 ]|大概|大约|差不多|最多|至少|将近|我们|你们|我|你|公司|企业|[一那就]){0,5}$/;
/** 能报20万的检测费吗: the amount tells how large the thing is that is to be refunded. */
const OF_A_THING = /^(?:元|块钱?|块)?的/;
const THING = 8;

/** Whether the message wants to hear that an amount is right. */
export function claims(asked: Asked): boolean {
  return has(asked, asked.cues.hearsay) || asksSomething(asked.message.text);
}

/**
 * What the words right before an amount make of it: `wanted`, a subsidy in view; `received` where what is left is asked
 * for; undefined when they say nothing of the kind. `first`: no amount stands before it.
 */
export function expectedRole(
  asked: Asked,
  before: string,
  after: string,
  first: boolean,
): 'wanted' | 'received' | undefined {
  const { cues } = asked;
  const things = [...cues.bought, ...cues.amounts.spent, ...cues.amounts.invoiced, ...cues.amounts.agreed];
  if (OF_A_THING.test(after) && cueIn(after.slice(0, THING), things) !== undefined) return undefined;
  const lead = before.replace(FILLED, '');
  const ends = (words: readonly string[]): string | undefined =>
    words.filter((word) => lead.endsWith(word) || before.endsWith(word)).sort((a, b) => b.length - a.length)[0];
  if (ends(cues.expected) !== undefined) return 'wanted';
  const word = ends(cues.subsidy) ?? ends(cues.taken);
  if (word === undefined) return undefined;
  const earlier = lead.endsWith(word) ? lead.slice(0, -word.length) : before.slice(0, -word.length);
  const had = cues.already.some((one) => earlier.trimEnd().endsWith(one));
  // 拿了, 领 and 报 are said of other things as well.
  if (!cues.subsidy.includes(word)) {
    if (had) return undefined;
    if (has(asked, cues.inverse)) return 'wanted';
    return !first && claims(asked) && !has(asked, cues.quantity) ? 'wanted' : undefined;
  }
  if (had) return 'received';
  return has(asked, cues.room) && !has(asked, cues.inverse) ? 'received' : 'wanted';
}
