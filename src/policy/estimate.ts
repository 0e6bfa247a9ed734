import type { Assessment, Options } from './assess.ts';
import { contextOf } from './assess.ts';
import type { Guarded, Line, Programme } from './compile.ts';
import { ofService, type Context, type Tri } from './context.ts';
import type { FactRecord, Facts } from './facts.ts';
import { portion, rateBelow, type Fen, type Rate } from './money.ts';

/** The ceiling of the subsidy, all amounts in fen. `null` where a needed amount or receipt is not known. */
export interface Estimate {
  /** Counting only what is certainly included, at the careful reading. */
  readonly firm: Fen | null;
  /** With every open item resolved favourably; missing receipts count as none. */
  readonly conditional: Fen | null;
  readonly provincial: Fen | null;
  readonly municipal: Fen | null;
  /** The base of each service: the least of what was paid, invoiced and recognised; null when one is unknown. */
  readonly bases: readonly (Fen | null)[];
  readonly flags: { readonly capApplied: boolean; readonly capExhausted: boolean; readonly limitBinds: boolean };
  /** What is left of the cap at the careful reading, receipts unknown counting as none. */
  readonly room: Fen;
  /** The same at the favourable reading. */
  readonly favourableRoom: Fen;
  readonly rate: Rate | undefined;
  readonly favourableRate: Rate | undefined;
}

const holds = (guard: { when: { eval: (c: Context) => Tri } | undefined }, context: Context): Tri =>
  guard.when ? guard.when.eval(context) : 1;

/** The careful (least) and the favourable (greatest) of the values whose condition is not certainly false. */
function range<T>(
  entries: readonly Guarded<T>[],
  context: Context,
  below: (a: T, b: T) => boolean,
): { careful: T | undefined; favourable: T | undefined } {
  let careful: T | undefined;
  let favourable: T | undefined;
  for (const entry of entries) {
    if (holds(entry, context) === -1) continue;
    if (careful === undefined || below(entry.value, careful)) careful = entry.value;
    if (favourable === undefined || below(favourable, entry.value)) favourable = entry.value;
  }
  return { careful, favourable };
}

function baseOf(line: Line, service: FactRecord): Fen | null {
  let base: Fen | null = null;
  for (const { fact, optional } of line.file.base) {
    const value = service[fact];
    if (typeof value === 'number') base = base === null ? value : Math.min(base, value);
    else if (!optional) return null;
  }
  return base;
}

function inBrackets(line: Line, base: Fen): Fen {
  let total = 0;
  let from = 0;
  for (const { upTo, rate } of line.brackets) {
    const to = upTo === null ? base : Math.min(base, upTo);
    if (to > from) total += portion(to - from, rate);
    from = Math.max(from, to);
  }
  return total;
}

function trim(line: Line, amount: Fen): Fen {
  const { minimum, step, cap } = line.file;
  let result = cap === undefined ? amount : Math.min(amount, cap);
  if (step !== undefined && step > 0) result -= result % step;
  return minimum !== undefined && result < minimum ? 0 : result;
}

function priced(line: Line, base: Fen, rate: Rate | undefined, count: number): Fen {
  if (line.file.fixed !== undefined) return line.file.base.length === 0 ? line.file.fixed : line.file.fixed * count;
  if (line.brackets.length > 0) return inBrackets(line, base);
  return rate ? portion(base, rate) : 0;
}

/** What a line pays for these services; null when the base of one of them is unknown. */
function lineAmount(line: Line, bases: readonly (Fen | null)[], rate: Rate | undefined): Fen | null {
  if (line.file.base.length === 0) return trim(line, priced(line, 0, rate, 1));
  let sum = 0;
  for (const base of bases) {
    if (base === null) return null;
    sum += line.file.per_service ? trim(line, priced(line, base, rate, 1)) : base;
  }
  return line.file.per_service ? sum : trim(line, priced(line, sum, rate, bases.length));
}

interface Receipts {
  readonly known: Fen;
  readonly complete: boolean;
}

function receiptsOf(programme: Programme, facts: Facts, context: Context): Receipts {
  let known = 0;
  let complete = true;
  for (const receipt of programme.receipts) {
    if (holds(receipt, context) === -1) continue;
    const value = facts.top[receipt.value];
    if (typeof value === 'number') known += value;
    else complete = false;
  }
  return { known, complete };
}

