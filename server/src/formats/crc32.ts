/** Tables for four bytes at a time: a quarter of the steps of one table. */
const TABLES = makeTables();

function makeTables(): readonly Int32Array[] {
  const tables = [0, 1, 2, 3].map(() => new Int32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
    tables[0]![byte] = remainder;
  }
  for (let byte = 0; byte < 256; byte++) {
    for (let table = 1; table < 4; table++) {
      const before = tables[table - 1]![byte]!;
      tables[table]![byte] = (before >>> 8) ^ tables[0]![before & 0xff]!;
    }
  }
  return tables;
}

/** The checksum of gzip (RFC 1952) of bytes that come in parts: `crc` is that of the parts before, 0 of none. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  const [first, second, third, fourth] = TABLES as [Int32Array, Int32Array, Int32Array, Int32Array];
  let state = ~crc;
  const fours = bytes.length - (bytes.length % 4);
  for (let at = 0; at < fours; at += 4) {
    const mixed = state ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    state =
      fourth[mixed & 0xff]! ^ third[(mixed >>> 8) & 0xff]! ^ second[(mixed >>> 16) & 0xff]! ^ first[mixed >>> 24]!;
  }
  for (let at = fours; at < bytes.length; at++) state = (state >>> 8) ^ first[(state ^ bytes[at]!) & 0xff]!;
  return ~state >>> 0;
}
