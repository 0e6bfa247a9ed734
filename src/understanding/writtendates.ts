/** Dates that name their month and day, months, years and parts of them. Tried in this order at one place. */
import { civil, dateOption, dayOfMonth, dayOfYear, fullDate, monthOf, nearestMonth } from './calendar.ts';
import { partOfYear, wholeMonth, wholeYear } from './calendar.ts';
import type { DateContext, DateReading } from './calendar.ts';
import { DAY, DAY_DIGITS, DAY_OR_BARE, END, FULL_YEAR, MONTH, MONTH_DIGITS, YEAR } from './datewords.ts';
import { hasYear, saidYear, small, strong, vaguePart, weak, written } from './datewords.ts';
import type { DateWord, Groups } from './datewords.ts';
import { doubtful } from './reading.ts';

const HALF = '(?<h>[上下前后])半年';
const QUARTER = '(?:第?(?<q>[一二三四1-4])个?季度|[qQ](?<q2>[1-4])(?!\\d))';
const NOT_A_YEAR = '(?![前后以之内多来左限薪均龄代])';

function numbers(groups: Groups, { span }: DateContext): DateReading {
  return fullDate(written(groups.y), small(groups.m), small(groups.d), span);
}

/** 7/1/2025: day and month may be either way round. */
function yearLast(groups: Groups, { span }: DateContext): DateReading {
  const [a, b, year] = [small(groups.m), small(groups.d), written(groups.y)];
  const first = fullDate(year, a, b, span);
  const second = fullDate(year, b, a, span);
  if (first.kind !== 'read' || second.kind !== 'read') return second.kind === 'read' ? second : first;
  if (a === b) return first;
  return doubtful([dateOption(first.value), dateOption(second.value)], '请确认哪个是月、哪个是日。');
}

function confirm(reading: DateReading): DateReading {
  return reading.kind === 'read' ? doubtful([dateOption(reading.value)], '请确认是不是这一天。') : reading;
}

/** A half or quarter that lies ahead was last year's when the past is wanted and no year was said. */
function part(groups: Groups, context: DateContext, kind: 'H' | 'Q', n: number): DateReading {
  const begins = (n - 1) * (kind === 'H' ? 6 : 3) + 1;
  const back = context.prefer === 'past' && !hasYear(groups) && begins > monthOf(context.today);
  return partOfYear(saidYear(groups, context) - (back ? 1 : 0), kind, n, context.span);
}

function partOfMonth(groups: Groups, context: DateContext): DateReading {
  const month = small(groups.m);
  const reading = hasYear(groups)
    ? wholeMonth(saidYear(groups, context), month, context.span)
    : nearestMonth(month, { prefer: 'past', ...context });
  return reading.kind === 'month' ? vaguePart(groups.part ?? '', reading.from) : reading;
}

