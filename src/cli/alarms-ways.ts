import { enqueue } from '../app/dispatch/outbox.ts';
import { newChatDoc, type ChatDoc } from '../app/chatdoc.ts';
import type { Store } from '../app/ports.ts';
import { alarmText } from '../../conversations/operations.ts';
import { ALARM_SOURCE, AlarmLost, type AlarmNotice, type AlarmWay } from './alarms.ts';

/** Accepted later perhaps, when said again; every other refusal is one for good. */
const PASSING = new Set([408, 425, 429]);

/** Posts each notice as a JSON object: kind, text, count, since and at (ISO), fields. */
export function webhookWay(url: string, timeoutMs: number): AlarmWay {
  return {
    name: 'webhook',
    async tell({ kind, count, since, at, fields }) {
      const text = alarmText({ kind, count, fields });
      const body = { kind, text, count, since: isoOf(since), at: isoOf(at), fields };
      let status: number;
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json; charset=utf-8' },
          body: JSON.stringify(body),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        status = response.status;
        await response.body?.cancel();
      } catch (error) {
        throw new AlarmLost(error instanceof Error ? error.name : typeof error, false);
      }
      if (status >= 300) throw new AlarmLost(String(status), status < 500 && !PASSING.has(status));
    },
  };
}

/** Puts each notice into the outbox of a chat, from where it goes out like everything else that is unasked. */
export function chatWay(
  chat: string,
  store: Pick<Store<ChatDoc>, 'update'>,
  ids: () => string,
  nudge: () => void,
): AlarmWay {
  return {
    name: 'chat',
    async tell(notice: AlarmNotice) {
      const id = ids();
      const source = `${ALARM_SOURCE}${notice.kind}/${id}`;
      const entry = { id, reply: { text: alarmText(notice) }, at: notice.at, kind: 'reminder', source } as const;
      await store.update(chat, (doc) => ({ doc: enqueue(doc ?? newChatDoc(chat), [entry]), result: undefined }));
      nudge();
    },
  };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
