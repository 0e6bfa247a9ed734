/** Reads amounts of money in integer fen. Where a factor of ten thousand is at stake, it asks instead of guessing. */
import { amountsIn } from './amount.ts';
import type { Amount } from './amount.ts';
import { isDenied, surroundings } from './around.ts';
import { NONE, doubtful, read, rejected } from './reading.ts';
import type { Found, Option, Reading } from './reading.ts';
import { fold, isQuestion, normalise } from './text.ts';
import { UNIT } from './tokens.ts';

export interface MoneyOptions {
  /** Greatest amount believed, in fen; 10^12 (10 billion yuan) by default. */
  readonly max?: number;
  /** A bare number below this many yuan may have been meant in 万元: it is doubtful. */
  readonly unitDoubtBelow?: number;
  /** 没有 and 无 mean zero. */
  readonly zeroWords?: boolean;
}

const MAX_FEN = 1_000_000_000_000;
const FEN = UNIT / 100n;
const SENTENCE = 60;

const FILLER =
  /合同金额|合同额|发票金额|价税合计|服务费用|服务费|合同|发票|开票|开了|金额|总价|总额|费用|花费|花了|花|支付|实付|付款|付了|付|交了|缴了|用了|实际|含税|不含税|税前|税后|预算|价格|报价|收费|收入|销售额|营业|资产|研发|投入|签了|签|开|额|费|钱|价|款|人民币|左右/g;
const ZERO_WORDS: ReadonlySet<string> = new Set(
  '没有 无 没 没花 没付 没有花 没有付 没领 没领过 没有领过 没有领 未领 未领取 没有过 一分没有 一分没花 一分钱没花 暂无 还没有 还没 没用过 免费 没交钱 没花钱 没有花钱'.split(
    ' ',
  ),
);
const COUNTED =
  /^ ?(?:年|月|日|号|天|人|名|位|个|家|次|项|件|份|台|套|周岁|岁|度|米|平|㎡|吨|斤|克|公|里|亩|km|kg|mm|cm|m2|kw|小时|分钟|分之|秒|页|字|股|倍|点|级|届|期|室|楼|层|栋|座|条|篇|种|类|张|部|辆|户|节|卷|师|马|伏|瓦)/i;
/** 千万别, 万一, 百万不成: words that begin like a number. */
const WORD_AFTER = /^ ?(?:事|一|别|不|能|要|成)/;
const COST_BEFORE =
  /(?:花费?|付|支付|付款|交|缴|金额|费用|总价|总额|合同额|价款|服务费|报价|收费|价格|开票|到账|收入|投入|预算|价税合计|钱|经费)(?:[是为:约共了有 ]|一共|大约|大概|总共|合计|差不多)*$/;
const WORDS_WITH_YUAN = /^[素件旦宵月首化次环]/;

/** An amount in fen as Chinese text: 18.5万元, 185.50元, 100亿元. */
export function sayFen(fen: number): string {
  const group = (whole: number): string => String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
  if (fen >= 10_000_000_000 && fen % 10_000_000_000 === 0) return `${group(fen / 10_000_000_000)}亿元`;
  if (fen >= 1_000_000 && fen % 10_000 === 0) {
    const wan = Math.floor(fen / 1_000_000);
    const part = String((fen % 1_000_000) / 10_000)
      .padStart(2, '0')
      .replace(/0+$/, '');
    return `${group(wan)}${part === '' ? '' : `.${part}`}万元`;
  }
  const cents = fen % 100;
  return `${group(Math.floor(fen / 100))}${cents === 0 ? '' : `.${String(cents).padStart(2, '0')}`}元`;
}

function option(value: number): Option<number> {
  return { value, label: sayFen(value) };
}

