import { randomUUID } from 'node:crypto';
import type { Dispatcher } from '../app/outports.ts';
import type { Config } from '../config.ts';
import type { Operator } from './alarms-open.ts';
import type { ChannelContext, ChannelEntry, RunningChannel } from './channel.ts';
import type { Composed } from './compose.ts';
import { StartFault } from './faults.ts';
import type { Watch } from './http.ts';
import { heldSender, holdChannel, type HeldChannel } from './leases.ts';
import { redactor, secretsOf } from './redact.ts';

/** What the channels of a process are run with. */
export interface ChannelsDeps {
  readonly config: Config;
  readonly composed: Omit<Composed, 'close'>;
  readonly watch: Watch;
  readonly operator: Operator;
}

/** Before another attempt to take an account over (ms). */
const AGAIN_MS = 10_000;

/**
 * Runs a channel: at once, or, when processes share a store, while its account is this one's.
 * `failed` rejects when the operator has to put something right. @throws StartFault; the system's error.
 */
export async function runChannel(entry: ChannelEntry, deps: ChannelsDeps): Promise<HeldChannel> {
  const { composed, watch } = deps;
  const { channel } = entry;
  const { leases, log, timer } = composed;
  if (!leases) {
    const running = await startChannel(entry, deps, () => true);
    log.info('channel.started', { channel });
    return { ...running, failed: new Promise<never>(() => undefined) };
  }
  const path = entry.path?.(deps.config);
  // Whoever knocks while the account is elsewhere is to come again, not to give up.
  if (path !== undefined) watch.http?.mount(path, { fetch: () => new Response(null, { status: 503 }) });
  const { ended, pause } = pauses(timer);
  const held = holdChannel({
    ...{ store: leases, holder: randomUUID(), channel, log, pause },
    start: (isHeld) => startChannel(entry, deps, isHeld),
    isFinal: (error) => error instanceof StartFault,
    changed(state) {
      log.info('channel.turn', { channel, state });
      if (state === 'standby') watch.health.channel(channel, 'standby');
      if (state === 'failed') report(deps, channel)('offline', 'not-started');
    },
  });
  return {
    failed: held.failed,
    stop() {
      ended();
      return held.stop();
    },
  };
}

/** Starts a channel; what it leaves is that its way out is closed again. */
async function startChannel(entry: ChannelEntry, deps: ChannelsDeps, held: () => boolean): Promise<RunningChannel> {
  const { config, composed, watch } = deps;
  const { channel, start } = entry;
  const own = composed.dispatcher;
  const state = report(deps, channel);
  const redact = redactor(secretsOf(config));
  const dispatcher: Dispatcher = {
    attach: (sender) => own.attach(heldSender(sender, held)),
    deliver: (chat, outgoing) => own.deliver(chat, outgoing),
    nudge: () => own.nudge(),
    figures: () => own.figures(),
    stop: () => own.stop(),
  };
  const context: ChannelContext = {
    ...{ config, state },
    composed: { ...composed, dispatcher, assistant: watch.assistant },
    http() {
      if (!watch.http) throw new Error('there is no HTTP server');
      return watch.http;
    },
    announce: (text) => void process.stderr.write(`${redact(text)}\n`),
  };
  state('starting');
  try {
    const running = await start?.(context);
    return {
      async stop() {
        await running?.stop();
        await own.detach(channel);
      },
    };
  } catch (error) {
    await own.detach(channel);
    throw error;
  }
}

/** Passes on how a channel stands: to those who ask, and a trouble to the operator. */
function report({ operator, watch }: ChannelsDeps, channel: string): ChannelContext['state'] {
  return (state, trouble) => {
    const before = watch.health.channels.get(channel);
    watch.health.channel(channel, state);
    if (state !== 'offline' || before === 'offline') return;
    const kind = trouble === 'not-started' ? 'channel-failed' : 'channel-down';
    operator.raise(kind, { channel, ...(trouble !== undefined && { trouble }) });
  };
}

function pauses(timer: Composed['timer']): { readonly ended: () => void; readonly pause: () => Promise<unknown> } {
  const end = new AbortController();
  return {
    ended: () => end.abort(),
    pause: () => {
      const wait = timer.after(end.signal.aborted ? 0 : AGAIN_MS);
      end.signal.addEventListener('abort', () => wait.cancel(), { once: true });
      return wait.done;
    },
  };
}
