/** Dates told from today: 昨天, 3天前, 上周五, 上个月15号. Tried in this order at one place. */
import { addDays, addMonths, isCivilDate, weekday } from '../policy/dates.ts';
import type { CivilDate } from '../policy/dates.ts';
import { dateOption, fullDate, monthOf, nearestWeekday, partOfYear, wholeMonth, yearOf } from './calendar.ts';
import type { DateContext, DateReading } from './calendar.ts';
import { DAY_OR_BARE, RELATIVE_MONTH, monthStart, small, strong, vaguePart, weak } from './datewords.ts';
import type { DateWord, Groups } from './datewords.ts';
import { numeralAt } from './numerals.ts';
import { doubtful, read, rejected } from './reading.ts';
import type { Reading } from './reading.ts';
import { UNIT } from './tokens.ts';

const DAYS: Groups = {
  ...{ 大前天: '-3', 前天: '-2', 前日: '-2', 昨天: '-1', 昨日: '-1', 昨晚: '-1', 昨儿: '-1' },
  ...{ 今天: '0', 今日: '0', 今儿: '0', 今晚: '0', 今早: '0', 明天: '1', 明日: '1', 明儿: '1' },
  ...{ 后天: '2', 后日: '2', 大后天: '3' },
};
const WHICH_DAY = '请说具体是哪一天。';
const FAR_DAYS = 40_000;

function near(date: CivilDate, { span }: DateContext): Reading<CivilDate> {
  return isCivilDate(date) ? read(date, span) : rejected('这个日期太远了，请核对一下。');
}

function days(n: number, context: DateContext): Reading<CivilDate> {
  if (Math.abs(n) > FAR_DAYS) return rejected('这个日期太远了，请核对一下。');
  return near(addDays(context.today, n), context);
}

/** Months and years ago are said loosely: the day is put forward, not taken. */
function loosely(date: CivilDate): DateReading {
  return isCivilDate(date)
    ? doubtful([dateOption(date)], '请确认具体是哪一天。')
    : rejected('这个日期太远了，请核对一下。');
}

function ago(groups: Groups, context: DateContext): DateReading {
  const text = groups.n ?? '';
  const numeral = numeralAt(text, 0);
  if (numeral?.end !== text.length || numeral.vague || numeral.low !== numeral.high) return doubtful([], WHICH_DAY);
  const sign = (groups.way ?? '').includes('后') ? 1 : -1;
  const unit = groups.u ?? '';
  const { today } = context;
  if (numeral.low === UNIT / 2n) {
    if (unit === '年') return loosely(addMonths(today, 6 * sign));
    return unit === '月' ? loosely(addDays(today, 15 * sign)) : doubtful([], WHICH_DAY);
  }
  const n = Number(numeral.low / UNIT) * sign;
  if (/[天日]/.test(unit)) return days(n, context);
  if (/[周期拜]/.test(unit)) return days(n * 7, context);
  const months = unit === '年' ? n * 12 : n;
  return Math.abs(months) > 2400 ? rejected('这个日期太远了，请核对一下。') : loosely(addMonths(today, months));
}

function weekDay(groups: Groups, context: DateContext): DateReading {
  const { today } = context;
  const which = groups.rw ?? '';
  const weeks = which.startsWith('上') ? -which.length : which.startsWith('下') ? which.length : 0;
  const monday = addDays(today, 1 - weekday(today) + weeks * 7);
  const said = groups.w ?? '';
  if (said === '末') {
    return doubtful([dateOption(addDays(monday, 5)), dateOption(addDays(monday, 6))], '请说是周六还是周日。');
  }
  const date = addDays(monday, (/[日天]/.test(said) ? 7 : small(said)) - 1);
  if (which !== '') return near(date, context);
  return nearestWeekday(date > today ? addDays(date, -7) : date, context);
}

function ofMonth(groups: Groups, context: DateContext): DateReading {
  const first = monthStart(groups.rm, context);
  if (groups.d !== undefined) return fullDate(yearOf(first), monthOf(first), small(groups.d), context.span);
  const part = groups.part;
  if (part === undefined) return wholeMonth(yearOf(first), monthOf(first), context.span);
  return vaguePart(part.length === 1 ? `月${part}` : part, first);
}

function quarter(groups: Groups, context: DateContext): DateReading {
  const which = groups.rq ?? '';
  const shift = which.startsWith('上') ? -3 : which.startsWith('下') ? 3 : 0;
  const day = addMonths(`${context.today.slice(0, 7)}-01`, shift);
  return partOfYear(yearOf(day), 'Q', Math.ceil(monthOf(day) / 3), context.span);
}

const WEEK = '个?(?:周|星期|礼拜)';

export const SPOKEN_DATES: readonly DateWord[] = [
  strong(`${RELATIVE_MONTH}的?${DAY_OR_BARE}`, ofMonth),
  strong(`${RELATIVE_MONTH}的?(?<part>[初底末中]|[上中下]旬)`, ofMonth),
  strong(RELATIVE_MONTH, ofMonth),
  strong('(?<part>月[初底末中]|[上中下]旬)', (groups, context) =>
    vaguePart(groups.part ?? '', monthStart(undefined, context)),
  ),
  strong('(?<rq>上个?|本|这个?|下个?)季度', quarter),
  strong('(?<day>大前天|大后天|前[天日]|昨[天日晚儿]|今[天日儿晚早]|明[天日儿]|后[天日])', (groups, context) =>
    days(Number(DAYS[groups.day ?? ''] ?? 0), context),
  ),
  strong(
    '(?<n>[\\d半零一二两三四五六七八九十百几]{1,6}) ?个?(?<u>天|日|周|星期|礼拜|月|年)(?<way>之前|以前|前|之后|以后|后)(?![期续台])',
    ago,
  ),
  strong(`(?<rw>上上|上|这|本|下下|下)${WEEK}(?<w>[一二三四五六日天末]|[1-7](?!\\d))`, weekDay),
  weak(`${WEEK}(?<w>[一二三四五六日天末]|[1-7](?!\\d))`, weekDay),
  weak(
    '前[几两]天|前阵子|前段时间|最近|近期|刚刚|刚才|不久前|上[个]?(?:周|星期|礼拜)|这[个]?(?:周|星期)|下[个]?(?:周|星期|礼拜)',
    () => doubtful([], WHICH_DAY),
  ),
];
