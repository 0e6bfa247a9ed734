import { newChatDoc, type ChatDoc } from '../../../src/app/chatdoc.ts';
import { chatsOf, documentCodec, Records, type AnyDoc } from '../../../src/app/records/documents.ts';
import type { RetentionDeps } from '../../../src/app/retention/deps.ts';
import type { FateDeps } from '../../../src/app/retention/fate.ts';
import { Retention } from '../../../src/app/retention/retention.ts';
import type { Store } from '../../../src/app/ports.ts';
import { NEW_CHAT, type ChatState } from '../../../src/dialogue/index.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { content, programmes } from '../../support/kit.ts';
import { keptLog, type KeptLog } from '../support.ts';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
/** All dates of the shipped notices are past. */
export const NOW = Date.parse('2030-01-15T10:00:00+08:00');
export const LIMITS = content.operations.retention;

export const FATE: FateDeps = { limits: LIMITS, programme: (id) => programmes.get(id), keeps: () => false };

/** A chat that was last written to so many days before `NOW`, in which an enterprise is known. */
export function chatOf(days: number, state: Partial<ChatState> = {}, fields: Partial<ChatDoc> = {}): ChatDoc {
  const enterprises = [{ id: 'e', name: '甲有限公司', dossiers: {} }];
  return {
    ...newChatDoc('t:a'),
    state: { ...NEW_CHAT, programme: 'luoyang', enterprises, ...state },
    handled: ['m1', 'm2', 'm3'],
    updatedAt: NOW - days * DAY,
    ...fields,
  };
}

export interface RetentionWorld {
  readonly store: Store<AnyDoc>;
  readonly chats: Store<ChatDoc>;
  readonly records: Records;
  readonly log: KeptLog;
  readonly retention: Retention;
  /** Puts a chat under its key. */
  put(chat: string, doc: ChatDoc): Promise<void>;
  keys(prefix?: string): Promise<string[]>;
}

export function retentionWorld(
  fields: Partial<RetentionDeps> = {},
  store: Store<AnyDoc> = memoryStore(documentCodec),
): RetentionWorld {
  const log = keptLog();
  const chats = chatsOf(store);
  const retention = new Retention({
    ...{ store, log, limits: LIMITS, missesMs: HOUR },
    ...{ programme: FATE.programme, keeps: FATE.keeps },
    refresh: async () => undefined,
    pause: async () => true,
    ...fields,
  });
  return {
    ...{ store, chats, records: new Records(store), log, retention },
    put: (chat, doc) => chats.update(chat, () => ({ doc: { ...doc, chat }, result: undefined })),
    async keys(prefix = '') {
      const found: string[] = [];
      for await (const key of store.keys(prefix)) if (key !== '@retention/run') found.push(key);
      return found.sort();
    },
  };
}

/** Two looks a day apart: the first only takes note of the time. */
export async function settleIn({ retention }: RetentionWorld, now = NOW): Promise<void> {
  await retention.look(now - DAY);
}
