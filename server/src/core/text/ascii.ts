const HEX_DIGIT = byteTable("0123456789abcdef");
const TAB = 0x09;

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** A digit or a small letter up to `f`. */
export function isHexDigit(byte: number): boolean {
  return HEX_DIGIT[byte] === 1;
}

/** ASCII that is no control character: what names and paths in the plain form are made of. */
export function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

/** Printable, or a TAB: what a text of one byte a character is made of. */
export function isPlain(byte: number): boolean {
  return isPrintable(byte) || byte === TAB;
}

/** Whether `expected` stands in `bytes` at `at`. */
export function startsWith(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index++) if (bytes[at + index] !== expected[index]) return false;
  return true;
}

/** The bytes of an ASCII text. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** By byte: 1 for the characters of an ASCII text. */
export function byteTable(chars: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const char of chars) marks[char.charCodeAt(0)] = 1;
  return marks;
}
