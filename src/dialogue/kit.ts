import type { PlaceIndex } from '../understanding/index.ts';
import type { SizeStandard } from '../policy/index.ts';
import type { Knowledge } from './free/knowledge.ts';
import type { Guide } from './guide.ts';
import type { Script } from './script.ts';
import type { ChatRetention } from './state.ts';

/** What a conversation works with; built once at the start. */
export interface Kit {
  readonly guides: ReadonlyMap<string, Guide>;
  readonly places: PlaceIndex;
  readonly standard: SizeStandard;
  readonly knowledge: Knowledge;
  readonly script: Script;
  /** After how long without a message a chat is removed. */
  readonly retention: ChatRetention;
  /** Where the calendar file of a programme's dates lies once it is asked for; absent: there is none. */
  readonly calendarPath?: (programme: string) => string;
}
