import type { Config } from '../config.ts';
import type { HttpServer } from '../channels/http/server.ts';
import type { Composed } from './compose.ts';

/** A channel that runs until it is stopped. */
export interface RunningChannel {
  /** Takes no more messages, finishes those under way. */
  stop(): Promise<void>;
}

/** What a channel is started with. */
export interface ChannelContext {
  readonly config: Config;
  readonly composed: Omit<Composed, 'close'>;
  /** The HTTP server of the process, opened when it is first asked for. @throws the system's error. */
  readonly http: () => Promise<HttpServer>;
  /** One sentence for the operator. */
  readonly announce: (text: string) => void;
}

/** A channel that the configuration may ask for. */
export interface ChannelEntry {
  readonly name: string;
  readonly configured: (config: Config) => boolean;
  /** Loads the channel's libraries, which only those need who have it configured, and starts it. */
  readonly start?: (context: ChannelContext) => Promise<RunningChannel>;
}
