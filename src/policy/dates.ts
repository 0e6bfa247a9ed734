/**
 * Chinese calendar dates as `YYYY-MM-DD` text and Beijing time. Beijing has had no summer time since 1991,
 * so a fixed offset is exact for every date this program meets, and the host's time zone plays no part.
 */

/** A Chinese calendar date, `YYYY-MM-DD`. Compares correctly as text. */
export type CivilDate = string;

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;

function utcDay(date: CivilDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}

function fromUtcDay(day: number): CivilDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Whether the text is a date that exists, from 1900 to 2199. */
export function isCivilDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const day = utcDay(text);
  return !Number.isNaN(day) && fromUtcDay(day) === text;
}

/** The date `days` later (earlier when negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  return fromUtcDay(utcDay(date) + days);
}

/** The date `months` later; the day is kept or clamped to the month's last (29 February + 12 months = 28 February). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const total = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(total / 12);
  const month = (total % 12) + 1;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = Math.min(Number(date.slice(8, 10)), last);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** Days from `a` to `b`; negative when b is earlier. */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return utcDay(b) - utcDay(a);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: CivilDate): number {
  return ((((utcDay(date) + 3) % 7) + 7) % 7) + 1;
}

/** The Beijing calendar date of a UTC instant in milliseconds. */
export function civilDateOf(instant: number): CivilDate {
  const day = Math.floor((instant + BEIJING_MS) / DAY_MS);
  // Nearly every call is about the same day; formatting it anew was a noticeable part of a message.
  if (day !== lastDay) {
    lastDate = fromUtcDay(day);
    lastDay = day;
  }
  return lastDate;
}

let lastDay = Number.NaN;
let lastDate: CivilDate = '';

/** The UTC instant (ms) at which the Beijing date begins. */
export function startOfDay(date: CivilDate): number {
  return utcDay(date) * DAY_MS - BEIJING_MS;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Reads an ISO 8601 instant with offset as UTC milliseconds; undefined when it is none or has no offset. */
export function readInstant(text: string): number | undefined {
  const parts = INSTANT.exec(text);
  if (!parts || !isCivilDate(parts[1] ?? '') || Number(parts[2]) > 23 || Number(parts[3]) > 59) return undefined;
  if (Number(parts[4] ?? 0) > 59) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
