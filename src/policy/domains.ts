import type { Programme } from './compile.ts';
import { addDays, addMonths, civilDateOf, isCivilDate, startOfDay, type CivilDate } from './dates.ts';
import { vocabularyPath, type Facts, type Scalar } from './facts.ts';
import { analysisOf, type Comparison } from './leaves.ts';
import type { FactType } from './vocabulary.ts';

/** An amount above every threshold of the rules that come to mind first: 10,000 yuan. */
const USUAL_FEN = 1_000_000;

/**
 * Values of a fact that stand for all of its values: every choice, or for ordered types the boundaries that the rules
 * draw (literals, the clock, the facts it is compared with) and their neighbours. The most natural value comes first.
 */
export function valuesOf(programme: Programme, concretePath: string, facts: Facts, now: number): readonly Scalar[] {
  const path = vocabularyPath(concretePath);
  const spec = programme.vocabulary.facts.get(path);
  if (!spec) return [];
  if (spec.type === 'bool') return [true, false];
  if (spec.type === 'choice') return Object.keys(spec.values ?? {});
  const comparisons = analysisOf(programme).comparisons.get(path) ?? [];
  const points = new Set(comparisons.flatMap((one) => boundaries(programme, one, spec.type, facts, now)));
  const around = [...points].flatMap((point) => neighbours(point, spec.type));
  const usual = spec.type === 'money' ? [Math.max(0, ...([...points] as number[])) + USUAL_FEN] : [];
  const all = [...new Set([...usual, ...points, ...around])];
  return all.length > 0 ? all : seeds(spec.type, now);
}

function boundaries(programme: Programme, one: Comparison, type: FactType, facts: Facts, now: number): Scalar[] {
  const others = 'value' in one.with ? [one.with.value] : pointsOf(programme, one.with.fact, facts, now);
  return others.flatMap((other): Scalar[] => {
    if (other === null || other === false) return [];
    if (one.part === undefined)
      return [type === 'date' && one.months !== 0 ? addMonths(other as CivilDate, one.months) : other];
    const today = civilDateOf(now);
    // Years before and after have to be made here: a day's neighbour lies in the same year.
    const days = [0, -1, 1].map((step) => dateIn(one.part ?? 'year', Number(other) + step, today)).filter(isCivilDate);
    return type === 'instant' ? days.map((day) => (day === today ? now : startOfDay(day))) : days;
  });
}

/** A day of that year, or of that month of this year; today when it fits. */
function dateIn(part: 'year' | 'month', value: number, today: CivilDate): CivilDate {
  const year = part === 'year' ? value : Number(today.slice(0, 4));
  const month = part === 'month' ? Math.min(12, Math.max(1, value)) : 6;
  const now = part === 'year' ? Number(today.slice(0, 4)) : Number(today.slice(5, 7));
  return value === now ? today : `${String(year)}-${String(month).padStart(2, '0')}-30`.replace('-02-30', '-02-28');
}

/** What is known of the other side of a comparison; a likely value while nothing is. */
function pointsOf(programme: Programme, path: string, facts: Facts, now: number): Scalar[] {
  if (path === 'now') return [now];
  if (path === 'today') return [civilDateOf(now)];
  const { vocabulary } = programme;
  const derived = vocabulary.derived.find((entry) => entry.path === path);
  if (derived) {
    const dates = derived.of.flatMap((source) => pointsOf(programme, source, facts, now));
    return dates.flatMap((date) => {
      if (date === null || typeof date === 'boolean') return [];
      const day = typeof date === 'number' ? civilDateOf(date) : date;
      return [Number(derived.part === 'year' ? day.slice(0, 4) : day.slice(5, 7))];
    });
  }
  const spec = vocabulary.facts.get(path);
  const given = spec?.perService ? facts.services.map((service) => service[path]) : [facts.top[path]];
  const known = given.filter((value): value is Scalar => value !== undefined && value !== null && value !== false);
  const open = known.length < given.length;
  return spec && open ? [...known, ...seeds(spec.type, now)] : known;
}

function seeds(type: FactType, now: number): Scalar[] {
  switch (type) {
    case 'money':
      return [USUAL_FEN];
    case 'count':
      return [Number(civilDateOf(now).slice(0, 4))];
    case 'date':
      return [civilDateOf(now)];
    case 'instant':
      return [now];
    case 'bool':
    case 'choice':
    case 'text':
    case 'texts':
      return [];
  }
}

function neighbours(point: Scalar, type: FactType): Scalar[] {
  if (type === 'date') return [addDays(point as CivilDate, -1), addDays(point as CivilDate, 1)];
  if (typeof point !== 'number') return [];
  const step = type === 'instant' ? 1000 : 1;
  return point - step < 0 ? [point + step] : [point - step, point + step];
}
