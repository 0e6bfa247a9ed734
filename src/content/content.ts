import type { ProgrammeFiles } from '../policy/compile.ts';
import type { BureauFile } from './bureau.ts';
import type { ChannelFile } from './channels.ts';
import type { CuesFile, TalkFile, WordsFile } from './lexicon.ts';
import type { OperationsFile } from './operations.ts';
import type { CalendarFile, PlacesFile, StandardFile } from './schemas.ts';

/** Everything under data/, validated, in a form that survives JSON. */
export interface Content {
  readonly programmes: readonly ProgrammeFiles[];
  readonly notices: Readonly<Record<string, string>>;
  readonly places: readonly PlacesFile[];
  readonly standard: StandardFile;
  readonly calendar: CalendarFile;
  readonly words: WordsFile;
  readonly cues: CuesFile;
  readonly talk: TalkFile;
  readonly bureau: BureauFile;
  readonly operations: OperationsFile;
  /** How each channel is sent to. */
  readonly channels: readonly ChannelFile[];
}
