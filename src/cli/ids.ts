const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

/**
 * A source of ULIDs: 48 bits of time and 80 of chance, as 26 characters that sort by time. Within one millisecond, and
 * when the clock goes back, the next id is the last one plus one, so that ids of one source always rise.
 * @param now UTC instant in ms.
 */
export function ulidSource(now: () => number): () => string {
  let time = -1;
  let prefix = '';
  let digits: number[] = [];
  return () => {
    const current = now();
    if (current > time) {
      time = current;
      prefix = timeText(time);
      // Unique, not secret: the library for secrets would be a good part of what a start costs.
      digits = Array.from({ length: RANDOM_LENGTH }, () => Math.floor(Math.random() * ALPHABET.length));
    } else increment(digits);
    return prefix + digits.map((digit) => ALPHABET[digit] ?? '').join('');
  };
}

function timeText(time: number): string {
  let text = '';
  for (let rest = time; text.length < TIME_LENGTH; rest = Math.floor(rest / ALPHABET.length)) {
    text = (ALPHABET[rest % ALPHABET.length] ?? '') + text;
  }
  return text;
}

function increment(digits: number[]): void {
  for (let place = digits.length - 1; place >= 0; place -= 1) {
    digits[place] = ((digits[place] ?? 0) + 1) % ALPHABET.length;
    if (digits[place] !== 0) return;
  }
}