/** The ceiling for an assessed application (三 and 第十六条 of the shipped programmes; the pipeline is data). */
export function estimate(
  programme: Programme,
  facts: Facts,
  now: number,
  assessment: Assessment,
  options: Options = {},
): Estimate {
  const context = contextOf(facts, now, options);
  const numberBelow = (a: number, b: number): boolean => a < b;
  const cap = range(programme.caps, context, numberBelow);
  const receipts = receiptsOf(programme, facts, context);
  const { limit } = programme;
  const limited = limit && holds(limit, context) !== -1;
  const limitValue = limited ? facts.top[limit.fact] : undefined;
  const limitFen = typeof limitValue === 'number' ? limitValue : undefined;
  const ownCap = cap.careful ?? 0;
  const room = Math.max(0, Math.min(ownCap, limitFen ?? ownCap) - receipts.known);
  const favourableCap = Math.min(cap.favourable ?? 0, limitFen ?? cap.favourable ?? 0);
  const favourableRoom = Math.max(0, favourableCap - receipts.known);

  let firm: Fen | null = 0;
  let careful: Fen | null = 0;
  let favourable: Fen | null = 0;
  let rate: Rate | undefined;
  let favourableRate: Rate | undefined;
  const bases: (Fen | null)[] = facts.services.map(() => null);
  for (const line of programme.lines) {
    const applies = holds(line, context);
    if (applies === -1) continue;
    const rates = range(line.rates, context, rateBelow);
    rate ??= rates.careful;
    favourableRate ??= rates.favourable;
    const certain: (Fen | null)[] = [];
    const possible: (Fen | null)[] = [];
    facts.services.forEach((service, index) => {
      const status = assessment.statuses[index];
      if (status === undefined) return;
      const at = ofService(context, service);
      const wanted = line.where ? line.where.eval(at) : 1;
      const base = baseOf(line, service);
      if (line.file.base.length > 0) bases[index] ??= base;
      if (wanted === -1 || status === 'excluded') return;
      possible.push(base);
      if (status === 'included' && wanted === 1 && applies === 1) certain.push(base);
    });
    firm = add(firm, applies === 1 ? lineAmount(line, certain, rates.careful) : 0);
    careful = add(careful, lineAmount(line, possible, rates.careful));
    favourable = add(favourable, lineAmount(line, possible, rates.favourable));
  }

  const hasSubject = !assessment.serviceNeeded || facts.services.length > 0;
  const ineligible = assessment.eligibility === 'ineligible';
  const known = assessment.eligibility === 'eligible' && receipts.complete && !(limited && limitFen === undefined);
  const firmResult = ineligible ? 0 : known && firm !== null ? Math.min(firm, room) : null;
  const conditional = ineligible ? 0 : !hasSubject || favourable === null ? null : Math.min(favourable, favourableRoom);
  const live = !ineligible && hasSubject;
  const exhausted = live && room === 0;
  const over = live && !exhausted && careful !== null && careful > room;
  const limitBinds = over && limitFen !== undefined && limitFen < ownCap;
  return {
    firm: firmResult,
    conditional,
    ...(ineligible ? { provincial: 0, municipal: 0 } : shares(programme, context, firmResult)),
    bases,
    flags: { capApplied: over && !limitBinds, capExhausted: exhausted, limitBinds },
    room,
    favourableRoom,
    rate,
    favourableRate,
  };
}

const add = (a: Fen | null, b: Fen | null): Fen | null => (a === null || b === null ? null : a + b);

function shares(programme: Programme, context: Context, firm: Fen | null): Pick<Estimate, 'provincial' | 'municipal'> {
  const split = programme.files.subsidy.split;
  const applies = split && (programme.split ? programme.split.eval(context) === 1 : true);
  if (firm === null || !applies) return { provincial: null, municipal: null };
  // The odd fen goes to the city: a convention (the text does not regulate it), told as ROUNDING_ODD_FEN.
  const provincial = Math.floor((firm * split.provincial) / (split.provincial + split.municipal));
  return { provincial, municipal: firm - provincial };
}
