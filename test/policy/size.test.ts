import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml, validate } from '../../src/content/files.ts';
import { standardFileSchema } from '../../src/content/schemas.ts';
import { companySize, SIZES, type SizeFigures } from '../../src/policy/size.ts';
import { DATA_DIR } from '../support/programmes.ts';

const name = 'standards/sme-2017.yaml';
const standard = validate(standardFileSchema, readYaml(DATA_DIR, name), name);

describe('the examples beside the standard', () => {
  it.each(standard.examples)('$industry $given is $size', ({ industry, given, size }) => {
    const figures: SizeFigures = {
      industry,
      employees: given.employees,
      revenueFen: given.revenue === undefined ? undefined : given.revenue * 100,
      assetsFen: given.assets === undefined ? undefined : given.assets * 100,
    };
    expect(companySize(standard, figures)).toMatchObject({ kind: 'size', size });
  });
});

it('asks only for the indicators of the row', () => {
  expect(companySize(standard, { industry: '工业', employees: 500 })).toEqual({
    kind: 'needs',
    indicators: ['revenue'],
  });
  expect(companySize(standard, { industry: '建筑业', employees: 5 })).toEqual({
    kind: 'needs',
    indicators: ['revenue', 'assets'],
  });
});

it('needs nothing more once it is micro', () => {
  expect(companySize(standard, { industry: '工业', employees: 19 })).toEqual({
    kind: 'size',
    size: 'micro',
    bands: { employees: 'micro' },
  });
});

it('does not know an industry that the standard leaves out', () => {
  expect(companySize(standard, { industry: '金融业', employees: 5 })).toEqual({ kind: 'not_covered' });
});

it.each(standard.rows)('takes a lower bound of $industry for the size it begins', ({ industry, indicators }) => {
  for (const [at, size] of (['small', 'medium', 'large'] as const).entries()) {
    const at1 = (less: number): SizeFigures => ({
      industry,
      employees: (indicators.employees?.[size] ?? 0) - less,
      revenueFen: (indicators.revenue?.[size] ?? 0) * 100 - less,
      assetsFen: (indicators.assets?.[size] ?? 0) * 100 - less,
    });
    expect(companySize(standard, at1(0))).toMatchObject({ size });
    expect(companySize(standard, at1(1))).toMatchObject({ size: SIZES[at] });
  }
});

it('is never larger for knowing more, and never smaller for a larger figure', () => {
  const figure = fc.option(fc.integer({ min: 0, max: 3_000_000_000 }), { nil: undefined });
  const rank = (figures: SizeFigures): number | undefined => {
    const result = companySize(standard, figures);
    return result.kind === 'size' ? SIZES.indexOf(result.size) : undefined;
  };
  fc.assert(
    fc.property(
      fc.constantFrom(...standard.rows.map((row) => row.industry)),
      figure,
      figure,
      figure,
      fc.nat(3_000_000_000),
      (industry, employees, revenueFen, assetsFen, more) => {
        const size = rank({ industry, employees, revenueFen, assetsFen });
        if (size === undefined) return;
        const full = rank({
          industry,
          employees: employees ?? more,
          revenueFen: revenueFen ?? more,
          assetsFen: assetsFen ?? more,
        });
        expect(full).toBe(size);
        if (employees !== undefined)
          expect(rank({ industry, employees: employees + more, revenueFen, assetsFen }) ?? 3).toBeGreaterThanOrEqual(
            size,
          );
      },
    ),
  );
});
