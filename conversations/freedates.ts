import { weekday, type DateOutcome, type Said } from '../src/dialogue/index.ts';
import { dateText, daysText, lines } from './wording.ts';

type Period = Extract<Said, { kind: 'period' }>;
type Deadline = Extract<Said, { kind: 'deadline' }>;
type Weekday = Extract<Said, { kind: 'weekday' }>;

function nameOf({ from, to, whole }: DateOutcome): string {
  const [year = '', month = ''] = from.split('-');
  switch (whole) {
    case 'day':
      return dateText(from);
    case 'month':
      return `${year}年${String(Number(month))}月`;
    case 'year':
      return `${year}年`;
    case 'period':
      return `${dateText(from)}至${dateText(to)}`;
    case 'before':
      return `${dateText(to)}及以前`;
    case 'after':
      return `${dateText(from)}及以后`;
  }
}

/** 在支持期间内，可以报：… / 不在支持期间内：… */
export function periodText(said: Period): string {
  const { from, to, clause } = said.period;
  const span = `${dateText(from)}至${dateText(to)}（看${said.what}，${clause}）`;
  const outcomes = new Set(said.dates.map(({ outcome }) => outcome));
  const names = said.dates.map(nameOf).join('、');
  if (outcomes.size === 1) {
    const [outcome] = outcomes;
    if (outcome === 'inside') return lines(`可以，在支持期间内：${names}的在${span}以内。`, said.says);
    if (outcome === 'outside') return `不在支持期间内：${names}的不在${span}以内，不能计入。`;
    const [date] = said.dates;
    const low = date && date.from > from ? date.from : from;
    const high = date && date.to < to ? date.to : to;
    return lines(
      `要看是哪一天：${names}里，${dateText(low)}至${dateText(high)}的在支持期间内，其余的不在。期间是${span}`,
      said.says,
    );
  }
  const each = said.dates.map((date) => `${nameOf(date)}的${WORDS[date.outcome]}`);
  return lines(`要分开看：${each.join('；')}。期间是${span}`, said.says);
}

const WORDS = { inside: '在支持期间内', outside: '不在支持期间内', partly: '只有一部分在支持期间内' } as const;

/** The deadline, and how a date that was named stands to it. */
export function deadlineText(said: Deadline, now: number): string {
  const { entry, today, asked } = said;
  const when = `${dateText(entry.date, weekday(entry.date))}${entry.time === '' ? '' : ` ${entry.time}`}`;
  const main = `${entry.label}：${when}，${daysText(today, entry.date)}（${entry.clause}）`;
  const closed = said.closed ? `已经截止，来不及：${said.state}。` : '';
  if (!asked) return lines(said.says, closed, main);
  if (asked.claimed) {
    if (asked.is === 'deadline' || asked.is === 'late_that_day') return lines(`对，是${when}截止。`, main, said.says);
    const other = asked.other ? `${dateText(asked.other.date)}是${asked.other.label}（${asked.other.clause}）` : '';
    return lines(`不对，不是${dateText(asked.date)}。${main}`, other, said.says);
  }
  if (said.closed) return lines(closed, main);
  switch (asked.is) {
    case 'before':
      return lines(`来得及：${dateText(asked.date)}在截止之前。`, main, said.says);
    case 'deadline':
      return lines(
        `来得及，但这是最后一天${entry.time === '' ? '' : `，${entry.time}前要交到`}${leftText(today, entry, now)}。`,
        main,
        said.says,
      );
    case 'late_that_day':
      return lines(`来不及，${entry.time}就截止，逾期不予受理。`, main);
    case 'after':
      return lines(`来不及，${dateText(asked.date)}已经过了截止时间，逾期不予受理。`, main, said.says);
    case 'of_others':
      return lines(
        `来不及，逾期不予受理。${main}`,
        asked.other ? `${dateText(asked.other.date)}是${asked.other.label}（${asked.other.clause}）` : '',
      );
  }
}

/** On the last day: how long is left. */
function leftText(today: string, entry: Deadline['entry'], now: number): string {
  if (today !== entry.date || entry.at <= now) return '';
  const minutes = Math.floor((entry.at - now) / 60_000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return `，只剩${hours > 0 ? `${String(hours)}小时` : ''}${rest > 0 || hours === 0 ? `${String(rest)}分钟` : ''}`;
}

const DAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** 2026年7月15日是星期三，是工作日 */
export function weekdayText(said: Weekday): string {
  const day = `${dateText(said.date)}是星期${DAYS[said.weekday - 1] ?? ''}`;
  const work =
    said.holiday !== undefined
      ? `，是${said.holiday}假期，按规定放假`
      : said.working === undefined
        ? `，这一年的放假安排还没有公布，是不是工作日不能确定`
        : said.working
          ? `，是工作日`
          : `，不是工作日`;
  const deadline = said.clause === undefined ? '' : `这天是截止日（${said.clause}）。`;
  return lines(`${day}${work}。${deadline}`, `文件没有写办公时间，去之前请先打电话问${said.office ?? '受理单位'}。`);
}
