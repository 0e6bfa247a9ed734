import * as z from 'zod';
import { conditionSchema } from './condition.ts';
import { isCivilDate, readInstant } from './dates.ts';
import { readRate, readYuan } from './money.ts';

/** The shape of a programme's data files. Everything a text says is data here; code knows no programme and no city. */

const text = z.string().min(1);
const date = z.string().refine(isCivilDate, 'is no date (YYYY-MM-DD)');
const instant = z.string().refine((value) => readInstant(value) !== undefined, 'is no instant with offset');
const yuan = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const fen = readYuan(String(value));
    if (fen === undefined) context.addIssue('is no amount in yuan with at most two decimals');
    return fen ?? 0;
  });
const rate = z.string().refine((value) => readRate(value) !== undefined, 'is no decimal such as "0.50"');
const period = z.strictObject({ from: date.nullable(), to: date.nullable() });
const literal = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A citation: the clause as people name it, and words that stand in the notice. */
const cited = { clause: text, quote: text };

const exampleSchema = z.strictObject({
  /** Facts by concrete path; the service at hand is `services[0]`. */
  given: z.record(z.string(), literal),
  at: instant.optional(),
  outcome: z.enum(['yes', 'no', 'unknown']),
});

export const ruleSchema = z.strictObject({
  id: text,
  ...cited,
  /** Statements of the register of rules that this one models. */
  covers: z.array(text).min(1),
  binds: z.array(text).min(1),
  /** Missing: as long as the programme. Rules of one id follow one another without gap. */
  in_force: period.optional(),
  /** The reading taken where the text can be read in two ways. */
  reading: text.optional(),
  when: conditionSchema.optional(),
  require: conditionSchema,
  /** What the user is told: why it holds, why it fails, what is open. */
  says: z.strictObject({ pass: text, fail: text, open: text }),
  /** Group of the directory to ask. */
  refer: text.optional(),
  examples: z.array(exampleSchema).min(1),
});

const definitions = z.record(z.string(), conditionSchema).default({});

export const conditionsFileSchema = z.strictObject({ define: definitions, rules: z.array(ruleSchema).min(1) });

export const servicesFileSchema = z.strictObject({
  define: definitions,
  /** Whether a fundable service is needed at all, and the clause to cite while none is named. */
  needed: z.strictObject({ when: conditionSchema, clause: text, says: text }),
  rules: z.array(ruleSchema).min(1),
});

const bracketSchema = z.strictObject({ up_to: yuan.nullable(), rate });

const lineSchema = z.strictObject({
  id: text,
  label: text,
  ...cited,
  covers: z.array(text).default([]),
  /** Missing: the line applies always. Not certain: it counts only in the favourable figure. */
  when: conditionSchema.optional(),
  /** Which services the line pays for. */
  where: conditionSchema.optional(),
  /** The least of these amounts is the base of a service; an optional one counts only when known. */
  base: z.array(z.strictObject({ fact: text, optional: z.boolean().default(false) })).default([]),
  rates: z.array(z.strictObject({ when: conditionSchema.optional(), rate, label: text, ...cited })).default([]),
  brackets: z.array(bracketSchema).default([]),
  /** A fixed sum per service, or per application when the line has no base. */
  fixed: yuan.optional(),
  per_service: z.boolean().default(false),
  minimum: yuan.optional(),
  /** The result is rounded down to a multiple of this. */
  step: yuan.optional(),
  cap: yuan.optional(),
});

export const subsidyFileSchema = z.strictObject({
  define: definitions,
  lines: z.array(lineSchema).min(1),
  caps: z
    .array(z.strictObject({ when: conditionSchema.optional(), amount: yuan, label: text, ...cited, covers: z.array(text).default([]) }))
    .min(1),
  /** A limit of the applicant's own (a voucher's face), under the caps. */
  limit: z.strictObject({ when: conditionSchema.optional(), fact: text, label: text, ...cited }).optional(),
  /** What was received already counts against the cap. */
  receipts: z.array(z.strictObject({ fact: text, when: conditionSchema.optional() })),
  split: z
    .strictObject({
      when: conditionSchema.optional(),
      provincial: z.int().min(0),
      municipal: z.int().min(0),
      label: text,
      ...cited,
      covers: z.array(text).default([]),
    })
    .optional(),
  /** Sentences that always go with a figure: ceiling, not a promise. */
  remarks: z.array(z.strictObject({ text, ...cited, covers: z.array(text).default([]) })).default([]),
});

const documentSchema = z.strictObject({
  id: text,
  name: text,
  clause: text,
  quote: text.optional(),
  covers: z.array(text).default([]),
  when: conditionSchema.optional(),
  per: z.enum(['application', 'service', 'project']).default('application'),
  /** Original, copy … as the text has it. */
  format: text.optional(),
  note: text.optional(),
  advised: z.boolean().default(false),
  any_of: z.array(z.strictObject({ id: text, name: text, when: conditionSchema, note: text.optional() })).optional(),
});

export const documentsFileSchema = z.strictObject({
  define: definitions,
  sets: z
    .array(
      z.strictObject({
        id: text,
        name: text,
        clause: text,
        for: z.enum(['applicant', 'provider', 'city_bureau']),
        /** The set that `missing_documents` is computed from. */
        checked: z.boolean().default(false),
        when: conditionSchema.optional(),
        copies: text.optional(),
        format: text.optional(),
        hand_in: text.optional(),
        items: z.array(documentSchema).min(1),
      }),
    )
    .min(1),
  caveats: z.array(z.strictObject({ text, clause: text })).default([]),
});

