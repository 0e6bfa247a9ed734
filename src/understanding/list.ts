/** Reads a pasted list of services: one per line or separated by semicolons, each with a date, an amount, a name. */
import type { CivilDate } from '../policy/dates.ts';
import { findDates, readDate } from './dates.ts';
import type { DateReading } from './dates.ts';
import { findMoney, readMoney } from './money.ts';
import type { Found, Reading } from './reading.ts';
import { normalise } from './text.ts';

export interface ServiceLine {
  readonly date?: DateReading;
  /** In fen. */
  readonly money?: Reading<number>;
  /** What is left of the line: the provider, as a rule. */
  readonly rest: string;
}

const MAX_TEXT = 10_000;
const MAX_LINES = 200;
const DOUBT_BELOW = 1000;
const NUMBERING = /^(?:\(\d{1,2}\)|第?[一二三四五六七八九十]{1,3}[、.)]|\d{1,2}(?:[、)]|\.(?=\D|(?:19|20)\d\d|$))) ?/;
const TOTAL = /^(?:合计|总计|共计|小计|总额|一共|总共|合起来)/;
/** 能报30万: what somebody reckons to be given is no service. */
const SUBSIDY = /[能可会]以?(?:补贴|补助|补|拿|报销|报|兑付|兑|领|返|退)[到回个]? ?\d/;
const IN_WAN = /[(/ ]?万元\)?/;
const EDGE = /[\s,.。;:、|·\-(]/;

/** Cells of one line: tabs, table bars, commas and wide spaces part them. */
function cellsOf(text: string): string[] {
  return text.split(/[|,、]|\s+/).map((cell) => cell.trim());
}

/** Without the commas and dashes that the cut pieces leave at the ends. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && EDGE.test(text.charAt(from))) from += 1;
  while (to > from && EDGE.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to).replace(/\s+/g, ' ');
}

function cut(text: string, [from, to]: readonly [number, number]): string {
  return `${text.slice(0, from)} ${text.slice(to)}`;
}

function dateIn(text: string, today: CivilDate): Found<DateReading> | undefined {
  const found = findDates(text, today, { prefer: 'past' });
  const day = found.find(({ reading }) => reading.kind === 'read' || reading.kind === 'rejected') ?? found[0];
  if (day) return day;
  const cell = cellsOf(text).find((part) =>
    /^\d{1,2}[./-]\d{1,2}$|^(?:19|20)\d{6}$|^(?:19|20)\d\d[./-]\d{1,2}$/.test(part),
  );
  if (cell === undefined) return undefined;
  // Between other cells 8.3 is a day, not a decimal.
  const reading = readDate(cell.replace(/^(\d{1,2})\.(\d{1,2})$/, '$1/$2'), today, { prefer: 'past' });
  const at = text.indexOf(cell);
  return reading.kind === 'none' || reading.kind === 'rejected' ? undefined : { reading, span: [at, at + cell.length] };
}

/** A table cell that is only a number is an amount, in the unit of the heading when that names 万元. */
function moneyIn(text: string, inWan: boolean): Found<Reading<number>> | undefined {
  const [found] = findMoney(text, { unitDoubtBelow: DOUBT_BELOW });
  if (found) return found;
  const bare = /(?<![\d.A-Za-z一-龥-])\d[\d,]{0,15}(?:\.\d{1,10})?(?![\d.A-Za-z一-龥%-])/g;
  const [match] = [...text.matchAll(bare)].slice(-1);
  if (!match || match[0].length > 15) return undefined;
  const reading = readMoney(inWan ? `${match[0]}万元` : match[0], { unitDoubtBelow: DOUBT_BELOW });
  return reading.kind === 'none' ? undefined : { reading, span: [match.index, match.index + match[0].length] };
}

function readLine(line: string, today: CivilDate, inWan: boolean): ServiceLine {
  const text = normalise(normalise(line.replace(/[\t|｜]+/g, ' ')).replace(NUMBERING, ''));
  const date = dateIn(text, today);
  const undated = date ? cut(text, date.span) : text;
  // A small whole number that leads a row of a table is its number.
  const unnumbered = normalise(undated.replace(/^ {0,4}\d{1,3} {1,4}(?=.{0,200}\d)/, ' '));
  const money = moneyIn(unnumbered, inWan);
  const rest = trimmed(money ? cut(unnumbered, money.span) : unnumbered);
  return { ...(date ? { date: date.reading } : {}), ...(money ? { money: money.reading } : {}), rest };
}

/**
 * The lines of a pasted list that have a date or an amount; headings, totals and greetings are dropped. Dates without
 * a year are taken as past. Fewer than two such lines are no list: the result is empty. Spans are those of the line.
 */
export function readServiceLines(text: string, today: CivilDate): ServiceLine[] {
  const lines = text
    .slice(0, MAX_TEXT)
    .split(/[\r\n;；]+|\s\/\s/)
    .filter((line) => line.trim() !== '')
    .slice(0, MAX_LINES);
  let inWan = false;
  const read: ServiceLine[] = [];
  for (const line of lines) {
    if (TOTAL.test(normalise(line)) || SUBSIDY.test(normalise(line))) continue;
    const service = readLine(line, today, inWan);
    if (service.date || service.money) read.push(service);
    else if (read.length === 0) inWan ||= IN_WAN.test(normalise(line));
  }
  return read.length < 2 ? [] : read;
}
