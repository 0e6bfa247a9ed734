import type { Assistant, Log } from '../app/ports.ts';
import type { Config } from '../config.ts';

/** A channel that runs until it is stopped. */
export interface RunningChannel {
  /** Takes no more messages, finishes those under way. */
  stop(): Promise<void>;
}

/** A channel that the configuration may ask for. */
export interface ChannelEntry {
  readonly name: string;
  readonly configured: (config: Config) => boolean;
  /** Loads the channel's libraries, which only those need who have it configured, and starts it. */
  readonly start?: (config: Config, assistant: Assistant, log: Log) => Promise<RunningChannel>;
}

/** Every channel besides the terminal. Those without `start` are not in this release. */
export const CHANNELS: readonly ChannelEntry[] = [
  { name: 'Telegram', configured: (config) => config.telegram !== undefined },
  { name: 'WeChat', configured: (config) => config.wechat !== undefined },
];
