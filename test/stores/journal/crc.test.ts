import { crc32 as ofTheLibrary } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32, crc32ByTable } from '../../../src/stores/journal/crc.ts';

test('the checksum is the same with and without the library', () => {
  expect(crc32ByTable(Buffer.from('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      expect(crc32ByTable(buffer)).toBe(ofTheLibrary(buffer));
    }),
  );
  // Enough to go over from the one to the other.
  for (let count = 0; count < 40; count += 1) {
    const buffer = Buffer.alloc(4_000, count);
    expect(crc32(buffer)).toBe(ofTheLibrary(buffer));
  }
});
