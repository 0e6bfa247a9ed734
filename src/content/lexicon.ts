import * as z from 'zod';

/** The shapes of data/lexicon: words of the language, which belong to no programme. */

const text = z.string().min(1);
const words = z.array(text).default([]);
const someWords = z.array(text).min(1);

/** words.yaml: what people mistype, what they call by several names, and what carries no weight. */
export const wordsFileSchema = z.strictObject({
  /** Wrong to right. */
  typos: z.record(z.string(), text).default({}),
  /** Characters that sound alike, a string for each sound; the first stands for all. */
  sounds: words,
  /** Words recognised by their sound, beside those of the concepts. */
  sounded: words,
  /** Words of one line mean the same here. */
  concepts: z.array(someWords).default([]),
  weightless: words,
  /** Words that begin another question in the same message. */
  another: words,
});

/** cues.yaml: words that call for an answer that is computed. */
export const cuesFileSchema = z.strictObject({
  /** Asks for somebody to call. */
  contact: words,
  /** Certainly asks for somebody to call. */
  telephone: words,
  /** May stand around a bare place. */
  around: words,
  /** Asks for a figure. */
  estimate: words,
  spent: words,
  /** Beside an amount: what it is. */
  amounts: z
    .strictObject({
      spent: words,
      /** Of this year's subsidy. */
      received: words,
      /** Given back by the provider. */
      refunded: words,
      /** Taken off by the reviewers, and what they accept. */
      deducted: words,
      recognised: words,
      unpaid: words,
      /** The limit of a voucher. */
      voucher: words,
      /** A subsidy that somebody wishes for. */
      wanted: words,
      invoiced: words,
      agreed: words,
      /** No cost at all. */
      other: words,
    })
    .prefault({}),
  /** Right before an amount: it is the subsidy somebody reckons with (能补, 能拿), not what was spent. */
  expected: words,
  /** The same, where no word before it says that it was had already (补贴). */
  subsidy: words,
  /** The same, of a second amount that somebody wants confirmed (拿, 报). */
  taken: words,
  /** Services, beside an amount without a word of its own. */
  bought: words,
  /** Says that something was had already, before such a word. */
  already: words,
  /** Of an earlier year: it takes nothing off this year's cap. */
  other_year: words,
  /** Asks for a quantity. */
  quantity: words,
  /** As much as can be had. */
  full: words,
  /** Asks how much of the yearly cap is left. */
  room: words,
  /** Beside an amount that is the sum of the others. */
  total: words,
  /** Asks what has to be spent for a given subsidy. */
  inverse: words,
  deadline: words,
  /** 还能报吗: about the deadline when nothing else is said. */
  still: words,
  time_left: words,
  hand_in: words,
  hearsay: words,
  weekday: words,
  which_sum: words,
  firm: words,
  /** A firm by its name alone; words that ask whether it may have the voucher; what may stand around them. */
  company: words,
  may: words,
  may_around: words,
  /** Beside a place: the firm is registered there; and that it moves. */
  registered: words,
  moves: words,
  expiry: words,
  compare: words,
  last_day: words,
  opening: words,
  invoice_date: words,
  /** Asks whether a date counts. */
  date_asked: words,
  size: words,
  employees: words,
  revenue: words,
  assets: words,
  /** Around a place that is the provider's, not the firm's. */
  provider_before: words,
  provider_after: words,
  /** Behind the name of a programme: it is this voucher that is asked for. */
  voucher_of: words,
  /** Words for each size, as a person would ask for it. */
  sizes: z.record(z.enum(['micro', 'small', 'medium', 'large']), someWords).optional(),
});

/** talk.yaml: what is said to messages that ask nothing of a programme. */
export const talkFileSchema = z.strictObject({
  talk: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,60}$/),
        kind: z.enum([
          'greeting',
          'thanks',
          'smalltalk',
          'identity',
          'anger',
          'handoff',
          'out_of_scope',
          'misuse',
          'unsubscribe',
        ]),
        asks: someWords,
        must: z.array(someWords).default([]),
        never: z.array(text).default([]),
        says: text,
        does: z.enum(['human', 'unsubscribe', 'help', 'start']).optional(),
        priority: z.literal('high').optional(),
      }),
    )
    .default([]),
});

export type WordsFile = z.output<typeof wordsFileSchema>;
export type CuesFile = z.output<typeof cuesFileSchema>;
export type TalkFile = z.output<typeof talkFileSchema>;
