import type { ChannelLimits } from '../../outreach/pacing-limits.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Handover } from '../handover.ts';
import type { Clock, Log, Store } from '../ports.ts';
import type { KeepSource } from './outbox.ts';

/** A wait that can be broken off. */
export interface Wait {
  /** True when the time has passed, false when the wait was cancelled. Never rejects. */
  readonly done: Promise<boolean>;
  cancel(): void;
}

/** Durations. Pacing must not follow the wall clock, which may be set. */
export interface Timer {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  after(ms: number): Wait;
}

/**
 * Whether an unasked entry may leave now: true; false when it is not wanted any more (it is closed as cancelled); or
 * not before an instant (UTC ms), such as the end of the quiet hours.
 */
export type Go = boolean | { readonly notBefore: number };

/** Asked right before an entry with this source is marked as leaving, with the chat's document as it is stored. */
export type MayGo = (source: string, chat: string, doc: ChatDoc) => Go | Promise<Go>;

/** What an operator has to know at once. */
export type AlarmKind = 'refused' | 'gave-up' | 'channel-held';

/** Called for every single case: whoever passes alarms on has to see that they are not too many. */
export type Alarm<Kind = AlarmKind> = (kind: Kind, fields: Readonly<Record<string, string | number>>) => void;

export interface DispatchDeps {
  readonly store: Store<ChatDoc>;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  /** From 0 to 1 (exclusive). */
  readonly random: () => number;
  /** The limits of a channel, undefined when there are none for it. */
  readonly limits: (channel: string) => ChannelLimits | undefined;
  /** Shared with the assistant, which then knows what was handed over. */
  readonly handover: Handover;
  /** Default: always. */
  readonly mayGo?: MayGo;
  /** Default: nothing has to be kept beyond the newest lines. */
  readonly keepSource?: KeepSource;
  /** Default: the log alone. */
  readonly alarm?: Alarm;
}

/** How often the store is looked at for what nobody announced: due entries, those of other processes (ms). */
export const LOOK_EVERY_MS = 1_000;
