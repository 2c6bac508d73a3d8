const ARGUMENT = table("0123456789abcdefx?{}_,. ");
const HEX_DIGIT = table("0123456789abcdef");

/** Bytes that `runtime.printArgs` writes between the parentheses of a call. */
export function isArgument(byte: number): boolean {
  return ARGUMENT[byte] === 1;
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

function table(chars: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const char of chars) marks[char.charCodeAt(0)] = 1;
  return marks;
}
