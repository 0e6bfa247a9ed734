import { once } from 'node:events';
import type { Config } from '../config.ts';
import { channelsNotYet } from '../../conversations/trouble.ts';
import type { HttpServer } from '../channels/http/server.ts';
import { keepCarrying } from './bureau/service.ts';
import type { ChannelContext, ChannelEntry, RunningChannel } from './channel.ts';
import { CHANNELS } from './channels.ts';
import { compose } from './compose.ts';
import { StartFault } from './faults.ts';
import { stopSignal } from './signals.ts';
import { keepTicking } from './ticking.ts';
import { controlOf, talkConfig, talkInTerminal, type TalkOptions } from './talk.ts';

/**
 * Starts every configured channel and runs until a signal; with none configured, the terminal chat until its end.
 * @returns the exit code. @throws ConfigFault, DataFault, StoreLocked, StartFault.
 */
export async function serve(options: TalkOptions): Promise<number> {
  const config = talkConfig(options);
  const configured = CHANNELS.filter((channel) => channel.configured(config));
  if (configured.length === 0) return talkInTerminal(options);
  const missing = configured.filter((channel) => channel.start === undefined);
  if (missing.length > 0) throw new StartFault(channelsNotYet(missing.map((channel) => channel.name)));
  return serveChannels(options.here, config, configured);
}

async function serveChannels(here: string, config: Config, channels: readonly ChannelEntry[]): Promise<number> {
  const signal = stopSignal();
  const { close, ...composed } = await compose({ here, ...config });
  const closeControl = await controlOf(config, composed);
  const running: RunningChannel[] = [];
  let stopTicking: (() => Promise<void>) | undefined;
  let stopCarrying: (() => Promise<void>) | undefined;
  let http: Promise<HttpServer> | undefined;
  const context: ChannelContext = {
    config,
    composed,
    http: () => (http ??= openServer(config)),
    announce: (text) => void process.stderr.write(`${text}\n`),
  };
  try {
    for (const { name, start } of channels) {
      if (start) running.push(await start(context));
      composed.log.info('channel.started', { channel: name });
    }
    stopTicking = keepTicking(composed, () => Date.now());
    stopCarrying = keepCarrying(composed.bureau, composed, { now: () => Date.now() });
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await Promise.all([stopTicking?.(), stopCarrying?.()]);
    await Promise.allSettled(running.map((channel) => channel.stop()));
    await closeControl();
    await http?.then((server) => server.close()).catch(() => undefined);
    await close();
  }
  return 0;
}

async function openServer({ host, port = 0 }: Config): Promise<HttpServer> {
  const { openHttp } = await import('../channels/http/server.ts');
  return openHttp(host, port);
}
