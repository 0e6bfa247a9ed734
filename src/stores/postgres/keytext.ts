/*
 * PostgreSQL takes neither the character NUL nor half of a surrogate pair. Keys come from outside, so these are written
 * as an escape and four hexadecimal digits; all others stay as they are.
 */

const ESCAPE = '\u001a';
const UNSTORABLE = /[\0\u001a]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPED = /\u001a([0-9a-f]{4})/g;
/** An index entry has to fit on a third of a page. */
const LONGEST_BYTES = 2_600;

/** A key as it is stored. Of two keys one begins with the other exactly when their stored forms do. */
export function storedKey(key: string): string {
  return key.replace(UNSTORABLE, (unit) => ESCAPE + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** A key as it was given. */
export function givenKey(stored: string): string {
  return stored.replace(ESCAPED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The stored form of a key to be written. @throws RangeError for a key of more than 2,600 bytes. */
export function writableKey(key: string): string {
  const stored = storedKey(key);
  if (Buffer.byteLength(stored) > LONGEST_BYTES) throw new RangeError(`a key of more than ${LONGEST_BYTES} bytes`);
  return stored;
}
