import * as z from 'zod';
import { text } from './basics.ts';

/** contacts.yaml: whom to call, and where papers go. */

const phone = z.strictObject({ original: text, dial: z.string().regex(/^[0-9-]+$/), inferred: text.optional() });

export const contactsFileSchema = z.strictObject({
  groups: z.record(z.string(), z.strictObject({ label: text, purpose: text, clause: text })),
  entries: z.array(
    z.strictObject({
      id: text,
      group: text,
      clause: text,
      covers: z.array(text).default([]),
      kind: z.enum(['telephone', 'address', 'group', 'page', 'office']),
      organisation: text,
      department: text.optional(),
      person: text.optional(),
      phones: z.array(phone).default([]),
      url: text.optional(),
      original: text,
      serves: z.array(text).default([]),
      note: text.optional(),
    }),
  ),
  /** What to say where the text names no number. */
  no_phone: text.optional(),
  /** Where papers are handed in: what the text says and does not say. */
  hand_in: z.strictObject({ text, clause: text, group: text }),
});

export type ContactsFile = z.output<typeof contactsFileSchema>;
export type Contact = ContactsFile['entries'][number];
