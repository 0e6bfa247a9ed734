import type { ChatDoc } from './chatdoc.ts';
import { outboxMarks } from './dispatch/outbox.ts';
import { encodeChat, encodeChatParts } from './encode.ts';
import { placesOf } from './places.ts';
import type { Codec, Marks } from './ports.ts';

/** The mark of the last message changes once in so long (ms), not with every message. */
export const TOUCHED_MS = 7 * 86_400_000;

/** How chat documents are written and read. Reading throws on anything that is not a chat document of this version. */
export const chatCodec: Required<Codec<ChatDoc>> = {
  encode: encodeChat,
  encodeParts: encodeChatParts,
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
    const marks: { -readonly [Name in keyof Marks]: Marks[Name] } = { pending };
    if (first !== Number.POSITIVE_INFINITY) marks.due = first;
    // Documents of our own, to which nobody ever wrote, are not asked for by their age.
    if (doc.updatedAt > 0) marks.touched = doc.updatedAt - (doc.updatedAt % TOUCHED_MS);
    const places = placesOf(doc);
    if (places.length > 0) marks.places = places;
    return marks;
  },
};

/** Where the document is wrong; never the value, which may be somebody's words. */
function faultOf(issues: readonly { readonly code?: string; readonly path: readonly PropertyKey[] }[]): string {
  const [first] = issues;
  const path = first?.path.map(String).join('.') ?? '';
  return `no chat document: ${first?.code ?? 'invalid'} at ${path === '' ? 'the top' : path}`;
}