const stateRow = z.strictObject({
  state: text,
  when: conditionSchema.optional(),
  /** The state holds up to and including this instant … */
  until: instant.optional(),
  /** … or up to but not including it. */
  before: instant.optional(),
  label: text,
  clause: text,
});

export const timelineFileSchema = z.strictObject({
  define: definitions,
  /** First row that fits, of the first table whose condition is certain. */
  states: z.array(z.strictObject({ when: conditionSchema.optional(), rows: z.array(stateRow).min(1) })).min(1),
  /** States after which a figure is only hypothetical. */
  closed: z.array(text),
  entries: z.array(
    z.strictObject({
      id: text,
      kind: text,
      ...cited,
      covers: z.array(text).default([]),
      label: text,
      actor: text.optional(),
      from: date.optional(),
      to: date.optional(),
      at: instant.optional(),
      inclusive: z.boolean().optional(),
      working_days: z.int().positive().optional(),
      note: text.optional(),
      /** A deadline of these roles: shown with the days left, and reminded of. */
      deadline_for: z.array(z.enum(['applicant', 'city_bureau'])).default([]),
      show: z.boolean().default(false),
    }),
  ),
});

export const warningsFileSchema = z.strictObject({
  define: definitions,
  warnings: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
      when: conditionSchema,
      text,
      clause: text,
      reading: text.optional(),
      /** Shown in a chat verdict; the rest only in the full report. */
      prominent: z.boolean().default(false),
    }),
  ),
});

export const procedureFileSchema = z.strictObject({
  machines: z.array(
    z.strictObject({
      id: text,
      role: z.enum(['applicant', 'team', 'provider', 'city_bureau', 'platform']),
      name: text,
      states: z.record(z.string(), text),
      transitions: z.array(
        z.strictObject({
          from: text,
          to: text,
          event: text,
          actor: text,
          deadline: text.optional(),
          evidence: text.optional(),
          clause: text,
          covers: z.array(text).default([]),
          implied: z.boolean().default(false),
        }),
      ),
    }),
  ),
});

const phone = z.strictObject({ original: text, dial: z.string().regex(/^[0-9-]+$/), inferred: text.optional() });

export const contactsFileSchema = z.strictObject({
  groups: z.record(z.string(), z.strictObject({ label: text, purpose: text, clause: text })),
  entries: z.array(
    z.strictObject({
      id: text,
      group: text,
      clause: text,
      covers: z.array(text).default([]),
      kind: z.enum(['telephone', 'address', 'group', 'page', 'office']),
      organisation: text,
      department: text.optional(),
      person: text.optional(),
      phones: z.array(phone).default([]),
      url: text.optional(),
      original: text,
      serves: z.array(text).default([]),
      note: text.optional(),
    }),
  ),
  /** What to say where the text names no number. */
  no_phone: text.optional(),
  /** Where papers are handed in: what the text says and does not say. */
  hand_in: z.strictObject({ text, clause: text, group: text }),
});

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
  /** The facts that "the same provider as before" repeats. */
  same_provider: z.strictObject({ facts: z.array(text).min(1), label: text }).optional(),
  /** What a place, an amount and a date in a free sentence are taken for. */
  free: z.strictObject({
    place: z.array(z.strictObject({ fact: text, city: z.literal(true).optional(), value: literal.optional() })),
    money: text,
    date: text,
  }),
  /** Words in free text that give facts. */
  lexicon: z.array(z.strictObject({ says: z.array(text).min(1), sets: z.record(z.string(), literal), echo: text })).default([]),
});

export const programmeFileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,30}$/),
  name: text,
  short: text,
  title: text,
  document_no: text.optional(),
  issuer: text,
  status: z.enum(['in_force', 'draft']),
  status_says: text,
  in_force: period,
  /** Whoever interprets the text. */
  authority: text,
  /** Words and places that mean this programme. */
  says: z.array(text).min(1),
  /** The fact that holds the enterprise's city, for the directory and audiences. */
  city_fact: text,
  /** Clause names in document order; `contradiction` is last by itself. */
  clauses: z.array(text).min(1),
  readings: z.record(
    z.string(),
    z.strictObject({ point: text, conservative: text, tell: text.optional(), refer: text }),
  ),
  /** Statements of the register that give an assistant nothing to model, with the reason. */
  not_modelled: z.record(z.string(), text).default({}),
  /** Statements told as they stand (definitions, duties, penalties), each with its quote. */
  statements: z.array(z.strictObject({ id: text, ...cited, covers: z.array(text).min(1), tell: text.optional() })).default([]),
  /** Places of the notice whose text is not the text of the rule (page breaks, pasted addresses). */
  elisions: z.array(z.strictObject({ text, reason: text })).default([]),
  assumptions: z.array(z.strictObject({ text, clause: text })).default([]),
});

export type RuleFile = z.output<typeof ruleSchema>;
export type SubsidyFile = z.output<typeof subsidyFileSchema>;
export type DocumentsFile = z.output<typeof documentsFileSchema>;
export type TimelineFile = z.output<typeof timelineFileSchema>;
export type WarningsFile = z.output<typeof warningsFileSchema>;
export type ProcedureFile = z.output<typeof procedureFileSchema>;
export type ContactsFile = z.output<typeof contactsFileSchema>;
export type QuestionsFile = z.output<typeof questionsFileSchema>;
export type ProgrammeFile = z.output<typeof programmeFileSchema>;
export type Contact = ContactsFile['entries'][number];
export type Question = QuestionsFile['questions'][number];
export type BundleItem = z.output<typeof bundleItem>;
