import * as z from 'zod';

/** A measured number, and what it has to reach, if anything. */
export const figureSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});

export type Figure = z.infer<typeof figureSchema>;

/** A number as it is printed: whole from a hundred on, else two decimals at most. */
function shown(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toFixed(2)));
}

/** The target of a figure in words; empty when it has none. */
function targetOf({ atLeast, atMost, unit }: Figure): string {
  if (atLeast !== undefined) return `at least ${shown(atLeast)} ${unit}`;
  return atMost === undefined ? '' : `at most ${shown(atMost)} ${unit}`;
}

function isReached({ value, atLeast, atMost }: Figure): boolean {
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}

/** Lines of a small table: name, figure, unit. */
export function table(figures: readonly Figure[]): string[] {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  return figures.map(({ name, value, unit }) => `  ${name.padEnd(width)}  ${shown(value).padStart(9)} ${unit}`);
}

/** One line per target: reached or not, the figure, and the target beside it. */
export function summary(figures: readonly Figure[]): string[] {
  return figures
    .filter((figure) => targetOf(figure) !== '')
    .map((figure) => {
      const state = isReached(figure) ? 'reached    ' : 'NOT reached';
      return `  ${state}  ${figure.name}: ${shown(figure.value)} ${figure.unit} (${targetOf(figure)})`;
    });
}
