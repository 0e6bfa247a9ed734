import type { ProgrammeFiles } from '../policy/compile.ts';
import type { CalendarFile, PlacesFile, StandardFile } from './schemas.ts';

/** Everything under data/, validated, in a form that survives JSON. */
export interface Content {
  readonly programmes: readonly ProgrammeFiles[];
  readonly notices: Readonly<Record<string, string>>;
  readonly places: readonly PlacesFile[];
  readonly standard: StandardFile;
  readonly calendar: CalendarFile;
}
