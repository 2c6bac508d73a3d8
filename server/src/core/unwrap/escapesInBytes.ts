import { isPrintable } from "../text/ascii.ts";

const RETURN = 0x0d;
const BACKSLASH = 0x5c;
const SMALL_N = 0x6e;
const SMALL_U = 0x75;

/** By the letter behind a backslash: the byte the escape stands for; 0: another escape. See `unescape`. */
const SIMPLE = new Uint8Array(256);
for (const [letter, character] of ["t\t", "r\r", "b\b", "f\f", "a\x07", "v\v", '""', "''", "\\\\", "//"]) {
  SIMPLE[letter!.charCodeAt(0)] = character!.charCodeAt(0);
}

const NO_DIGIT = 0xff;
const HEX_VALUE = new Uint8Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  for (const shown of [digit, digit.toUpperCase()]) HEX_VALUE[shown.charCodeAt(0)] = value;
}

/** Room for what a string holds. It grows with the longest. */
export class ByteText {
  bytes = new Uint8Array(1 << 10);
  view = new DataView(this.bytes.buffer);
  length = 0;

  /** Empties it, and makes room for so many bytes. */
  clear(capacity: number): void {
    this.length = 0;
    if (capacity <= this.bytes.length) return;
    this.bytes = new Uint8Array(capacity * 2);
    this.view = new DataView(this.bytes.buffer);
  }
}

/** How a string ends. */
export interface ByteString {
  /** Bytes it holds before its first escape. */
  readonly straight: number;
  /** Whether it ended with a line end, which is left out. */
  readonly endsLine: boolean;
}

/**
 * Decodes the string in quotes that is the printable ASCII from `start` to before its closing quote at `end`, as
 * `unescape` does, into `out`. Undefined: it has an escape that few lines of a dump have, or line ends within it.
 */
export function unescapeBytes(bytes: Uint8Array, start: number, end: number, out: ByteText): ByteString | undefined {
  out.clear(end - start);
  const to = out.bytes;
  let straight = -1;
  let length = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte !== BACKSLASH) {
      to[length++] = byte;
      at++;
      continue;
    }
    if (straight < 0) straight = length;
    const letter = bytes[at + 1]!;
    if (letter === SMALL_N) {
      if (at + 2 !== end) return undefined;
      out.length = withoutReturn(to, length);
      return { straight, endsLine: true };
    }
    const character = letter === SMALL_U ? codeUnit(bytes, at + 2, end) : SIMPLE[letter]!;
    if (character === 0) return undefined;
    to[length++] = character;
    at += letter === SMALL_U ? 6 : 2;
  }
  out.length = withoutReturn(to, length);
  return { straight: straight < 0 ? length : straight, endsLine: false };
}

/** The printable ASCII that four hexadecimal digits name; 0: they name something else. */
function codeUnit(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return 0;
  let code = 0;
  for (let at = start; at < start + 4; at++) {
    const digit = HEX_VALUE[bytes[at]!]!;
    if (digit === NO_DIGIT) return 0;
    code = code * 16 + digit;
  }
  return isPrintable(code) ? code : 0;
}

function withoutReturn(bytes: Uint8Array, length: number): number {
  return length > 0 && bytes[length - 1] === RETURN ? length - 1 : length;
}
