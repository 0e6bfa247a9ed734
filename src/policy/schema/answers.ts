import * as z from 'zod';
import { literal, text } from './basics.ts';

/** answers.yaml and free.yaml: what is said to questions that people type in their own words. */

const list = z.union([text, z.array(text).min(1)]).transform((one) => (typeof one === 'string' ? [one] : one));

/** 213 is a word as well. */
const word = z.union([text, z.number()]).transform(String);

const answerSchema = z.strictObject({
  /** The same id in several programmes is the same question. */
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** Ways in which people ask it. A way that was missed is mended by adding it here. */
  asks: z.array(word).min(1),
  /** Of every group at least one word has to stand in the message. */
  must: z.array(z.array(word).min(1)).default([]),
  /** A message with one of these words is about something else. */
  never: z.array(word).default([]),
  stance: z.enum(['yes', 'no', 'open', 'info']),
  /** The answer itself, its stance first. */
  says: text,
  clause: text,
  /** The literal passages of the notice that it rests on. */
  quote: list.optional(),
  show_quote: z.boolean().default(false),
  next: text.optional(),
  /** A group of contacts.yaml whose office is named below the answer. */
  refer: text.optional(),
  /** One line, told beside those of other programmes when none is chosen. */
  brief: text.optional(),
});

export const answersFileSchema = z.strictObject({ answers: z.array(answerSchema).default([]) });

const variantSchema = z.strictObject({
  /** A few words for the case (an area with a rate of its own): how the figure is introduced. */
  label: text,
  /** Words in a message that choose this one; without any of them all are told. */
  says: z.array(text).default([]),
  sets: z.record(z.string(), literal),
});

const estimateSchema = z.strictObject({
  /** The facts that an amount in a question is taken for, by what its words say of it. */
  paid: text,
  invoice: text,
  received: text,
  /** What is not paid at all: an answer that says so comes before a figure. */
  excluded: z.array(text).default([]),
  /** The limit of the voucher that was granted, where the text knows one. */
  voucher: text.optional(),
  assume: z.record(z.string(), literal).default({}),
  variants: z.array(variantSchema).min(1),
  /** What the figure takes for granted. */
  says: text,
  /** Said to an amount in a foreign currency; no figure is told for it. */
  foreign: z.strictObject({ says: text, clause: text }),
});

const periodSchema = z.strictObject({
  /** An entry of timeline.yaml with `from` and `to`; without it nothing is computed and `says` is the answer. */
  entry: text.optional(),
  /** What the date is called: 发票日期. */
  what: text,
  /** Words beside a date that make it the one that counts. */
  near: z.array(text).min(1),
  says: text,
  clause: text,
  /** A message with one of these words is about something else, unless it is said of the date that counts. */
  unless: z.array(text).default([]),
  /** A message with one of these words has an answer of its own. */
  never: z.array(text).default([]),
  /** Dates of other things, and what they are worth. */
  others: z.array(z.strictObject({ near: z.array(text).min(1), says: text, clause: text })).default([]),
});

const sizeSchema = z.strictObject({
  clause: text,
  /** What a size means here. */
  fits: text,
  large: text,
  /** Said when the figures given do not settle the size. */
  open: text,
});

export const freeFileSchema = z.strictObject({
  estimate: estimateSchema.optional(),
  period: periodSchema.optional(),
  /** Said instead of days when the text has no deadline of this kind. */
  deadline: z.strictObject({ says: text.optional(), office: text }).optional(),
  size: sizeSchema.optional(),
  /** Words that send a question to a group of contacts.yaml, the first that fits. */
  contacts: z.array(z.strictObject({ group: text, says: z.array(text).min(1) })).default([]),
  /** The group asked when the text says nothing. */
  refer: text.optional(),
  /** The answer for firms that sit in the area of another programme. */
  elsewhere: text.optional(),
  /** The answer for firms of the programme's own area that ask whether they may have it. */
  local: text.optional(),
  /** The answer for firms registered in the programme's area that work outside it. */
  works_elsewhere: text.optional(),
  /** The answer that rules a figure out when the provider is from a place outside every programme. */
  provider_elsewhere: z.strictObject({ answer: text, unless: z.array(text).default([]) }).optional(),
});

export type AnswersFile = z.output<typeof answersFileSchema>;
export type WrittenAnswer = AnswersFile['answers'][number];
export type FreeFile = z.output<typeof freeFileSchema>;
