const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The part of an id that holds the time. */
const TIME_LENGTH = 10;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** When an id was made (UTC ms), as it says itself; undefined for ids that do not. */
export function timeOfId(id: string): number | undefined {
  if (!ULID.test(id)) return undefined;
  return Array.from(id.slice(0, TIME_LENGTH)).reduce(
    (time, digit) => time * ALPHABET.length + ALPHABET.indexOf(digit),
    0,
  );
}
