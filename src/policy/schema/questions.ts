import * as z from 'zod';
import { literal, text } from './basics.ts';
import { conditionSchema } from './conditions.ts';

/** questions.yaml: how the facts are asked for. */

const choiceSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_.-]{1,32}$/),
  label: text,
  /** Facts by vocabulary path; the service at hand is `services[]`. */
  sets: z.record(z.string(), literal),
  says: z.array(text).default([]),
});

export const questionSchema = z.strictObject({
  /** The facts it asks for; for a list, the members. */
  facts: z.array(text).min(1),
  kind: z.enum(['choice', 'multi', 'yes_no', 'money', 'count', 'date', 'text']),
  ask: text,
  why: text,
  clause: text,
  choices: z.array(choiceSchema).default([]),
  example: text.optional(),
  /** Words that stand for a value, or for the value of another fact. */
  shortcuts: z
    .array(z.strictObject({ says: z.array(text).min(1), value: literal.optional(), same_as: text.optional() }))
    .default([]),
  /** Words that show that something else is meant (the contract's date at the question for the invoice's). */
  not_about: z.array(text).default([]),
  /** Words added to the question for a reader who does not know the term. */
  hint: text.optional(),
  /** Side help that can work the answer out (the size calculator). */
  helper: z.enum(['size']).optional(),
  /** For negative events: yes opens the date question, no means none. */
  event: z.strictObject({ none: text, some: text }).optional(),
});

const bundleItem = z.strictObject({
  fact: text,
  value: literal.optional(),
  /** The fact takes the value of this one (paid in full: the amount of the invoice). */
  same_as: text.optional(),
  text,
});

export const questionsFileSchema = z.strictObject({
  questions: z.array(questionSchema).min(1),
  bundles: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9_]{0,20}$/),
      ask: text,
      all_true: text,
      some_not: text,
      why: text,
      /** Opened part by part: each part is asked as a bundle of its own. */
      parts: z.array(z.array(bundleItem).min(1)).min(1),
    }),
  ),
  /** The order in which questions (by their first fact) and bundles are put, applicant first. */
  order: z.strictObject({ applicant: z.array(text).min(1), service: z.array(text), amount: z.array(text) }),
  /** Asked although the verdict could be told without: an answer could contradict another one, or help the applicant. */
  ask_when: z.array(z.strictObject({ fact: text, when: conditionSchema })).default([]),
  /** Facts that a rule depends on and nobody is asked for, each with the reason. */
  not_asked: z.record(z.string(), text).default({}),
  /** The facts that "the same provider as before" repeats. */
  same_provider: z.strictObject({ facts: z.array(text).min(1), label: text }).optional(),
  /** What a place, an amount and a date in a free sentence are taken for. */
  free: z.strictObject({
    place: z.array(z.strictObject({ fact: text, city: z.literal(true).optional(), value: literal.optional() })),
    /** Where a pasted list's amounts and dates go. */
    money: text,
    date: text,
    name: text.optional(),
    /** An amount in a sentence is taken only beside one of these words. */
    amounts: z.array(z.strictObject({ near: z.array(text).min(1), fact: text })).default([]),
    /** The same for a date. */
    dates: z.array(z.strictObject({ near: z.array(text).min(1), fact: text })).default([]),
    /** Amounts and dates beside these words mean something else. */
    never: z.array(text).default([]),
  }),
  /** Words in free text that give facts. */
  lexicon: z
    .array(z.strictObject({ says: z.array(text).min(1), sets: z.record(z.string(), literal), echo: text }))
    .default([]),
});

export type QuestionsFile = z.output<typeof questionsFileSchema>;
export type Question = QuestionsFile['questions'][number];
export type BundleItem = z.output<typeof bundleItem>;
