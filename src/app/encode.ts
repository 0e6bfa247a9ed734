import type { Answered, ChatState, Dossier, Enterprise } from '../dialogue/state.ts';
import type { OutboxEntry } from './dispatch/entry.ts';

/*
 * A chat is written as a whole after every message, though little of it is new: an answer once given stays as it is,
 * and most questions are put in the same words to everybody. Their text is made once and kept with the object.
 */

/** JSON texts of objects that never change; gone with them. */
const kept = new WeakMap<object, string>();

function keptText(value: object): string {
  const known = kept.get(value);
  if (known !== undefined) return known;
  const made = JSON.stringify(value);
  kept.set(value, made);
  return made;
}

function valueText(value: unknown): string | undefined {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return JSON.stringify(value);
}

/** The object as JSON; `special` writes the properties for which it gives a text, the others go as they are. */
function objectText<Value extends object>(
  value: Value,
  special: (key: string, value: Value) => string | undefined,
): string {
  let text = '';
  for (const key of Object.keys(value)) {
    const own = special(key, value) ?? valueText((value as Readonly<Record<string, unknown>>)[key]);
    // As JSON.stringify has it: what is undefined is left out.
    if (own !== undefined) text += `${text === '' ? '{' : ','}${JSON.stringify(key)}:${own}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

function listText<Item>(list: readonly Item[], itemText: (item: Item) => string): string {
  let text = '';
  for (const item of list) text += `${text === '' ? '[' : ','}${itemText(item)}`;
  return text === '' ? '[]' : `${text}]`;
}

const answeredText = (answered: Answered): string => keptText(answered);

function dossierText(dossier: Dossier): string {
  return objectText(dossier, (key, { interview }) =>
    key === 'interview' && interview
      ? objectText(interview, (name, { asked }) => (name === 'asked' ? listText(asked, answeredText) : undefined))
      : undefined,
  );
}

function enterpriseText(enterprise: Enterprise): string {
  return objectText(enterprise, (key, { dossiers }) =>
    key === 'dossiers'
      ? objectText(dossiers, (id, all) => {
          const dossier = all[id];
          return dossier && dossierText(dossier);
        })
      : undefined,
  );
}

/** Only what is frozen is sure to be the same reply the next time. */
function entryText(entry: OutboxEntry): string {
  return objectText(entry, (key, { reply }) =>
    key === 'reply' && Object.isFrozen(reply) ? keptText(reply) : undefined,
  );
}

/** A chat document as JSON, the same text that JSON.stringify makes of it. */
export function encodeChat(doc: { readonly state: ChatState; readonly outbox: readonly OutboxEntry[] }): string {
  return objectText(doc, (key, { outbox, state }) => {
    if (key === 'outbox') return listText(outbox, entryText);
    if (key !== 'state') return undefined;
    return objectText(state, (name, { enterprises }) =>
      name === 'enterprises' ? listText(enterprises, enterpriseText) : undefined,
    );
  });
}
