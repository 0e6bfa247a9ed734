import { Pauses } from '../app/dispatch/pauses.ts';
import type { Config } from '../config.ts';
import { Alarms, type AlarmFields } from './alarms.ts';
import { chatWay, webhookWay } from './alarms-ways.ts';
import type { Composed } from './compose.ts';
import type { Watch } from './http.ts';

const SECOND = 1_000;

/** The alarms of a process. */
export interface Operator {
  readonly raise: (kind: string, fields?: AlarmFields) => void;
  readonly close: () => Promise<void>;
}

/** Opens the configured ways to the operator, and keeps an eye on store and queue, whether or not anybody asks. */
export function openOperator(
  { alertWebhookUrl, operatorChat }: Pick<Config, 'alertWebhookUrl' | 'operatorChat'>,
  composed: Pick<Composed, 'dispatcher' | 'ids' | 'log' | 'operations' | 'store' | 'timer'>,
  { alarmed, health }: Pick<Watch, 'alarmed' | 'health'>,
): Operator {
  const { dispatcher, ids, log, operations, store, timer } = composed;
  const { every_seconds, retry_seconds, timeout_seconds, tries, watch_seconds } = operations.alarms;
  const chat = operatorChat && `${operatorChat.channel}:${operatorChat.chat}`;
  const alarms = new Alarms({
    ...{ timer, log },
    clock: { now: () => Date.now() },
    limits: { everyMs: every_seconds * SECOND, tries, retryMs: retry_seconds * SECOND },
    ways: [
      ...(alertWebhookUrl === undefined ? [] : [webhookWay(alertWebhookUrl, timeout_seconds * SECOND)]),
      ...(chat === undefined ? [] : [chatWay(chat, store, ids, () => dispatcher.nudge())]),
    ],
  });
  const raise = (kind: string, fields: AlarmFields = {}): void => {
    alarmed(kind);
    alarms.raise(kind, fields);
  };
  const pauses = new Pauses(timer);
  const watching = (async () => {
    while (await pauses.pause(watch_seconds * SECOND)) {
      const { store: state, queueOk, oldestReplyMs } = await health.readiness();
      if (state !== 'ok') raise(`store-${state}`);
      if (!queueOk) raise('queue-old', { seconds: Math.round(oldestReplyMs / SECOND) });
    }
  })();
  return {
    raise,
    async close() {
      pauses.end();
      await watching;
      await alarms.close();
    },
  };
}
