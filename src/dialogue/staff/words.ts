import type { Guide } from '../guide.ts';
import type { Reply, ReplyChoice } from '../reply.ts';
import type { Audience } from './audience.ts';
import type { BindOutcome, Counted, Office, Preview, Refusal, Seen, Standing, TextFault } from './desk.ts';

/** What is said to bureau staff: see conversations/staff.ts and conversations/broadcast.ts. */
export interface StaffWords {
  readonly bound: (outcome: BindOutcome) => Reply;
  readonly bindAsk: () => Reply;
  readonly refused: (why: Refusal) => Reply;
  readonly dropped: () => Reply;
  readonly nothingToDrop: () => Reply;
  readonly audienceAsk: (office: Office) => string;
  readonly audienceChoices: () => readonly ReplyChoice[];
  readonly audienceUnknown: (part: string) => string;
  readonly nobody: (counted: Counted) => string;
  readonly counted: (counted: Counted) => string;
  readonly textAsk: () => string;
  readonly faults: (faults: readonly TextFault[], count: number) => string;
  readonly previewHead: () => string;
  readonly confirmAsk: (preview: Preview, audience: Audience, guide: Guide | undefined) => string;
  readonly countWrong: (typed: number, count: number) => string;
  readonly confirmUnknown: () => string;
  readonly past: () => string;
  readonly sent: (standing: Standing, now: number) => Reply;
  readonly withdrawn: (standing: Standing) => Reply;
  readonly list: (standings: readonly Standing[], now: number) => Reply;
  readonly report: (standing: Standing, now: number) => Reply;
  readonly which: (verb: string, standings: readonly Standing[]) => Reply;
  readonly reviewAsk: (preview: Preview, cities: readonly string[]) => string;
  readonly reviewChoices: () => readonly ReplyChoice[];
  readonly approved: (standing: Standing, now: number) => Reply;
  readonly notApproved: () => Reply;
  readonly markAsk: () => Reply;
  readonly marked: (name: string, mark: 'received' | 'returned', told: number) => Reply;
  readonly forwarded: (office: string, done: boolean) => Reply;
  readonly enterprises: (rows: readonly Seen[], count: number) => Reply;
}
