/** The words around a number or a date: fillers, "about", and bounds. */

/** How the surroundings change what was found; `other`: they say something that is not understood here. */
export type Surroundings = 'plain' | 'approx' | 'bound' | 'other';

const APPROX =
  /大约|大概|大致|差不多|将近|接近|估计|可能|也许|好像|应该是|应该|约莫|约|左右|上下|前后|的样子|这样子|样子|来着|或许|近/g;
const BOUND =
  /不超过|不到|不足|超过|至少|最少|最多|以上|以下|以内|之内|多于|少于|大于|小于|高于|低于|不低于|不少于|起步/g;
const FILLER =
  /我们公司|我公司|我们|我司|咱们|公司|企业|单位|贵司|我|咱|这次|那次|这个|那个|一共是|一共|总共|合计|总计|共计|共|目前|现在|现有|已经|已|就是|也是|是|就|有|在|为|于|的话|的|了|吧|啊|呀|哦|哈|嗯|呃|嘛|哟|呢|那|都|才|只|谢谢|您好|你好|好的|好|答案|回答|填|写|报|[\s,.。、:;!"'()~\[\]·]/g;

function strip(text: string, own: RegExp): string {
  return text.replace(own, '').replace(FILLER, '');
}

/**
 * Judges the normalised text before and after a find. `own` (global) holds the reader's further filler words, such
 * as 合同 for an amount; it is applied before the common ones.
 */
export function surroundings(before: string, after: string, own: RegExp): Surroundings {
  const texts = [before, after];
  const bound = texts.map((text) => text.replace(BOUND, ''));
  const plain = bound.map((text) => text.replace(APPROX, ''));
  if (!plain.every((text) => strip(text, own) === '')) return 'other';
  if (bound.some((text, i) => text !== texts[i])) return 'bound';
  return plain.some((text, i) => text !== bound[i]) ? 'approx' : 'plain';
}

/** Whether what stands right before a find denies it (不是20万). */
export function isDenied(before: string): boolean {
  return /(?:不是|并非|没到|没有|不要)[ ,"]*$/.test(before.slice(-8));
}
