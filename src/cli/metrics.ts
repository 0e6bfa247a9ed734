import type { Assistant } from '../app/ports.ts';
import type { DispatchFigures } from '../app/outports.ts';
import type { ChannelState } from '../app/health.ts';
import type { RetentionFigures } from '../app/retention/retention.ts';

/** What became of a message: answered, nothing to say to it (mostly a repeat), or not saved. */
export type HandleOutcome = 'answered' | 'repeated' | 'unsaved';

/** What is measured of the process. Labels are names of channels and outcomes, never a chat. */
export interface Metrics {
  /** A message was handled in so many seconds. */
  readonly handled: (channel: string, outcome: HandleOutcome, seconds: number) => void;
  /** An alarm was raised. */
  readonly alarmed: (kind: string) => void;
  /** The page in the format of Prometheus. */
  readonly page: () => Promise<{ readonly type: string; readonly text: string }>;
}

export interface MetricsDeps {
  readonly figures: () => DispatchFigures;
  readonly retained: () => RetentionFigures;
  readonly channels: () => ReadonlyMap<string, ChannelState>;
  /** Whether the store answers. */
  readonly storeUp: () => Promise<boolean>;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATES: readonly ChannelState[] = ['starting', 'online', 'offline', 'standby'];

/** Begins to measure; the library is loaded only for those who have a port to be asked on. */
export async function openMetrics({ figures, retained, channels, storeUp }: MetricsDeps): Promise<Metrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const register = new Registry();
  const registers = [register];
  // Among them the lag of the event loop, memory and open files.
  collectDefaultMetrics({ register });
  const total = (name: string, help: string, value: (now: DispatchFigures) => number): void => {
    new Counter({
      ...{ name, help, registers },
      collect() {
        this.reset();
        this.inc(value(figures()));
      },
    });
  };
  const gauge = (name: string, help: string, value: (now: DispatchFigures) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(figures()));
      },
    });
  };
  total('voucher_replies_sent_total', 'Replies handed over to a platform', ({ sent }) => sent);
  total('voucher_replies_failed_total', 'Replies closed without being shown', ({ failed }) => failed);
  total('voucher_replies_ambiguous_total', 'Attempts without an answer of the platform', ({ ambiguous }) => ambiguous);
  total('voucher_platform_later_total', 'Attempts the platform wanted later (429)', ({ retries429 }) => retries429);
  gauge('voucher_queue_chats', 'Chats with something to send, in the hands of this process', ({ queued }) => queued);
  gauge('voucher_queue_more', '1 when the store holds more than was taken up', ({ more }) => Number(more));
  gauge('voucher_oldest_reply_seconds', 'Age of the oldest unsent reply', (now) => now.oldestReplyAgeMs / 1_000);
  gauge('voucher_oldest_entry_seconds', 'Age of the oldest unsent entry of any kind', (now) => now.oldestAgeMs / 1_000);
  new Gauge({
    name: 'voucher_store_up',
    help: '1 when the store answers',
    registers,
    async collect() {
      this.set(Number(await storeUp()));
    },
  });
  new Gauge({
    name: 'voucher_channel_state',
    help: '1 for the state in which a channel is',
    labelNames: ['channel', 'state'],
    registers,
    collect() {
      for (const [channel, state] of channels())
        for (const one of STATES) this.set({ channel, state: one }, Number(one === state));
    },
  });
  new Counter({
    name: 'voucher_retention_removed_total',
    help: 'What was removed because it was too old',
    labelNames: ['what'],
    registers,
    collect() {
      this.reset();
      for (const [what, count] of Object.entries(retained().removed)) this.inc({ what }, count);
    },
  });
  new Gauge({
    name: 'voucher_retention_done_seconds',
    help: 'When this process last went through everything (seconds since 1970); 0: not yet',
    registers,
    collect() {
      this.set(retained().doneAt / 1_000);
    },
  });
  const seconds = new Histogram({
    name: 'voucher_handle_seconds',
    help: 'Time from a message to its stored answer',
    labelNames: ['channel', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const alarms = new Counter({
    ...{ name: 'voucher_alarms_total', help: 'Alarms raised, whether told or only counted', registers },
    labelNames: ['kind'],
  });
  return {
    handled: (channel, outcome, took) => seconds.observe({ channel, outcome }, took),
    alarmed: (kind) => alarms.inc({ kind }),
    page: async () => ({ type: register.contentType, text: await register.metrics() }),
  };
}

/** The same assistant, each message of which is reported with what became of it and how many seconds it took. */
export function measured(
  assistant: Assistant,
  report: (channel: string, outcome: HandleOutcome, seconds: number) => void,
): Assistant {
  return {
    async handle(inbound) {
      const start = performance.now();
      const channel = inbound.chat.slice(0, inbound.chat.indexOf(':'));
      const done = (outcome: HandleOutcome): void => report(channel, outcome, (performance.now() - start) / 1_000);
      try {
        const outgoing = await assistant.handle(inbound);
        done(outgoing.length === 0 ? 'repeated' : 'answered');
        return outgoing;
      } catch (error) {
        done('unsaved');
        throw error;
      }
    },
    delivered: (chat, ids) => assistant.delivered(chat, ids),
    settled: () => assistant.settled(),
  };
}
