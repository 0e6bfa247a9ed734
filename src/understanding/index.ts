/** Reads what people type in Chinese. Pure: the same text, options and date always give the same reading. */
export { readChoice } from './choices.ts';
export type { Choice, ChoiceReading } from './choices.ts';
export { readCount } from './count.ts';
export type { CountOptions } from './count.ts';
export { findDates, readDate, sayDate } from './dates.ts';
export type { DateOptions, DateReading, Stretch } from './dates.ts';
export { readServiceLines } from './list.ts';
export type { ServiceLine } from './list.ts';
export { findMoney, readMoney, sayFen } from './money.ts';
export type { MoneyOptions } from './money.ts';
export { readChoices } from './multichoice.ts';
export type { ChoicesReading } from './multichoice.ts';
export { readNumber } from './numerals.ts';
export type { Doubtful, Found, None, Option, Read, Reading, Rejected, Span, Unknown } from './reading.ts';
export { MAX_LENGTH, fold, isQuestion, normalise } from './text.ts';
export { readYesNo } from './yesno.ts';
export type { YesNo } from './yesno.ts';
