import * as z from 'zod';
import { isCivilDate, readInstant } from '../dates.ts';
import { readRate, readYuan } from '../money.ts';

/** The scalars that all data files of a programme are written with. */

export const text = z.string().min(1);
export const date = z.string().refine(isCivilDate, 'is no date (YYYY-MM-DD)');
export const instant = z.string().refine((value) => readInstant(value) !== undefined, 'is no instant with offset');

/** An amount in yuan, read as fen. */
export const yuan = z.union([z.string(), z.number()]).transform((value, context) => {
  const fen = readYuan(String(value));
  if (fen === undefined) context.addIssue('is no amount in yuan with at most two decimals');
  return fen ?? 0;
});
export const rate = z.string().refine((value) => readRate(value) !== undefined, 'is no decimal such as "0.50"');
export const period = z.strictObject({ from: date.nullable(), to: date.nullable() });
export const literal = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A citation: the clause as people name it, and words that stand in the notice. */
export const cited = { clause: text, quote: text };