export const WRITTEN_DATES: readonly DateWord[] = [
  strong(`(?<y>\\d{4}) ?(?<s>[-./。、]) ?(?<m>\\d{1,2}) ?\\k<s> ?(?<d>\\d{1,2})[日号]?${END}`, numbers),
  strong(`(?<y>(?:19|20|21)\\d\\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])${END}`, numbers),
  weak(`(?<y>(?:19|20|21)\\d\\d)(?<m>\\d\\d)(?<d>\\d\\d)${END}`, numbers),
  weak(`(?<y>\\d{4}) (?<m>\\d{1,2}) (?<d>\\d{1,2})${END}`, numbers),
  strong(`(?<m>\\d{1,2})(?<s>[-./])(?<d>\\d{1,2})\\k<s>(?<y>\\d{4})${END}`, yearLast),
  strong(`(?<y>[12]\\d)(?<s>[-./])(?<m>${MONTH_DIGITS})\\k<s>(?<d>${DAY_DIGITS})${END}`, numbers),
  weak(`(?<y>\\d\\d)(?<s>[-./])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})${END}`, numbers),
  strong(`${YEAR} ?${MONTH} ?${DAY_OR_BARE}`, (groups, context) =>
    fullDate(saidYear(groups, context), small(groups.m), small(groups.d), context.span),
  ),
  strong(`${YEAR} ?(?<m>\\d{1,2})[./-](?<d>\\d{1,2})[日号]?${END}`, (groups, context) =>
    fullDate(saidYear(groups, context), small(groups.m), small(groups.d), context.span),
  ),
  strong(`(?:${YEAR} ?)?${MONTH}的?(?<part>[初底末中]|[上中下]旬)`, (groups, context) => {
    const said = groups.part ?? '';
    return partOfMonth({ ...groups, part: said.length === 1 ? `月${said}` : said }, context);
  }),
  strong(`${YEAR}年?(?<part>[初底末中])(?![国心])`, (groups, context) =>
    vaguePart(`年${groups.part ?? ''}`, civil(saidYear(groups, context), 1, 1)),
  ),
  strong('(?<part>年[初底末中])', (groups, context) =>
    vaguePart(groups.part ?? '', civil(saidYear(groups, context), 1, 1)),
  ),
  strong(`(?:${YEAR} ?)?${HALF}`, (groups, context) =>
    part(groups, context, 'H', /[上前]/.test(groups.h ?? '') ? 1 : 2),
  ),
  strong(`(?:${YEAR} ?)?${QUARTER}`, (groups, context) => part(groups, context, 'Q', small(groups.q ?? groups.q2))),
  strong(`${YEAR} ?${MONTH}`, (groups, context) =>
    wholeMonth(saidYear(groups, context), small(groups.m), context.span),
  ),
  weak(`(?<y>\\d{4}) ?[-./] ?(?<m>\\d{1,2})${END}`, (groups, context) =>
    wholeMonth(written(groups.y), small(groups.m), context.span),
  ),
  weak(`(?<y>(?:19|20|21)\\d\\d)(?<m>0[1-9]|1[0-2])${END}`, (groups, context) =>
    wholeMonth(written(groups.y), small(groups.m), context.span),
  ),
  weak(`(?<y>[12]\\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])${END}`, (groups, context) =>
    confirm(numbers(groups, context)),
  ),
  weak(`${FULL_YEAR} ?(?<m>\\d{1,2})(?![\\d一-龥.%a-z/-])`, (groups, context) =>
    wholeMonth(saidYear(groups, context), small(groups.m), context.span),
  ),
  strong(`${FULL_YEAR}${NOT_A_YEAR}`, (groups, context) => wholeYear(saidYear(groups, context), context.span)),
  weak(`${YEAR}${NOT_A_YEAR}`, (groups, context) => wholeYear(saidYear(groups, context), context.span)),
  weak(`(?<y>(?:19|20|21)\\d\\d)${END}`, (groups, context) => wholeYear(written(groups.y), context.span)),
  strong(`${MONTH} ?${DAY_OR_BARE}`, (groups, context) => dayOfYear(small(groups.m), small(groups.d), context)),
  weak(MONTH, (groups, context) => nearestMonth(small(groups.m), context)),
  weak('(?<m>\\d{1,2})[/-](?<d>\\d{1,2})[日号]?' + END, (groups, context) =>
    dayOfYear(small(groups.m), small(groups.d), context),
  ),
  // 12.3 may be a decimal as well: the day is put forward.
  weak('(?<m>\\d{1,2})\\.(?<d>\\d{1,2})[日号]?' + END, (groups, context) =>
    confirm(dayOfYear(small(groups.m), small(groups.d), context)),
  ),
  strong(
    `(?<d>${DAY_DIGITS}|[一二三四五六七八九十]{1,3})号(?![楼线文院馆室门令公店机人员选题车厅库厂字])`,
    (groups, context) => dayOfMonth(small(groups.d), context),
  ),
  weak(DAY, (groups, context) => dayOfMonth(small(groups.d), context)),
];
