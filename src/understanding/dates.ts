/** Reads dates as people write and say them, as Beijing calendar dates. Nothing here knows the host's time zone. */
import type { CivilDate } from '../policy/dates.ts';
import { isDenied, surroundings } from './around.ts';
import { dateOption } from './calendar.ts';
import type { DateOptions, DateReading } from './calendar.ts';
import { NONE, doubtful, rejected } from './reading.ts';
import type { Found } from './reading.ts';
import { SPOKEN_DATES } from './spokendates.ts';
import { isQuestion, normalise } from './text.ts';
import { WRITTEN_DATES } from './writtendates.ts';

export type { DateOptions, DateReading, Stretch } from './calendar.ts';
export { sayDate } from './calendar.ts';

const WORDS = [...WRITTEN_DATES, ...SPOKEN_DATES];
const STRONG = WORDS.filter((word) => !word.weak);
const STARTS = /[\d〇零一二两三四五六七八九十百半几大前去上今本当明后下中昨这年月周星礼第qQ最近刚不]/;
const SENTENCE = 60;
const FILLER =
  /开票日期|发票日期|开票时间|合同日期|签订日期|付款日期|成立日期|注册日期|日期|时间|开具|开票|开的|开|签订|签的|签|付款|付的|付|成立|注册|合同|发票|那天|那一天|当天|上午|下午|晚上|早上|中午|凌晨|t?\d{1,2}:\d\d(?::\d\d)?|\d{1,2}[点时](?:\d{1,2}分?|半|整)?|号|从|自|到|起|止|第/gi;
const LUNAR = /农历|阴历|旧历|正月|腊月|大年初|除夕/;
/** 7月1日之前 is a bound, not a day. */
const BOUND_AFTER = /^ ?(?:之|以)?[前后](?!天|日)/;

/** Their days move from year to year or last a week: 去年国庆 is more than a year and less than a day. */
const HOLIDAY = /国庆|五一|元旦|春节|中秋|端午|清明|劳动节|元宵|过年/;

/** Digits that continue something (18.2025, A12, 三百五) do not begin a date. */
function mayBegin(text: string, at: number): boolean {
  if (!STARTS.test(text.charAt(at))) return false;
  const before = text.slice(Math.max(0, at - 2), at);
  if (/\d/.test(text.charAt(at))) return !/(?:[\da-z.¥$€\])第]|\d[-/:])$/i.test(before);
  return (
    !/[〇零一二两三四五六七八九十百千万第每]/.test(before.slice(-1)) ||
    !/[〇零一二两三四五六七八九十百半几周星礼]/.test(text.charAt(at))
  );
}

function dateAt(
  text: string,
  at: number,
  words: readonly (typeof WORDS)[number][],
  today: CivilDate,
  options: DateOptions,
): Found<DateReading> | undefined {
  for (const { pattern, read } of words) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) {
      const span = [at, at + found[0].length] as const;
      return { reading: read(found.groups ?? {}, { ...options, today, span }), span };
    }
  }
  return undefined;
}

function scan(text: string, words: typeof WORDS, today: CivilDate, options: DateOptions): Found<DateReading>[] {
  const found: Found<DateReading>[] = [];
  let at = 0;
  while (at < text.length) {
    const date = mayBegin(text, at) ? dateAt(text, at, words, today, options) : undefined;
    if (date) found.push(date);
    at = date?.span[1] ?? at + 1;
  }
  return found;
}

/**
 * All dates, months, years and parts of them in a free sentence, with their spans in `normalise(text)`. Forms that
 * may be something else (12.3, a bare 2025) are left out. `today` is the Beijing date.
 */
export function findDates(text: string, today: CivilDate, options: DateOptions = {}): Found<DateReading>[] {
  return scan(normalise(text), STRONG, today, options);
}

function settle(reading: DateReading, after: string, plain: boolean): DateReading {
  if (reading.kind !== 'read' || (plain && !BOUND_AFTER.test(after))) return reading;
  return doubtful([dateOption(reading.value)], '请给一个确切的日期。');
}

function fromSentence(text: string, today: CivilDate, options: DateOptions): DateReading {
  if (text.length > SENTENCE || isQuestion(text)) return NONE;
  const found = scan(text, STRONG, today, options).filter(({ span }) => !isDenied(text.slice(0, span[0])));
  const [only] = found;
  if (!only) return NONE;
  if (only.reading.kind !== 'read' && HOLIDAY.test(text)) return doubtful([], '请说具体是哪一天。');
  if (found.length === 1) return settle(only.reading, text.slice(only.span[1]), true);
  const days = new Set(
    found.flatMap(({ reading }) => {
      if (reading.kind === 'read') return [reading.value];
      return reading.kind === 'doubtful' ? reading.options.map(({ value }) => value) : [];
    }),
  );
  return doubtful([...days].map(dateOption), '您说了不止一个日期，请确认是哪一个。');
}

/**
 * Reads an answer that is a date (`YYYY-MM-DD`, Beijing), or a whole month, year or part of a year. Without a year
 * it is resolved by `prefer`, and doubtful without that. Days that do not exist are rejected, naming the fault.
 */
export function readDate(text: string, today: CivilDate, options: DateOptions = {}): DateReading {
  const clean = normalise(text);
  if (LUNAR.test(clean) && !isQuestion(clean)) return rejected('请用公历日期，比如写成“2025年7月1日”这样。');
  const [only, ...others] = scan(clean, WORDS, today, options);
  if (!only) return NONE;
  const [from, to] = only.span;
  const around = surroundings(clean.slice(0, from), clean.slice(to), FILLER);
  if (others.length > 0 || around === 'other') return fromSentence(clean, today, options);
  return settle(only.reading, clean.slice(to), around === 'plain');
}
