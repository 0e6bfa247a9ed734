import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../app/ports.ts';
import { POLL_SECONDS } from './api.ts';
import { NotSaved, type Intake } from './intake.ts';
import { codeOf } from './outcome.ts';
import { ALLOWED_UPDATES } from './read.ts';
import type { TelegramWords } from './words.ts';

export interface PollingDeps {
  readonly polls: Api;
  readonly intake: Intake;
  readonly words: Pick<TelegramWords, 'conflict' | 'tokenLost'>;
  /** One sentence for the operator. */
  readonly announce: (text: string) => void;
  /** Updates cannot be had for some time, with the platform's code, or can again (undefined). */
  readonly trouble?: (code: string | undefined) => void;
  readonly log: Log;
  /** Aborted: no more updates are taken; those under way are finished and confirmed. */
  readonly signal: AbortSignal;
  /** The first pause (ms) after a failure; it doubles with each further one. */
  readonly retryMs: number;
}

const BATCH = 100;
/** A server that does not hold requests is asked this often (ms). */
const IDLE_MS = 100;
/** An empty answer before this time (ms) was not held. */
const HELD_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const LAST_CALL_MS = 2_000;
/** So many failures in a row are more than a network that hiccups. */
const LASTING = 4;

/** Takes updates until the signal is aborted. Never rejects. */
export async function poll(deps: PollingDeps): Promise<void> {
  const { signal } = deps;
  const trouble = new Trouble(deps);
  /**
   * Confirms the last batch. Given once only: after a week without updates the platform goes on with an arbitrary, also
   * a lower, number, which an offset kept from before would hide.
   */
  let offset: number | undefined;
  while (!signal.aborted) {
    const start = performance.now();
    try {
      // After a failure not held, so that it is soon known whether it is over.
      const updates = await ask(deps.polls, offset, trouble.present ? 0 : POLL_SECONDS, BATCH, signal);
      trouble.over();
      offset = await takeBatch(deps, updates);
      if (updates.length === 0 && performance.now() - start < HELD_MS) await rest(IDLE_MS, signal);
    } catch (error) {
      if (!isAborted(signal)) await rest(trouble.pauseAfter(error), signal);
    }
  }
  if (offset !== undefined) await confirm(deps, offset);
}

/** Has a batch handled and stored. @returns the offset that confirms it. */
async function takeBatch({ intake, log }: PollingDeps, updates: readonly Update[]): Promise<number | undefined> {
  await Promise.all(
    updates.map(async (update) => {
      try {
        await intake.take(update);
      } catch (error) {
        if (error instanceof NotSaved) intake.tellUnsaved(error);
        // An update of a form nobody knew must not come again and again.
        else log.error('telegram.update-failed', { error: error instanceof Error ? error.name : typeof error });
      }
    }),
  );
  const last = updates.at(-1);
  return last && last.update_id + 1;
}

/** So that the next process is not given them once more; it would know them, but it costs nothing. */
async function confirm({ polls, log }: PollingDeps, offset: number): Promise<void> {
  try {
    await ask(polls, offset, 0, 1, AbortSignal.timeout(LAST_CALL_MS));
  } catch (error) {
    log.info('telegram.not-confirmed', { code: codeOf(error) });
  }
}

function ask(polls: Api, offset: number | undefined, timeout: number, limit: number, signal: AbortSignal) {
  const from = offset === undefined ? {} : { offset };
  return polls.getUpdates({ ...from, timeout, limit, allowed_updates: ALLOWED_UPDATES }, theirs(signal));
}

/** The library asks for the class of another package, of which it uses what every signal has. */
function theirs(signal: unknown): NonNullable<Parameters<Api['getUpdates']>[1]> {
  return signal as NonNullable<Parameters<Api['getUpdates']>[1]>;
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** A row of failures: logged each, announced once, with growing pauses. */
class Trouble {
  private readonly deps: PollingDeps;
  private failures = 0;
  private readonly announced = new Set<string>();

  constructor(deps: PollingDeps) {
    this.deps = deps;
  }

  /** Whether the last answer was a failure. */
  get present(): boolean {
    return this.failures > 0;
  }

  /** An answer has come. */
  over(): void {
    if (this.failures > 0) {
      this.deps.log.info('telegram.polling-again', { failures: this.failures });
      this.deps.trouble?.(undefined);
    }
    this.failures = 0;
    this.announced.clear();
  }

  /** Notes a failure. @returns how long (ms) to wait before the next attempt. */
  pauseAfter(error: unknown): number {
    const { announce, log, retryMs, words } = this.deps;
    this.failures += 1;
    const code = codeOf(error);
    log.warn('telegram.polling-failed', { code, failures: this.failures });
    const sentence = code === '409' ? words.conflict : code === '401' || code === '404' ? words.tokenLost : undefined;
    if (sentence !== undefined && !this.announced.has(sentence)) {
      this.announced.add(sentence);
      announce(sentence);
    }
    // A process that hands its account over may still be waiting for an answer: a conflict has to last as well.
    if (sentence === words.tokenLost || this.failures >= LASTING) this.deps.trouble?.(code);
    const asked = error instanceof GrammyError ? (error.parameters.retry_after ?? 0) * 1_000 : 0;
    return Math.max(asked, Math.min(retryMs * 2 ** (this.failures - 1), LONGEST_RETRY_MS));
  }
}
