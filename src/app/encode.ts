import type { ChatState, Dossier, Enterprise, Interview } from '../dialogue/state.ts';
import type { OutboxEntry } from './dispatch/entry.ts';

/*
 * A chat is written as a whole after every message, though little of it is new: answers once given stay as they are,
 * and most questions are put in the same words to everybody. Their text is made once and kept with the object.
 */

/** A text being made, in parts: what is long already stands by itself, as to join it would copy it once more. */
class Parts {
  private readonly done: string[] = [];
  private text = '';

  add(text: string): void {
    if (text.length < LONG) {
      this.text += text;
      return;
    }
    if (this.text !== '') this.done.push(this.text);
    this.done.push(text);
    this.text = '';
  }

  all(): readonly string[] {
    if (this.text !== '') this.done.push(this.text);
    this.text = '';
    return this.done;
  }
}

/** From this length on a copy costs more than to be written apart. */
const LONG = 160;

/** Writes the value of some properties itself; false for those that go as they are. */
type Special<Value> = (out: Parts, key: string, value: Value) => boolean;

const MOST_KEYS = 1_000;
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const made = `${JSON.stringify(key)}:`;
  if (keyTexts.size < MOST_KEYS) keyTexts.set(key, made);
  return made;
}

function valueText(value: unknown): string | undefined {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return JSON.stringify(value);
}

/** The object as JSON, as JSON.stringify has it: what is undefined is left out. */
function putObject<Value extends object>(out: Parts, object: Value, special: Special<Value>): void {
  let before = '{';
  for (const key in object) {
    const value = object[key];
    if (value === undefined) continue;
    const start = before + keyText(key);
    out.add(start);
    if (!special(out, key, object)) out.add(valueText(value) ?? 'null');
    before = ',';
  }
  out.add(before === '{' ? '{}' : '}');
}

function putList<Item>(out: Parts, list: readonly Item[], put: (out: Parts, item: Item) => void): void {
  let before = '[';
  for (const item of list) {
    out.add(before);
    put(out, item);
    before = ',';
  }
  out.add(before === '[' ? '[]' : ']');
}

/** JSON texts of objects that never change; gone with them. */
const kept = new WeakMap<object, string>();

function keptText(object: object): string {
  const known = kept.get(object);
  if (known !== undefined) return known;
  const made = JSON.stringify(object);
  kept.set(object, made);
  return made;
}

const putKept = (out: Parts, object: object): void => out.add(keptText(object));

function putInterviewPart(out: Parts, key: string, { asked }: Interview): boolean {
  if (key !== 'asked') return false;
  putList(out, asked, putKept);
  return true;
}

function putDossierPart(out: Parts, key: string, { interview }: Dossier): boolean {
  if (key !== 'interview' || !interview) return false;
  putObject(out, interview, putInterviewPart);
  return true;
}

function putDossier(out: Parts, id: string, all: Enterprise['dossiers']): boolean {
  const dossier = all[id];
  if (dossier) putObject(out, dossier, putDossierPart);
  return dossier !== undefined;
}

function putEnterprisePart(out: Parts, key: string, { dossiers }: Enterprise): boolean {
  if (key !== 'dossiers') return false;
  putObject(out, dossiers, putDossier);
  return true;
}

const putEnterprise = (out: Parts, enterprise: Enterprise): void => putObject(out, enterprise, putEnterprisePart);

function putStatePart(out: Parts, key: string, { enterprises }: ChatState): boolean {
  if (key !== 'enterprises') return false;
  putList(out, enterprises, putEnterprise);
  return true;
}

/** Only what is frozen is sure to be the same reply the next time. */
function putEntryPart(out: Parts, key: string, { reply }: OutboxEntry): boolean {
  if (key !== 'reply' || !Object.isFrozen(reply)) return false;
  out.add(keptText(reply));
  return true;
}

const putEntry = (out: Parts, entry: OutboxEntry): void => putObject(out, entry, putEntryPart);

interface Encoded {
  readonly state: ChatState;
  readonly outbox: readonly OutboxEntry[];
}

function putPart(out: Parts, key: string, { outbox, state }: Encoded): boolean {
  if (key === 'outbox') putList(out, outbox, putEntry);
  else if (key === 'state') putObject(out, state, putStatePart);
  else return false;
  return true;
}

/** A chat document as JSON, the same text that JSON.stringify makes of it, in parts. */
export function encodeChatParts(doc: Encoded): readonly string[] {
  const out = new Parts();
  putObject(out, doc, putPart);
  return out.all();
}

/** A chat document as JSON, the same text that JSON.stringify makes of it. */
export function encodeChat(doc: Encoded): string {
  return encodeChatParts(doc).join('');
}
