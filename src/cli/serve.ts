import { once } from 'node:events';
import type { Config } from '../config.ts';
import { channelsNotYet } from '../../conversations/trouble.ts';
import { CHANNELS, type ChannelEntry, type RunningChannel } from './channels.ts';
import { compose } from './compose.ts';
import { StartFault } from './faults.ts';
import { stopSignal } from './signals.ts';
import { talkConfig, talkInTerminal, type TalkOptions } from './talk.ts';

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
  const { assistant, log, close } = await compose({ here, stateDir: config.stateDir, logLevel: config.logLevel });
  const running: RunningChannel[] = [];
  try {
    for (const { name, start } of channels) {
      if (start) running.push(await start(config, assistant, log));
      log.info('channel.started', { channel: name });
    }
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await Promise.allSettled(running.map((channel) => channel.stop()));
    await close();
  }
  return 0;
}
