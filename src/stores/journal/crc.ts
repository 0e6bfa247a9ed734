type Crc32 = (bytes: Buffer | string) => number;

/** Bytes that are done here before the library is worth its loading. */
const FEW_BYTES = 65_536;

let done = 0;
let native: Crc32 | undefined;
let table: Int32Array | undefined;

function makeTable(): Int32Array {
  const made = new Int32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    made[byte] = rest;
  }
  return made;
}

/** CRC-32 as zlib has it, byte by byte. */
export function crc32ByTable(bytes: Buffer): number {
  table ??= makeTable();
  let rest = -1;
  for (const byte of bytes) rest = (rest >>> 8) ^ (table[(rest ^ byte) & 0xff] ?? 0);
  return (rest ^ -1) >>> 0;
}

/** CRC-32 of bytes, or of a text in UTF-8. The library is loaded when there is more to do than the lines of a start. */
export function crc32(content: Buffer | string): number {
  if (native) return native(content);
  done += content.length;
  if (done > FEW_BYTES || typeof content === 'string') native = process.getBuiltinModule('node:zlib').crc32;
  return typeof content === 'string' ? crc32(content) : crc32ByTable(content);
}
