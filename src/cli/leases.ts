import type { Log, SharedStore } from '../app/ports.ts';
import type { Sender, Sent } from '../app/outports.ts';
import { Lease } from '../stores/postgres/lease.ts';
import type { RunningChannel } from './channel.ts';

/** What holding a channel's account needs. */
export interface HoldDeps {
  readonly store: Pick<SharedStore<never>, 'lease' | 'unlease'>;
  /** Different in every process and at every start. */
  readonly holder: string;
  readonly channel: string;
  readonly log: Log;
  /** Starts the channel; `held` says at any moment whether its account may be used. */
  readonly start: (held: () => boolean) => Promise<RunningChannel>;
  /** It was begun, is left to another process, or could not be started although it is this process's turn. */
  readonly changed: (state: 'started' | 'standby' | 'failed') => void;
  /** Whether an error of a start is one that only the operator can put right. */
  readonly isFinal: (error: unknown) => boolean;
  /** Waits between two attempts to start; resolves early at the end. */
  readonly pause: () => Promise<unknown>;
}

/** A channel that runs while this process is the one that has its account. */
export interface HeldChannel extends RunningChannel {
  /** Rejects when the first start shows that the operator has to put something right. */
  readonly failed: Promise<never>;
}

/** Strives for a channel's account: its updates are taken and its messages sent by one process at a time. */
export function holdChannel(deps: HoldDeps): HeldChannel {
  const { store, holder, channel, log, changed } = deps;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  let wanted = false;
  let everRan = false;
  let running: RunningChannel | undefined;
  let turn = Promise.resolve();
  const begin = async (): Promise<void> => {
    try {
      running = await deps.start(() => lease.held);
      everRan = true;
      changed('started');
    } catch (error) {
      if (!everRan && deps.isFinal(error)) {
        wanted = false;
        fail(error);
        return;
      }
      log.error('channel.start-failed', { channel, error: error instanceof Error ? error.name : typeof error });
      changed('failed');
      await deps.pause();
    }
  };
  const end = async (): Promise<void> => {
    const before = running;
    running = undefined;
    await before?.stop();
    changed('standby');
  };
  /** One change after the other: an account must not be begun while its end is under way. */
  const settle = (): Promise<void> => {
    turn = turn.then(async () => {
      while (wanted !== (running !== undefined)) await (wanted ? begin() : end());
    });
    turn.catch(() => undefined);
    return turn;
  };
  const want = (now: boolean) => (): void => {
    wanted = now;
    void settle();
  };
  const lease = new Lease({ store, name: `channel:${channel}`, holder, log, acquired: want(true), lost: want(false) });
  changed('standby');
  lease.start();
  return {
    failed,
    async stop() {
      wanted = false;
      // Given back only when nothing is sent any more.
      await settle().catch(() => undefined);
      await lease.stop();
      wanted = false;
      await settle().catch(() => undefined);
    },
  };
}

/** Asked again after so long (ms) when the account is not this process's any more. */
const NOT_HELD_MS = 1_000;

/** The same way out, closed at every moment at which another process may have the account. */
export function heldSender(sender: Sender, held: () => boolean): Sender {
  const later: Sent = { kind: 'later', scope: 'channel', afterMs: NOT_HELD_MS };
  return {
    channel: sender.channel,
    ...(sender.account && { account: sender.account }),
    send: async (chat, reply, fromPart, unasked) => (held() ? sender.send(chat, reply, fromPart, unasked) : later),
    parts: (reply) => sender.parts?.(reply) ?? 1,
  };
}
