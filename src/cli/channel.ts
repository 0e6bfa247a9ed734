import type { ChannelState } from '../app/health.ts';
import type { Dispatcher } from '../app/outports.ts';
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
  readonly composed: Omit<Composed, 'close' | 'dispatcher'> & { readonly dispatcher: Dispatcher };
  /** The HTTP server of the process. @throws Error without a port. */
  readonly http: () => HttpServer;
  /** One sentence for the operator. */
  readonly announce: (text: string) => void;
  /** The channel has come to stand here; `trouble` says why it is offline. */
  readonly state: (state: ChannelState, trouble?: string) => void;
}

/** A channel that the configuration may ask for. */
export interface ChannelEntry {
  readonly name: string;
  /** Prefix of its chats, without the colon. */
  readonly channel: string;
  readonly configured: (config: Config) => boolean;
  /** Where the platform knocks on the HTTP server, if it does. */
  readonly path?: (config: Config) => string | undefined;
  /** Loads the channel's libraries, which only those need who have it configured, and starts it. */
  readonly start?: (context: ChannelContext) => Promise<RunningChannel>;
}
