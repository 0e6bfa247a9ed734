import type { ChatDoc } from './chatdoc.ts';
import { outboxMarks } from './dispatch/outbox.ts';
import { encodeChat } from './encode.ts';
import type { Codec } from './ports.ts';

/** How chat documents are written and read. Reading throws on anything that is not a chat document of this version. */
export const chatCodec: Codec<ChatDoc> = {
  encode: encodeChat,
  async decode(text) {
    const data: unknown = JSON.parse(text);
    // Loaded with the first stored chat: a start without one need not wait for it.
    const { chatDocSchema } = await import('./chatschema.ts');
    const checked = chatDocSchema.safeParse(data);
    if (!checked.success) throw new Error(faultOf(checked.error.issues));
    // What was parsed, not what the schema made of it: a field that only a newer release knows must survive this one.
    return data as ChatDoc;
  },
  marks(doc) {
    const { pending, due } = outboxMarks(doc);
    const first = Math.min(due ?? Number.POSITIVE_INFINITY, doc.due ?? Number.POSITIVE_INFINITY);
    return first === Number.POSITIVE_INFINITY ? { pending } : { pending, due: first };
  },
};

/** Where the document is wrong; never the value, which may be somebody's words. */
function faultOf(issues: readonly { readonly code?: string; readonly path: readonly PropertyKey[] }[]): string {
  const [first] = issues;
  const path = first?.path.map(String).join('.') ?? '';
  return `no chat document: ${first?.code ?? 'invalid'} at ${path === '' ? 'the top' : path}`;
}
