/** Amounts as people type them, brought to the form that the reader of amounts expects. */

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
/** 5万8万12万: several amounts, each ending with its own unit. */
const NEXT_AMOUNT = /([\d一二两三四五六七八九十百])(万|w|千|k)(?=(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,5})\2)/g;
/** 12万三项, 5万一共, 3万2025年7月: what follows counts something else or is a date. */
const OTHER_COUNT =
  /([\d一二两三四五六七八九十百])(万|w)(?=(?:[\d一二两三四五六七八九十]{1,2}(?:[个项家份张笔次台套组种批件样款期轮单名位年月天号日]|人(?!家))|一[共起总]|半(?:年|个月)|20\d\d ?[年./-]))/g;
/** 2万5能补多少: the unit of the last digit is not said. */
const SHORT_TENS =
  /(\d[万w千k][1-9])(?![\d.一二两三四五六七八九十百千万亿元块毛角wk/%年月日号个项家份张笔次台套组种批件样款期轮单人名位天])/g;
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
    .replace(NEXT_AMOUNT, '$1$2元 ')
    .replace(OTHER_COUNT, '$1$2元 ')
    .replace(SHORT_TENS, '$1元')
    .replace(UNIT_SAID, '$1万元')
    .replace(THOUSANDS, '$1千元')
    .replace(SPOKEN_TENS, '$1元');
}

/** What single things are counted with. */
export const PIECE = '个|份|次|项|批|件|台|组|家|套|天|小时|机时|张|样|款|支|块|种|炉|轮|笔|单';
/** A bare number of at least four digits is an amount once a figure is asked for (花了18000能补多少). */
const BARE = /(^|[^\d.年\-/])([1-9]\d{3,8}(?:\.\d{1,2})?)(?![\d.年月日号人%\-/:万千亿元块个份次项])/g;

const PRICED = new RegExp(`\\d{2,6}(?:/|每|一)(?:${PIECE})`);

/** Whether a price of one piece is said (1500一份). */
export function isPriced(text: string): boolean {
  return PRICED.test(text);
}

const BARE_EACH = new RegExp(
  `((?:每|一)(?:${PIECE})[^\\d\\s]{0,3}?|单价)(\\d{2,3})(?![\\d.年月日号人%/:万千亿元块${PIECE}])`,
  'g',
);

/** Bare numbers as amounts. */
export function bareWritten(text: string): string {
  return text.replace(BARE, '$1$2元').replace(BARE_EACH, '$1$2元').replace(SPOKEN_THOUSANDS, '$1元');
}
