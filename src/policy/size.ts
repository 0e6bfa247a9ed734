import type { Fen } from './money.ts';

export const SIZES = ['micro', 'small', 'medium', 'large'] as const;
export type Size = (typeof SIZES)[number];

export const SIZE_INDICATORS = ['employees', 'revenue', 'assets'] as const;
export type SizeIndicator = (typeof SIZE_INDICATORS)[number];

/** Inclusive lower bounds: persons, or yuan. Below `small` is micro. */
export interface SizeBounds {
  readonly small: number;
  readonly medium: number;
  readonly large: number;
}

/** What the calculation needs of a standard; the data file has more. */
export interface SizeStandard {
  readonly document_no: string;
  readonly rows: readonly {
    readonly no: number;
    readonly industry: string;
    readonly says: readonly string[];
    readonly indicators: { readonly [K in SizeIndicator]?: SizeBounds | undefined };
  }[];
}

/** Figures of a company; whatever is not known stays out. */
export interface SizeFigures {
  /** The name of a row of the standard. */
  readonly industry: string;
  /** Persons. */
  readonly employees?: number | undefined;
  readonly revenueFen?: Fen | undefined;
  readonly assetsFen?: Fen | undefined;
}

export type SizeResult =
  | { readonly kind: 'size'; readonly size: Size; readonly bands: { readonly [K in SizeIndicator]?: Size } }
  | { readonly kind: 'needs'; readonly indicators: readonly SizeIndicator[] }
  | { readonly kind: 'not_covered' };

/**
 * The statistical size of a company (国统字〔2017〕213号): every lower bound of a size has to be reached, so the lowest
 * band among the indicators of the industry's row decides. Asks only for indicators that can still change the result.
 */
export function companySize(standard: SizeStandard, figures: SizeFigures): SizeResult {
  const row = standard.rows.find((one) => one.industry === figures.industry);
  if (!row) return { kind: 'not_covered' };
  const bands: { [K in SizeIndicator]?: Size } = {};
  const missing: SizeIndicator[] = [];
  let lowest: number = SIZES.length - 1;
  for (const indicator of SIZE_INDICATORS) {
    const bounds = row.indicators[indicator];
    if (!bounds) continue;
    const figure = figureOf(indicator, figures);
    if (figure === undefined) {
      missing.push(indicator);
      continue;
    }
    // Bounds of money are in yuan, figures in fen.
    const unit = indicator === 'employees' ? 1 : 100;
    const band = (['small', 'medium', 'large'] as const).filter((size) => figure >= bounds[size] * unit).length;
    bands[indicator] = SIZES[band] ?? 'large';
    lowest = Math.min(lowest, band);
  }
  // Nothing lies below micro: further figures cannot change it.
  if (missing.length > 0 && lowest > 0) return { kind: 'needs', indicators: missing };
  return { kind: 'size', size: SIZES[lowest] ?? 'micro', bands };
}

function figureOf(indicator: SizeIndicator, figures: SizeFigures): number | undefined {
  switch (indicator) {
    case 'employees':
      return figures.employees;
    case 'revenue':
      return figures.revenueFen;
    case 'assets':
      return figures.assetsFen;
  }
}
