import type { Log } from '../../app/ports.ts';
import type { OpenBot, Puppet } from './puppet.ts';
import type { Trouble } from './words.ts';

/** Durations in ms. */
export interface SessionTimes {
  /** Between two looks at whether the session is alive. */
  readonly probeEvery: number;
  /** A puppet that has not answered by then does not. */
  readonly probeWithin: number;
  /** For a start or an end of a session; the library has bounds of its own, which are shorter. */
  readonly startWithin: number;
  /** The first pause before another attempt; it doubles. */
  readonly retryFirst: number;
  readonly retryCap: number;
  /** Logged out and no new code shown for so long, a session is begun anew. */
  readonly codeWithin: number;
}

export interface SessionDeps {
  readonly open: OpenBot;
  readonly log: Log;
  readonly times: SessionTimes;
  /** Shows a login code to the operator. */
  readonly showCode: (code: string) => void;
  /** The account is logged in and answers. */
  readonly online: (puppet: Puppet) => void;
  /** Nothing can be sent any more; said once until it is online again. */
  readonly offline: (trouble: Trouble) => void;
  readonly message: (messageId: string, puppet: Puppet) => void;
  readonly friendship: (friendshipId: string, puppet: Puppet) => void;
}

/** The account, as those see it who send. */
export interface Line {
  /** The puppet once it can send, or undefined when that takes longer than so long (ms). */
  ready(waitMs: number): Promise<Puppet | undefined>;
  /**
   * Whether the account still lives after a call has come through: a dead one takes messages as well, and shows none.
   * Never rejects.
   */
  lives(puppet: Puppet): Promise<boolean>;
  /** A call has come through. */
  worked(): void;
  /** A call has not ended: perhaps the account only looks alive. */
  suspect(): void;
}
