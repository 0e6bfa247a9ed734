import type { Programme, ReminderRule } from '../../policy/index.ts';

/** How the enterprises that agreed to be seen stand; each is counted once, or not at all when it gave up. */
export interface OfficeFigures {
  readonly seen: number;
  readonly filed: number;
  readonly returned: number;
  readonly open: number;
}

/** A date that an office itself has to keep, as its words see it. */
export interface OfficeNotice {
  readonly office: string;
  readonly programme: Programme;
  readonly rule: ReminderRule;
  readonly figures: OfficeFigures;
  /** Firms on the office's list of which nothing can be seen here. */
  readonly unseen: number;
  /** UTC ms. */
  readonly now: number;
}
