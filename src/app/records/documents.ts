import { chatCodec } from '../chatcodec.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Change, Codec, Marks, Store } from '../ports.ts';
import type { RecordDoc, RecordKind, RecordKinds } from './kinds.ts';

/** Everything one store holds: chats under `channel:chat`, records under keys that begin with `@`. */
export type AnyDoc = ChatDoc | RecordDoc;

const PREFIX = '@';

function isRecord(doc: AnyDoc): doc is RecordDoc {
  return 'record' in doc;
}

// What wants to be looked at is found by its kind: whoever sends looks at chats only.
const NO_MARKS: Marks = { pending: false };

/** How all documents of a store are written and read. */
export const documentCodec: Codec<AnyDoc> = {
  encode: (doc) => (isRecord(doc) ? JSON.stringify(doc) : chatCodec.encode(doc)),
  encodeParts: (doc) => (isRecord(doc) ? [JSON.stringify(doc)] : chatCodec.encodeParts(doc)),
  async decode(text) {
    // Of a chat's text this is never the beginning: what it begins with is written by chatCodec.
    if (!text.startsWith('{"record":')) return chatCodec.decode(text);
    const data: unknown = JSON.parse(text);
    const { recordSchema } = await import('./schema.ts');
    const checked = recordSchema.safeParse(data);
    if (checked.success) return data as RecordDoc;
    const path = checked.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new Error(`no record: at ${path === '' ? 'the top' : path}`);
  },
  marks: (doc) => (isRecord(doc) ? NO_MARKS : chatCodec.marks(doc)),
};

/** The chats of a store, as if there were nothing else in it. Closing it closes the store. */
export function chatsOf(store: Store<AnyDoc>): Store<ChatDoc> {
  const placed = store.placed?.bind(store);
  return {
    update: (key, work) => store.update(key, (doc) => work(asChat(key, doc))),
    read: async (key) => asChat(key, await store.read(key)),
    pending: (limit) => store.pending(limit),
    due: (now, limit) => store.due(now, limit),
    async *keys(prefix) {
      for await (const key of store.keys(prefix)) if (!key.startsWith(PREFIX)) yield key;
    },
    ...(placed && {
      async *placed(places: readonly string[]) {
        for await (const key of placed(places)) if (!key.startsWith(PREFIX)) yield key;
      },
    }),
    close: () => store.close(),
  };
}

function asChat(key: string, doc: AnyDoc | undefined): ChatDoc | undefined {
  if (doc && isRecord(doc)) throw new Error(`${key} holds no chat`);
  return doc;
}

/** The records of a store, by kind and id. */
export class Records {
  private readonly store: Store<AnyDoc>;

  constructor(store: Store<AnyDoc>) {
    this.store = store;
  }

  async read<Kind extends RecordKind>(kind: Kind, id: string): Promise<RecordKinds[Kind] | undefined> {
    return asKind(kind, await this.store.read(keyOf(kind, id)));
  }

  /** As Store.update. */
  update<Kind extends RecordKind, Result>(
    kind: Kind,
    id: string,
    work: (doc: RecordKinds[Kind] | undefined) => Change<RecordKinds[Kind], Result>,
  ): Promise<Result> {
    return this.store.update(keyOf(kind, id), (doc) => work(asKind(kind, doc)));
  }

  /** Writes the record, whatever was there. */
  put<Kind extends RecordKind>(kind: Kind, id: string, doc: RecordKinds[Kind]): Promise<void> {
    return this.update(kind, id, () => ({ doc, result: undefined }));
  }

  remove(kind: RecordKind, id: string): Promise<void> {
    return this.store.update(keyOf(kind, id), () => ({ doc: null, result: undefined }));
  }

  /** The ids of all records of a kind, in no particular order. */
  async *each(kind: RecordKind): AsyncGenerator<string> {
    const prefix = keyOf(kind, '');
    for await (const key of this.store.keys(prefix)) yield key.slice(prefix.length);
  }

  /** The ids of all records of a kind, in their order. */
  async ids(kind: RecordKind): Promise<string[]> {
    const ids: string[] = [];
    for await (const id of this.each(kind)) ids.push(id);
    return ids.sort();
  }

  /** All records of a kind, by their ids' order. */
  async all<Kind extends RecordKind>(kind: Kind): Promise<{ readonly id: string; readonly doc: RecordKinds[Kind] }[]> {
    const found: { id: string; doc: RecordKinds[Kind] }[] = [];
    for (const id of await this.ids(kind)) {
      const doc = await this.read(kind, id);
      if (doc) found.push({ id, doc });
    }
    return found;
  }
}

function keyOf(kind: RecordKind, id: string): string {
  return `${PREFIX}${kind}/${id}`;
}

function asKind<Kind extends RecordKind>(kind: Kind, doc: AnyDoc | undefined): RecordKinds[Kind] | undefined {
  if (!doc) return undefined;
  if (!isRecord(doc) || doc.record !== kind) throw new Error(`the record is no ${kind}`);
  return doc as RecordKinds[Kind];
}
