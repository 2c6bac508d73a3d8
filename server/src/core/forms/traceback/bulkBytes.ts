const ARGUMENT = table("0123456789abcdefx?{}_,. ");
const HEX_DIGIT = table("0123456789abcdef");
/** By two bytes, read as a little-endian number: whether both may stand in arguments. */
const ARGUMENT_PAIR = Uint8Array.from({ length: 1 << 16 }, (_, pair) => ARGUMENT[pair & 0xff]! & ARGUMENT[pair >> 8]!);

/** Offset of the first byte from `start` on that `runtime.printArgs` does not write between the parentheses of a call. */
export function argumentsEnd(view: DataView, start: number): number {
  const last = view.byteLength - 2;
  let at = start;
  while (at <= last && ARGUMENT_PAIR[view.getUint16(at, true)] === 1) at += 2;
  return at < view.byteLength && ARGUMENT[view.getUint8(at)] === 1 ? at + 1 : at;
}

export function isHexDigit(byte: number): boolean {
  return HEX_DIGIT[byte] === 1;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
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

/** What a header begins with. */
export const GOROUTINE = asciiBytes("goroutine ");

function table(chars: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const char of chars) marks[char.charCodeAt(0)] = 1;
  return marks;
}

/** ASCII that is no control character: what names and paths in the plain form are made of. */
export function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}
