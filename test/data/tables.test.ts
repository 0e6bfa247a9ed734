import { describe, expect, it } from 'vitest';
import { calendarFileSchema, placesFileSchema, standardFileSchema, type SizeRow } from '../../src/content/schemas.ts';
import { addDays, weekday } from '../../src/policy/dates.ts';
import { yamlFile } from './files.ts';

describe('places', () => {
  const inFile = (name: string) => placesFileSchema.parse(yamlFile(`places/${name}.yaml`)).places;
  const places = ['shanxi', 'luoyang'].flatMap(inFile).flatMap((one) => ('programme' in one ? [one] : []));

  it('hold the eleven cities of Shanxi with their 117 divisions, and the 14 of Luoyang', () => {
    const count = (programme: string, kind: string): number =>
      places.filter((one) => one.programme === programme && one.kind === kind).length;
    expect([count('shanxi-2026', 'prefecture'), count('shanxi-2026', 'county')]).toEqual([11, 117]);
    expect([count('luoyang', 'prefecture'), count('luoyang', 'county')]).toEqual([1, 14]);
  });

  it('give each name that is no generic one a single city', () => {
    const owners = new Map<string, Set<string>>();
    for (const one of places.filter((place) => !place.generic))
      for (const name of [one.name, ...one.aliases]) owners.set(name, (owners.get(name) ?? new Set()).add(one.city));
    expect([...owners].filter(([, cities]) => cities.size > 1)).toEqual([]);
  });

  it('have aliases of two characters or more, none of them also a generic name or outside', () => {
    const generic = new Set(places.filter((one) => one.generic).map((one) => one.name));
    const elsewhere = new Set(inFile('outside').flatMap((one) => [one.name, ...one.aliases]));
    const names = places.flatMap((one) => one.aliases);
    expect(names.filter((name) => name.length < 2 || generic.has(name) || elsewhere.has(name))).toEqual([]);
  });
});

describe('the size standard', () => {
  const standard = standardFileSchema.parse(yamlFile('standards/sme-2017.yaml'));
  const BANDS = ['micro', 'small', 'medium', 'large'] as const;

  /** The rule in its plainest form, to prove the table by its examples. */
  function size(row: SizeRow, given: Record<string, number | undefined>): string | undefined {
    const bands = Object.entries(row.indicators).flatMap(([name, bounds]) =>
      bounds === undefined ? [] : BANDS.slice(1).filter((band) => given[name]! >= bounds[band as 'small']).length,
    );
    return BANDS[Math.min(...bands)];
  }

  it.each(standard.examples)('$industry $given: $size', (example) => {
    const row = standard.rows.find((one) => one.industry === example.industry)!;
    expect(size(row, example.given)).toBe(example.size);
  });

  it('has sixteen rows, and no word that means two industries', () => {
    expect(standard.rows).toHaveLength(16);
    const words = standard.rows.flatMap((row) => row.says);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });
});

describe('the calendar', () => {
  const calendar = calendarFileSchema.parse(yamlFile('lexicon/calendar.yaml'));

  it('works only on weekends in the stead of holidays, outside every holiday', () => {
    const inHoliday = (day: string): boolean => calendar.holidays.some((one) => one.from <= day && day <= one.to);
    expect(calendar.workdays.filter((day) => weekday(day) < 6 || inHoliday(day))).toEqual([]);
  });

  it('gives 33 days off in 2026 and 248 working days', () => {
    const off = new Set<string>();
    for (const one of calendar.holidays) for (let day = one.from; day <= one.to; day = addDays(day, 1)) off.add(day);
    const worked = new Set(calendar.workdays);
    let working = 0;
    for (let day = '2026-01-01'; day <= '2026-12-31'; day = addDays(day, 1))
      if (worked.has(day) || (weekday(day) < 6 && !off.has(day))) working += 1;
    expect([off.size, working]).toEqual([33, 248]);
  });
});
