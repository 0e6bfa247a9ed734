import * as z from 'zod';

/**
 * The condition language. Conditions are three-valued (Kleene): a fact nobody gave makes a condition unknown, never
 * true and never false. There is no arithmetic and there are no functions of the user's own.
 *
 *   {all: […]}  {any: […]}  {not: …}         the usual connectives
 *   {use: name}                               a named definition of the same programme
 *   {sure: …}                                 certainly true (two-valued): unknown counts as no
 *   {open: CODE}                              the text itself leaves this open; CODE names the reading
 *   {some: …}  {every: …}                     over the services
 *   {fact: path, is: value}   {in: […]}       equality; `{fact: …}` as a value compares two facts
 *   {from: a, to: b}  {above: a}  {below: b}  order, inclusive and strict, for money, counts, dates, instants
 *   {known: true}                             given and not none (two-valued)
 *   plus_years / plus_months                  moves the date on the left before it is compared
 */
const operand = z.union([z.string(), z.number(), z.boolean(), z.strictObject({ fact: z.string() })]);

export type Operand = z.infer<typeof operand>;

const test = z.strictObject({
  fact: z.string(),
  is: operand.optional(),
  in: z
    .array(z.union([z.string(), z.boolean(), z.number()]))
    .min(1)
    .optional(),
  from: operand.optional(),
  to: operand.optional(),
  above: operand.optional(),
  below: operand.optional(),
  known: z.boolean().optional(),
  plus_years: z.int().optional(),
  plus_months: z.int().optional(),
});

export type Test = z.infer<typeof test>;

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { sure: Condition }
  | { some: Condition }
  | { every: Condition }
  | { use: string }
  | { open: string }
  | Test;

/** The shape of a condition as it is written in YAML. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ sure: conditionSchema }),
    z.strictObject({ some: conditionSchema }),
    z.strictObject({ every: conditionSchema }),
    z.strictObject({ use: z.string() }),
    z.strictObject({ open: z.string() }),
    test,
  ]),
);

/** Named conditions of a file. */
export const definitions = z.record(z.string(), conditionSchema).default({});