function judge(amount: Amount, options: MoneyOptions): Reading<number> {
  if (amount.fault === 'negative') return rejected('金额不能是负数，请填实际发生的金额。');
  if (amount.fault === 'foreign') return rejected('这里只收人民币金额，请换算成人民币再告诉我。');
  const max = options.max ?? MAX_FEN;
  if (amount.high > BigInt(max) * FEN) return rejected(`这个金额太大了（超过${sayFen(max)}），请核对一下。`);
  if (amount.vague) return doubtful([], '这是个大概的数，请给一个确切的金额。');
  if (amount.low % FEN !== 0n || amount.high % FEN !== 0n)
    return rejected('金额最多写到分（小数点后两位），请核对一下。');
  const low = Number(amount.low / FEN);
  if (amount.high !== amount.low) {
    return doubtful([option(low), option(Number(amount.high / FEN))], '这是一个范围，请给一个确切的金额。');
  }
  if (amount.approx) return doubtful([option(low)], '这是个大概的数，请给一个确切的金额。');
  if (amount.unit === 'none' && low > 0 && low < (options.unitDoubtBelow ?? 0) * 100) {
    const inWan = low * 10_000;
    return doubtful(inWan > max ? [option(low)] : [option(low), option(inWan)], '单位是元还是万元？');
  }
  return read(low, [amount.start, amount.end]);
}

/** 五千 and 十万 say how much but not of what; in a sentence something around them has to. */
function isMoney(amount: Amount, text: string): boolean {
  const before = text.slice(Math.max(0, amount.start - 16), amount.start);
  const after = text.slice(amount.end, amount.end + 4);
  if (/第$|[nN][oO][.: ]*$/.test(before) || amount.unit === 'small') return false;
  if (amount.fault === 'foreign') return true;
  if (amount.unit === 'yuan') {
    const said = text.slice(amount.start, amount.end);
    return !WORDS_WITH_YUAN.test(after) && !(said === '一块' && /^[^钱,。;!? ]/.test(after));
  }
  if (COUNTED.test(after) || (amount.implicit && WORD_AFTER.test(after))) return false;
  if (COST_BEFORE.test(before)) return amount.low > 0n;
  return amount.unit === 'scale' && !amount.implicit;
}

/**
 * All amounts in a free sentence, in fen, with their spans in `normalise(text)`. A number counts only with 元, 块,
 * 万, w or ¥, or after a word of cost; dates, people, percentages and telephone numbers are left alone.
 */
export function findMoney(text: string, options: MoneyOptions = {}): Found<Reading<number>>[] {
  const clean = normalise(text);
  return amountsIn(clean)
    .filter((amount) => isMoney(amount, clean))
    .map((amount) => ({ reading: judge(amount, options), span: [amount.start, amount.end] as const }));
}

function fromSentence(text: string, options: MoneyOptions): Reading<number> {
  if (text.length > SENTENCE || isQuestion(text)) return NONE;
  const found = findMoney(text, options).filter(({ span }) => !isDenied(text.slice(0, span[0])));
  const [only] = found;
  if (!only) return NONE;
  if (found.length === 1) return only.reading;
  const values = new Set(
    found.flatMap(({ reading }) => {
      if (reading.kind === 'read') return [reading.value];
      return reading.kind === 'doubtful' ? reading.options.map(({ value }) => value) : [];
    }),
  );
  return doubtful([...values].map(option), '您说了不止一个金额，请确认是哪一个。');
}

/**
 * Reads an answer that is an amount, in integer fen; `approx` when it was called approximate. Ranges, bounds and
 * numbers without a believable unit are doubtful; negative, foreign, too precise and absurd ones are rejected.
 */
export function readMoney(text: string, options: MoneyOptions = {}): Reading<number> {
  const clean = normalise(text);
  if (options.zeroWords && ZERO_WORDS.has(fold(clean).replace(/[的了啊呢吧]{1,3}$/, '')))
    return read(0, [0, clean.length]);
  const [only, ...others] = amountsIn(clean);
  if (!only) return NONE;
  const around = surroundings(clean.slice(0, only.start), clean.slice(only.end), FILLER);
  if (others.length > 0 || around === 'other') return fromSentence(clean, options);
  const reading = judge(only, options);
  if (reading.kind !== 'read' || around === 'plain') return reading;
  if (around === 'approx') return read(reading.value, reading.span, true);
  return doubtful([option(reading.value)], '这是一个上限或下限，请给一个确切的金额。');
}
