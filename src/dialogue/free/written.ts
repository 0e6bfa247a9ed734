import { readNumber, type Span } from '../../understanding/index.ts';

/** Amounts as people type them, brought to the form that the reader of amounts expects; prices of one of several. */

/** 18万能补多少, 260w 拿多少, 6个亿: written so that the unit is not taken for part of the next word. */
const UNIT_SAID =
  /([\d半几一二三四五六七八九十百千])(万|w)(?=[^元块\da-z一二三四五六七八九半多余来亿美欧英日港台韩刀新]|$)/g;
const SPOKEN_UNIT = /([\d半几一二三四五六七八九十百千])个(?=[亿万])/g;
const THOUSANDS = /(\d)(?:k|千)(?=[^元块\da-z一二三四五六七八九半多余来万瓦米克赫卡焦伏美欧英日港台韩刀新]|$)/g;
/** 三千二 of a price, at the end of a part. */
const SPOKEN_THOUSANDS =
  /(?<![万工人员数])([一二两三四五六七八九]千(?:[一二三四五六七八九]百?)?)(?=$|[\s,，。;；?!的])/g;

/** 一万三: thirteen thousand, whatever word comes after it. */
const SPOKEN_TENS = /([一二两三四五六七八九十]万[一二三四五六七八九])(?![一二两三四五六七八九十百千万亿元块号人个\d])/g;
/** Who says that something was spent says how much of it, with or without a unit. */
const SPENT = /[花付掏转打交缴结][了掉出过清完]/;

/** Whether a message says that money went out. */
export function isSpent(text: string): boolean {
  return SPENT.test(text);
}

/** The text with its amounts written out, as the reader of amounts expects them. */
export function writtenOut(text: string): string {
  return text
    .replace(SPOKEN_UNIT, '$1')
    .replace(UNIT_SAID, '$1万元')
    .replace(THOUSANDS, '$1千元')
    .replace(SPOKEN_TENS, '$1元');
}

const DIGITS = '[\\d一二两三四五' + '六七八九十百]';
const PIECE = '个|份|次|项|批|件|台|组|家|套|天|小时|机时|张|样|款|支|块|种|炉|轮|笔|单';
/** A bare number of at least four digits is an amount once a figure is asked for (花了18000能补多少). */
const BARE = /(^|[^\d.年\-/])([1-9]\d{3,8}(?:\.\d{1,2})?)(?![\d.年月日号人%\-/:万千亿元块个份次项])/g;

const PRICED = new RegExp(`\\d{2,6}(?:/|每|一)(?:${PIECE})`);

/** Whether a price of one piece is said (1500一份). */
export function isPriced(text: string): boolean {
  return PRICED.test(text);
}

/** Bare numbers as amounts. */
export function bareWritten(text: string): string {
  return text.replace(BARE, '$1$2元').replace(BARE_EACH, '$1$2元').replace(SPOKEN_THOUSANDS, '$1元');
}

const EACH_BEFORE = new RegExp(`(?:每一?|单|平均一?|一)(?:${PIECE})?[^\\d\\s,\\uff0c\\u3002元]{0,5} ?$`);
const ONE_BEFORE = new RegExp(`(?:每|一(?:${PIECE})|单价)`);
const SURE_BEFORE = /每|单价/;
const EACH_AFTER = new RegExp(`^(?:元|块钱?)? ?(?:/|每|一)(?:${PIECE})`);
const COUNT = new RegExp(`(${DIGITS}{1,5}) ?(?:多)?(?:${PIECE})`, 'g');
const BARE_EACH = new RegExp(
  `((?:每|一)(?:${PIECE})[^\\d\\s]{0,3}?|单价)(\\d{2,3})(?![\\d.年月日号人%/:万千亿元块${PIECE}])`,
  'g',
);
const ALIKE = /各(?:是|付|花|自)? ?$/;
const AND = /[和跟与、及]/g;
const TIMES = /(?:^|[^\d.第])(\d{1,2}|[两三四五六七八九十])(?:个|份|笔|张)$/;

/**
 * How many times the amount at a span was spent: 3份 每份2000 is three times, 检测和查新各5万 twice. `several`: it stands in
 * a row of amounts, which a number before them counts (两笔6万跟9万).
 */
export function timesOf(text: string, [from, to]: Span, several = false): number {
  const before = text.slice(Math.max(0, from - 12), from);
  if (ALIKE.test(before)) {
    const parts = text.slice(Math.max(0, from - 20), from);
    return countIn(parts) ?? 1 + (parts.match(AND)?.length ?? 0);
  }
  // 一项18万一项7万 are two amounts, 每项18万 is a price.
  const one = several ? SURE_BEFORE : ONE_BEFORE;
  const each = (EACH_BEFORE.test(before) && one.test(before)) || EACH_AFTER.test(text.slice(to, to + 6));
  if (each) return countIn(`${text.slice(0, from)} ${text.slice(to)}`) ?? 1;
  const direct = several ? undefined : TIMES.exec(before)?.[1];
  return direct === undefined ? 1 : (numberOf(direct) ?? 1);
}

function countIn(text: string): number | undefined {
  for (const found of text.matchAll(COUNT)) {
    const count = numberOf(found[1] ?? '');
    if (count !== undefined && count > 1 && count < 10_000) return count;
  }
  return undefined;
}

function numberOf(text: string): number | undefined {
  const reading = readNumber(text);
  return reading.kind === 'read' ? reading.value : undefined;
}
