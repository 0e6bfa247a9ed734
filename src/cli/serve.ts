import { once } from 'node:events';
import type { Config } from '../config.ts';
import { OPERATIONS_FAULTS } from '../../conversations/operations.ts';
import { channelsNotYet } from '../../conversations/trouble.ts';
import { openOperator, type Operator } from './alarms-open.ts';
import { keepCarrying } from './bureau/service.ts';
import type { ChannelEntry } from './channel.ts';
import { runChannel } from './channels-run.ts';
import { CHANNELS } from './channels.ts';
import { compose } from './compose.ts';
import { StartFault } from './faults.ts';
import { openWatch, type Watch } from './http.ts';
import type { HeldChannel } from './leases.ts';
import { keepRetaining } from './retaining.ts';
import { stopSignal } from './signals.ts';
import { keepTicking } from './ticking.ts';
import { controlOf, talkConfig, talkInTerminal, type TalkOptions } from './talk.ts';

/**
 * Starts every configured channel and runs until a signal; with none configured, the terminal chat until its end.
 * @returns the exit code. @throws ConfigFault, DataFault, StoreLocked, StartFault; the system's error for a port in use.
 */
export async function serve(options: TalkOptions): Promise<number> {
  const config = talkConfig(options);
  const configured = CHANNELS.filter((channel) => channel.configured(config));
  if (configured.length === 0) return talkInTerminal(options);
  const missing = configured.filter((channel) => channel.start === undefined);
  if (missing.length > 0) throw new StartFault(channelsNotYet(missing.map((channel) => channel.name)));
  const { operatorChat } = config;
  if (operatorChat && !configured.some(({ channel }) => channel === operatorChat.channel))
    throw new StartFault(OPERATIONS_FAULTS.operatorChat(operatorChat.channel));
  return serveChannels(options.here, config, configured);
}

async function serveChannels(here: string, config: Config, channels: readonly ChannelEntry[]): Promise<number> {
  const signal = stopSignal();
  let operator: Operator | undefined;
  const alarm: Operator['raise'] = (kind, fields) => operator?.raise(kind, fields);
  const { close, ...composed } = await compose({ here, ...config, alarm });
  const running: HeldChannel[] = [];
  let watch: Watch | undefined;
  let closeControl: (() => Promise<void>) | undefined;
  let stopTicking: (() => Promise<void>) | undefined;
  let stopCarrying: (() => Promise<void>) | undefined;
  let stopRetaining: (() => Promise<void>) | undefined;
  try {
    closeControl = await controlOf(config, composed);
    // First of all and to the last, so that somebody can see what is going on.
    watch = await openWatch(config, composed);
    operator = openOperator(config, composed, watch);
    for (const entry of channels) running.push(await runChannel(entry, { config, composed, watch, operator }));
    stopTicking = keepTicking(composed, () => Date.now());
    stopCarrying = keepCarrying(composed.bureau, composed, { now: () => Date.now() });
    stopRetaining = keepRetaining(composed, () => Date.now());
    if (!signal.aborted) await Promise.race([once(signal, 'abort'), ...running.map(({ failed }) => failed)]);
  } finally {
    await Promise.all([stopTicking?.(), stopCarrying?.(), stopRetaining?.()]);
    await Promise.allSettled(running.map((channel) => channel.stop()));
    await closeControl?.();
    await operator?.close();
    await close();
    await watch?.close();
  }
  return 0;
}
