import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundOf, decodeRecord, guessKey, payloadOf, writeRecord } from '../../../src/stores/journal/record.ts';

const record = fc.record({
  key: fc.string({ unit: 'binary' }),
  seq: fc.nat(),
  marks: fc.oneof(fc.record({ pending: fc.boolean() }), fc.record({ pending: fc.boolean(), due: fc.maxSafeInteger() })),
});
const part = fc.oneof(
  fc.json(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('\n', '"', '\\', '券', '\u0000', ' ') }),
);
const text = fc.array(part, { maxLength: 4 });

function encode(
  write: { key: string; seq: number; marks: { pending: boolean } },
  payload: readonly string[] | null,
): Buffer {
  const bound = boundOf(write.key, payload);
  const buffer = Buffer.alloc(bound + 10);
  const end = writeRecord(buffer, 10, { ...write, deleted: payload === null }, payload);
  expect(end - 10).toBeLessThanOrEqual(bound);
  return buffer.subarray(10, end);
}

test('what is written on a line is read from it, and the line has one line break', () => {
  fc.assert(
    fc.property(record, fc.option(text), (write, payload) => {
      const line = encode(write, payload);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      const read = decodeRecord(line);
      expect(read).toMatchObject({ ...write, deleted: payload === null });
      expect(payloadOf(line, read!)).toBe(payload?.join('') ?? '');
    }),
  );
});

test('a line with any bit flipped, or cut anywhere, is refused', () => {
  fc.assert(
    fc.property(record, text, fc.nat(), fc.nat(7), (write, payload, place, bit) => {
      const line = encode(write, payload);
      const cut = line.subarray(0, place % line.length);
      expect(decodeRecord(cut)).toBeUndefined();
      // The line break is what the line was cut out by; it is not the checksum's business.
      const at = place % (line.length - 1);
      line[at] = line[at]! ^ (1 << bit);
      expect(decodeRecord(line)).toBeUndefined();
    }),
  );
});

test('the key of a damaged line is made out where it can be', () => {
  const line = encode({ key: 'telegram/7', seq: 4, marks: { pending: false } }, ['{"version":', '1}']);
  line[line.length - 3] = 0;
  expect(guessKey(line)).toBe('telegram/7');
  expect(guessKey(Buffer.from('nonsense\n'))).toBeUndefined();
});
