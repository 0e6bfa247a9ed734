import * as z from 'zod';
import { isCivilDate } from '../policy/dates.ts';

/** The shapes of the data that belongs to no programme: places, the size standard, the calendar. */

const text = z.string().min(1);
const date = z.string().refine(isCivilDate, 'is no date (YYYY-MM-DD)');

const insidePlaceSchema = z.strictObject({
  name: text,
  kind: z.enum(['prefecture', 'county', 'zone']),
  /** The city as the facts of the programme name it. */
  city: text,
  programme: text,
  /** Further names that mean this place and nothing else. */
  aliases: z.array(text).default([]),
  /** Names that mean something else as well: to be confirmed. */
  unsure: z.array(text).default([]),
  /** The name itself means a place only together with its city (城区). */
  generic: z.boolean().default(false),
  note: text.optional(),
});

/** Provinces and well-known cities elsewhere, so that they can be recognised as outside a programme's area. */
const outsidePlaceSchema = z.strictObject({
  name: text,
  kind: z.enum(['province', 'city']),
  province: text,
  aliases: z.array(text).default([]),
});

/** Places: those of a programme's area with the city they belong to, and those outside with their province. */
export const placesFileSchema = z.strictObject({
  source: text,
  note: text,
  places: z.array(z.discriminatedUnion('kind', [insidePlaceSchema, outsidePlaceSchema])).min(1),
});

/** Lower bounds of the sizes; below `small` is micro. */
const boundsSchema = z
  .strictObject({ small: z.int().positive(), medium: z.int().positive(), large: z.int().positive() })
  .refine((b) => b.small < b.medium && b.medium < b.large, 'bounds do not rise from small to large');

const measuresSchema = z.strictObject({
  /** Persons. */
  employees: z.int().min(0).optional(),
  /** Yuan. */
  revenue: z.int().min(0).optional(),
  /** Yuan. */
  assets: z.int().min(0).optional(),
});

const sizeRowSchema = z.strictObject({
  no: z.int().positive(),
  industry: text,
  scope: text,
  /** Common words for the industry, to recognise it in free text. */
  says: z.array(text).min(1),
  /** The row joins several sections of the industrial classification. */
  combined: z.boolean().default(false),
  /** Bounds in persons and in yuan. The size is the lowest band among the indicators of the row. */
  indicators: z
    .strictObject({
      employees: boundsSchema.optional(),
      revenue: boundsSchema.optional(),
      assets: boundsSchema.optional(),
    })
    .refine((set) => Object.values(set).some((one) => one !== undefined), 'names no indicator'),
  /** Keys of `sources`. */
  verified_by: z.array(text).min(1),
});

/** A statistical size standard: bounds per industry, where they were read, what was not verified, worked examples. */
export const standardFileSchema = z
  .strictObject({
    id: text,
    title: text,
    document_no: text,
    rule: text,
    /** What goes with every answer: a helper, not a finding. */
    says: text,
    sources: z.record(z.string(), text),
    not_verified: z.array(text),
    rows: z.array(sizeRowSchema).min(1),
    examples: z
      .array(
        z.strictObject({
          industry: text,
          given: measuresSchema,
          size: z.enum(['micro', 'small', 'medium', 'large']),
          why: text.optional(),
        }),
      )
      .min(1),
  })
  .superRefine((file, context) => {
    const industries = new Set(file.rows.map((row) => row.industry));
    for (const row of file.rows)
      for (const key of row.verified_by)
        if (file.sources[key] === undefined) context.addIssue(`row ${row.no} names the unknown source ${key}`);
    for (const example of file.examples)
      if (!industries.has(example.industry))
        context.addIssue(`an example names the unknown industry ${example.industry}`);
  });

/** Public holidays and the weekends worked in their stead, for the years the State Council has published. */
export const calendarFileSchema = z
  .strictObject({
    source: text,
    read_at: z.array(text).min(1),
    /** For any other year working days are not known. */
    published_years: z.array(z.int()).min(1),
    holidays: z.array(z.strictObject({ name: text, from: date, to: date })),
    workdays: z.array(date),
    /** Days that people call by a name: the same day of every year, or one of its own each year. */
    festivals: z
      .array(
        z.strictObject({
          says: z.array(z.string().min(2)).min(1),
          day: z
            .string()
            .regex(/^\d\d-\d\d$/)
            .optional(),
          days: z.record(z.string().regex(/^\d{4}$/), z.string().regex(/^\d\d-\d\d$/)).optional(),
        }),
      )
      .default([]),
  })
  .superRefine((file, context) => {
    const years = new Set(file.published_years);
    for (const day of [...file.holidays.flatMap((one) => [one.from, one.to]), ...file.workdays])
      if (!years.has(Number(day.slice(0, 4)))) context.addIssue(`${day} lies outside the published years`);
    for (const one of file.holidays) if (one.to < one.from) context.addIssue(`${one.name} ends before it begins`);
  });

export type PlacesFile = z.output<typeof placesFileSchema>;
export type Place = z.output<typeof insidePlaceSchema>;
export type OutsidePlace = z.output<typeof outsidePlaceSchema>;
export type StandardFile = z.output<typeof standardFileSchema>;
export type SizeRow = StandardFile['rows'][number];
export type CalendarFile = z.output<typeof calendarFileSchema>;
