import { Health, type Readiness } from '../app/health.ts';
import type { Assistant } from '../app/ports.ts';
import type { HttpServer } from '../channels/http/server.ts';
import type { Config } from '../config.ts';
import type { Composed } from './compose.ts';
import { measured, openMetrics } from './metrics.ts';

/** What the process shows of itself. */
export interface Watch {
  readonly health: Health;
  /** The assistant as channels are to use it: what it does is measured. */
  readonly assistant: Assistant;
  /** Absent without a port. */
  readonly http?: HttpServer;
  /** Counts an alarm. */
  readonly alarmed: (kind: string) => void;
  readonly close: () => Promise<void>;
}

const SECOND = 1_000;

/** A key that no channel writes to: asking for it is the cheapest question that the store has to answer. */
const PROBE = 'probe:';

/**
 * Opens health, readiness and metrics when a port is configured, and measures what they show.
 * @throws the system's error for a port or an address that cannot be used.
 */
export async function openWatch(
  { host, port }: Pick<Config, 'host' | 'port'>,
  composed: Pick<Composed, 'assistant' | 'dispatcher' | 'log' | 'operations' | 'retaining' | 'store' | 'timer'>,
): Promise<Watch> {
  const { dispatcher, log, operations, store, timer } = composed;
  const figures = () => dispatcher.figures();
  const health = new Health({
    check: () => store.read(PROBE),
    figures,
    pause: (ms) => timer.after(ms),
    now: () => timer.now(),
    limits: {
      oldestReplyMs: operations.ready.oldest_reply_seconds * SECOND,
      storeMs: operations.ready.store_seconds * SECOND,
      unsavedMs: operations.ready.unsaved_seconds * SECOND,
    },
  });
  const metrics =
    port === undefined
      ? undefined
      : await openMetrics({
          figures,
          retained: () => composed.retaining.retention.figures(),
          channels: () => health.channels,
          storeUp: async () => (await health.readiness()).store !== 'unreachable',
        });
  const assistant = measured(composed.assistant, (channel, outcome, seconds) => {
    health.saved(outcome !== 'unsaved');
    metrics?.handled(channel, outcome, seconds);
  });
  if (port === undefined || !metrics)
    return { health, assistant, alarmed: () => undefined, close: async () => undefined };
  const { page, alarmed } = metrics;
  const [{ openHttp }, { mountOperations }] = await Promise.all([
    import('../channels/http/server.ts'),
    import('../channels/http/operations.ts'),
  ]);
  const http = await openHttp(host, port);
  mountOperations(http, {
    log,
    metrics: page,
    async ready() {
      const readiness = await health.readiness();
      return { ready: readiness.ready, body: bodyOf(readiness) };
    },
  });
  log.info('http.listening', { host, port: http.port });
  return { health, assistant, http, alarmed, close: () => http.close() };
}

function bodyOf({ ready, store, channels, oldestReplyMs, queueOk }: Readiness): object {
  const queue = queueOk ? 'ok' : 'late';
  return {
    status: ready ? 'ready' : 'not-ready',
    ...{ store, channels, queue },
    oldest_reply_seconds: Math.round(oldestReplyMs / SECOND),
  };
}
